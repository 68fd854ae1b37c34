import Foundation

/// The built tool, run as its users run it.
struct Tool {
    struct Outcome {
        var code: Int32
        var output: String
        var talk: String

        /// What the tool said, line by line.
        var talkLines: [String] { talk.split(separator: "\n").map(String.init) }
    }

    /// The package's root.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The tool stands beside the test bundle.
    static let path: String? = {
        let bundle = URL(filePath: ProcessInfo.processInfo.arguments[0])
        let folders = [bundle.deletingLastPathComponent(), root.appending(path: ".build/release")]
        return folders.map { $0.appending(path: "mocktail").path }.first { FileManager.default.fileExists(atPath: $0) }
    }()

    /// Runs the tool with arguments, in the package's root.
    static func run(_ arguments: String...) throws -> Outcome {
        try launch(path ?? "", arguments)
    }

    /// Runs a line of bash in which `$TOOL` is the tool.
    static func shell(_ line: String) throws -> Outcome {
        try launch("/bin/bash", ["-c", line])
    }

    private static func launch(_ path: String, _ arguments: [String]) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.currentDirectoryURL = root
        process.environment = ProcessInfo.processInfo.environment.merging(["TOOL": Tool.path ?? ""]) { $1 }
        let folder = FileManager.default.temporaryDirectory.appending(path: "mocktail-run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = ["out", "err"].map { folder.appending(path: $0) }
        for file in files { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
        process.standardOutput = try FileHandle(forWritingTo: files[0])
        process.standardError = try FileHandle(forWritingTo: files[1])
        try process.run()
        process.waitUntilExit()
        return Outcome(
            code: process.terminationStatus, output: try String(contentsOf: files[0], encoding: .utf8),
            talk: try String(contentsOf: files[1], encoding: .utf8))
    }
}
