import Foundation
import SystemFiles

/// A program that serves until it is interrupted.
final class ServerProcess {
    private let process: Process
    private let files: [String]
    /// Where it listens.
    let port: Int

    /// Starts the program, and waits until it says where it listens.
    init(_ arguments: [String], in workplace: Workplace) throws {
        files = [workplace.path("server.stdout"), workplace.path("server.stderr")]
        process = try ProgramRun.process(workplace.program, arguments, in: workplace.folder, files)
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
        var hung = false
        let end = Date().addingTimeInterval(20)
        while process.isRunning, Date() < end { usleep(1_000) }
        if process.isRunning {
            hung = true
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        return try ProgramRun(of: process, files, hung: hung)
    }
}
