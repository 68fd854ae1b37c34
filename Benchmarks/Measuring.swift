import SystemFiles
import Generation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Prints a line.
func talk(_ text: String) { try? OpenFile.standardOutput.write(Array("\(text)\n".utf8)) }

/// Prints a row: a name, and what was measured.
func row(_ name: String, _ value: String) {
    talk(name + String(repeating: " ", count: max(1, 44 - name.count)) + value)
}

/// Seconds of wall clock that some work takes.
func seconds(_ work: () async throws -> Void) async rethrows -> Double {
    let clock = ContinuousClock()
    let begin = clock.now
    try await work()
    let parts = (clock.now - begin).components
    return Double(parts.seconds) + Double(parts.attoseconds) / 1e18
}

/// What one run came to.
struct Metric {
    var records = 0
    var bytes = 0
    var seconds = 0.0

    var recordsPerSecond: Double { Double(records) / seconds }
    var megabytesPerSecond: Double { Double(bytes) / seconds / 1e6 }

    /// `1234567 records/s  890 MB/s`.
    var text: String { "\(fixed(recordsPerSecond, 0)) records/s  \(fixed(megabytesPerSecond, 0)) MB/s" }
}

/// The median of several runs.
func median(_ metrics: [Metric]) -> Metric { metrics.sorted { $0.seconds < $1.seconds }[metrics.count / 2] }

/// Runs several kinds of work in turns, so that a slow moment of the machine hits all of them; gives their medians.
func medians(_ runs: Int, _ kinds: [() async -> Metric]) async -> [Metric] {
    var metrics = [[Metric]](repeating: [], count: kinds.count)
    for _ in 0..<runs {
        for index in kinds.indices { metrics[index].append(await kinds[index]()) }
    }
    return metrics.map(median)
}

/// Peak memory of the process so far, in MB.
func peakMemory() -> Int {
    #if canImport(Glibc)
    // What getrusage gives holds the peak of the process that started this one.
    guard let file = fopen("/proc/self/status", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    var kilobytes: Int32 = 0
    while fgets(&line, 256, file) != nil {
        let text = line.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
        guard text.hasPrefix("VmHWM:") else { continue }
        kilobytes = atoi(String(text.dropFirst(6)))
    }
    return Int(kilobytes) / 1_000
    #else
    var usage = rusage()
    getrusage(RUSAGE_SELF, &usage)
    return usage.ru_maxrss / 1_000_000
    #endif
}

/// A number with so many decimals.
func fixed(_ value: Double, _ decimals: Int) -> String {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let digits = String(Int((value * scale).rounded()))
    guard decimals > 0 else { return digits }
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    return padded.dropLast(decimals) + "." + padded.suffix(decimals)
}
