import Foundation
import SystemFiles

/// One run of the program, and what is wrong with how it ended.
struct ProgramRun {
    /// The exit code; nil where a signal ended it.
    var code: Int32?
    var signal: Int32?
    var output: [UInt8]
    /// What it wrote to standard error.
    var errors: [UInt8]
    /// Whether it was interrupted because it took long.
    var wasInterrupted = false
    /// Whether it had to be killed.
    var hung = false

    /// Standard error as text.
    var messages: String { String(decoding: errors, as: UTF8.self) }

    /// Runs the program; one that takes long is interrupted, one that does not heed that is killed.
    static func start(
        _ program: String, _ arguments: [String], in workplace: Workplace, folder: String? = nil,
        patience: TimeInterval = 4
    ) throws -> ProgramRun {
        let files = [workplace.path("stdout"), workplace.path("stderr")]
        let process = try process(program, arguments, in: folder ?? workplace.folder, files)
        var wasInterrupted = false
        var hung = false
        if !wait(for: process, patience) {
            wasInterrupted = true
            process.interrupt()
            if !wait(for: process, 15) {
                hung = true
                kill(process.processIdentifier, SIGKILL)
                _ = wait(for: process, 10)
            }
        }
        var run = try ProgramRun(of: process, files, hung: hung)
        run.wasInterrupted = wasInterrupted
        return run
    }

    /// Starts the program in a folder, with standard output and standard error in two new files and nothing to read.
    static func process(
        _ program: String, _ arguments: [String], in folder: String, _ files: [String]
    ) throws -> Process {
        for file in files { _ = try OpenFile(writing: file, .replace) }
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: folder)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: files[0])
        process.standardError = FileHandle(forWritingAtPath: files[1])
        try process.run()
        return process
    }

    /// How a process has ended that wrote to two files.
    init(of process: Process, _ files: [String], hung: Bool) throws {
        if process.terminationReason == .exit {
            code = process.terminationStatus
        } else {
            signal = process.terminationStatus
        }
        output = try InputFile.bytes(of: files[0])
        errors = try InputFile.bytes(of: files[1])
        self.hung = hung
    }

    private static func wait(for process: Process, _ patience: TimeInterval) -> Bool {
        let end = Date().addingTimeInterval(patience)
        while process.isRunning {
            if Date() > end { return false }
            usleep(500)
        }
        return true
    }

    /// Words that only the language's runtime, a library or a debugging description writes.
    private static let foreign = [
        "Fatal error", "Stack dump", "stack trace", "Thread 0 crashed", "Program crashed", "Optional(", "Error Domain=",
        ".swift:",
        "NIOCore.", "NIOPosix.", "Swift.", "(unknown context",
    ]

    /// What is wrong with the end of the run, or nil: codes and messages as `Docs/Formats.md` has them.
    var complaint: String? {
        if hung { return "it hung: an interrupt did not end it within 15 seconds" }
        guard let code else { return "signal \(signal ?? 0) ended it: \(firstLine)" }
        guard [0, 1, 2, 3, 64].contains(code) else { return "its exit code \(code) is not documented" }
        guard let text = String(validating: errors, as: UTF8.self) else { return "its messages are not UTF-8" }
        let isRaw: (Unicode.Scalar) -> Bool = {
            ($0.value < 0x20 && $0 != "\n" && $0 != "\t") || (0x7F..<0xA0).contains($0.value) || $0.value == 0x202E
        }
        if text.unicodeScalars.contains(where: isRaw) {
            return "its messages have control characters in them: \(firstLine)"
        }
        if let word = ProgramRun.foreign.first(where: text.contains) {
            return "its messages have \"\(word)\": \(firstLine)"
        }
        // With --json what is wrong with an input is data.
        if [1, 64].contains(code) || (code == 2 && output.isEmpty), text.allSatisfy(\.isWhitespace) {
            return "it ended with \(code) and without a word"
        }
        if code != 0, code != 64, text.utf8.count > 40_000 { return "its messages have \(text.utf8.count) bytes" }
        return nil
    }

    private var firstLine: String { String(messages.prefix { $0 != "\n" }.prefix(300)) }
}
