public import Foundation

/// A folder that is gone when the test is.
public final class TestFolder {
    /// Where it is.
    public let path: String

    /// Makes an empty one.
    public init() throws {
        path = NSTemporaryDirectory() + "mocktail-test-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The whole text of a file in it.
    public func text(_ name: String) throws -> String {
        try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
    }

    /// The lines of a file in it.
    public func lines(_ name: String) throws -> [String] {
        try text(name).split(separator: "\n").map(String.init)
    }

    /// Every file below the folder, ordered.
    public var names: [String] {
        let all = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return all.filter {
            var isDirectory: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(path)/\($0)", isDirectory: &isDirectory)
                && !isDirectory.boolValue
        }.sorted()
    }
}

/// Makes an empty folder for the time of `body`.
public func withTestFolder(_ body: (String) async throws -> Void) async throws {
    let folder = try TestFolder()
    try await body(folder.path)
}

/// The package's bundled scenarios.
public enum Bundled {
    /// The package's root.
    public static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The file of a scenario.
    public static func path(_ name: String) -> String { root.appending(path: "Scenarios/\(name).yaml").path }

    /// A scenario and the range of it that has a fingerprint.
    public struct Interval: Sendable, CustomStringConvertible {
        public var name: String
        /// Seconds after the scenario's start.
        public var from: Int64
        /// Seconds; 0 for all that is left.
        public var length: Int64

        /// The scenario's name.
        public var description: String { name }
    }

    /// Every bundled scenario, with the range of `Fingerprints/ranges.txt`.
    public static let intervals: [Interval] = {
        let text = (try? String(contentsOf: root.appending(path: "Fingerprints/ranges.txt"), encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count == 3, let from = Int64(words[1]), let length = Int64(words[2]) else { return nil }
            return Interval(name: String(words[0]), from: from, length: length)
        }
    }()

    /// The names of all files in `Scenarios`.
    public static var files: [String] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: "Scenarios").path)) ?? []
        return all.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    }
}
