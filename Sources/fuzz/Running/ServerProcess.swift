import Foundation
import SystemFiles

/// A program that serves until it is interrupted.
final class ServerProcess {
    private let process = Process()
    private let files: [String]
    /// Where it listens.
    let port: Int

    /// Starts the program, and waits until it says where it listens.
    init(_ arguments: [String], in workplace: Workplace) throws {
        files = [workplace.path("server.stdout"), workplace.path("server.stderr")]
        for file in files { _ = try OpenFile(writing: file, .replace) }
        process.executableURL = URL(filePath: workplace.program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: workplace.folder)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: files[0])
        process.standardError = FileHandle(forWritingAtPath: files[1])
        try process.run()
        var port: Int?
        for _ in 0..<1_000 where port == nil {
            usleep(10_000)
            let text = try InputFile.text(of: files[1])
            port = text.split(separator: "http://127.0.0.1:").last.flatMap { Int($0.prefix(while: \.isNumber)) }
            if !process.isRunning { break }
        }
        guard let port else { throw FuzzError("the server does not listen: \(try InputFile.text(of: files[1]))") }
        self.port = port
    }

    /// The process.
    var id: Int32 { process.processIdentifier }

    /// Whether it still runs.
    var isRunning: Bool { process.isRunning }

    /// Interrupts it, and gives how it ended.
    func stop() throws -> ProgramRun {
        if process.isRunning { process.interrupt() }
        var run = ProgramRun(output: [], errors: [])
        let end = Date().addingTimeInterval(20)
        while process.isRunning, Date() < end { usleep(1_000) }
        if process.isRunning {
            run.hung = true
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        if process.terminationReason == .exit {
            run.code = process.terminationStatus
        } else {
            run.signal = process.terminationStatus
        }
        run.output = try InputFile.bytes(of: files[0])
        run.errors = try InputFile.bytes(of: files[1])
        return run
    }
}
