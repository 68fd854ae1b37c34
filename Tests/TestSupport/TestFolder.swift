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

/// The package's bundled scenarios.
public enum Bundled {
    /// The package's root.
    public static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The file of a scenario.
    public static func path(_ name: String) -> String { root.appending(path: "Scenarios/\(name).yaml").path }

    /// Those that have fingerprints.
    public static let names = ["quickstart", "port-22-spike", "unauthorized-api-calls"]
}
