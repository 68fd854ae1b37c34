import Foundation
import SystemFiles

/// The memory of processes.
enum ProcessMemory {
    /// The megabytes that a process has in memory; nil where the system does not say.
    static func megabytes(of process: Int32?) -> Int? {
        let name = process.map(String.init) ?? "self"
        guard let bytes = try? InputFile.bytes(of: "/proc/\(name)/status") else { return nil }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        let words = lines.first { $0.hasPrefix("VmRSS:") }?.split(whereSeparator: \.isWhitespace)
        return words.flatMap { $0.count > 1 ? Int($0[1]) : nil }.map { $0 / 1_024 }
    }

    /// The most megabytes that a process had that this one started and that has ended.
    static var peakOfChildren: Int {
        var usage = rusage()
        #if canImport(Glibc)
        let result = unsafe getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
        #else
        let result = unsafe getrusage(RUSAGE_CHILDREN, &usage)
        #endif
        return result == 0 ? Int(usage.ru_maxrss) / 1_024 : 0
    }
}
