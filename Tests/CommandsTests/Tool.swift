import Foundation

/// The built program, run as its users run it.
struct Tool {
    struct Outcome {
        var code: Int32
        /// What it wrote to standard output.
        var output: String
        /// What it wrote to standard error.
        var talk: String

        /// The messages, line by line.
        var talkLines: [String] { talk.split(separator: "\n").map(String.init) }

        /// The output, line by line.
        var lines: [String] { output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
    }

    /// The package's root.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The program is beside the test bundle.
    static let path: String? = {
        let bundle = URL(filePath: ProcessInfo.processInfo.arguments[0])
        let folders = [bundle.deletingLastPathComponent(), root.appending(path: ".build/release")]
        return folders.map { $0.appending(path: "mocktail").path }.first { FileManager.default.fileExists(atPath: $0) }
    }()

    /// A run that takes longer is ended, so that a hang fails one test and not all of them.
    private static let limit: TimeInterval = 300

    /// Runs the program with arguments, in the package's root.
    static func run(_ arguments: String...) throws -> Outcome {
        try launch(path ?? "", arguments)
    }

    /// Runs the program with arguments, in a folder.
    static func run(in folder: String, _ arguments: [String]) throws -> Outcome {
        try launch(path ?? "", arguments, in: URL(filePath: folder))
    }

    /// Runs a line of bash in which `$TOOL` is the program, in the package's root or another folder.
    static func shell(_ line: String, in folder: String? = nil) throws -> Outcome {
        try launch("/bin/bash", ["-c", line], in: folder.map { URL(filePath: $0) } ?? root)
    }

    /// Gives a new folder, which is removed afterwards.
    static func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mocktail-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder.path)
    }

    private static func launch(_ path: String, _ arguments: [String], in folder: URL = root) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(["TOOL": Tool.path ?? ""]) { $1 }
        return try withFolder { folder in
            let files = ["out", "err"].map { URL(filePath: folder).appending(path: $0) }
            for file in files { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = try FileHandle(forWritingTo: files[0])
            process.standardError = try FileHandle(forWritingTo: files[1])
            let ended = DispatchSemaphore(value: 0)
            process.terminationHandler = { _ in ended.signal() }
            try process.run()
            if ended.wait(timeout: .now() + limit) == .timedOut {
                process.terminate()
                if ended.wait(timeout: .now() + 10) == .timedOut { kill(process.processIdentifier, SIGKILL) }
            }
            process.waitUntilExit()
            return Outcome(
                code: process.terminationStatus, output: try String(contentsOf: files[0], encoding: .utf8),
                talk: try String(contentsOf: files[1], encoding: .utf8))
        }
    }
}
