import Foundation
import SystemFiles

/// The folder of a run: inputs of its own, and the input of the case that is running.
struct Workplace {
    /// The built program, which stands beside this one.
    let program: String
    /// The folder, which is made.
    let folder: String

    init(folder: String) throws {
        let own = URL(filePath: CommandLine.arguments[0])
        program = own.deletingLastPathComponent().appending(path: "mocktail").path
        self.folder = URL(filePath: folder).path
        Folder.removeAll(folder)
        try Folder.makeAll(folder)
    }

    /// A path in the folder.
    func path(_ name: String) -> String { "\(folder)/\(name)" }

    /// Keeps the input of a case: where the case ends this process, it is there for whoever repeats it.
    func keep(_ input: [UInt8], case number: Int) throws {
        for (name, bytes) in [("case", Array("\(number)\n".utf8)), ("input", input)] {
            let file = try OpenFile(writing: path(name), .replace)
            try file.write(bytes)
        }
    }

    /// Makes a folder with the generated folder of a scenario.
    func generate(_ name: String, _ arguments: String...) throws {
        let outcome = try ProgramRun.start(
            program, ["generate"] + arguments + ["--out", path(name)], in: self, patience: 60)
        guard outcome.code == 0 else {
            throw FuzzError("generate \(arguments.joined(separator: " ")): \(outcome.messages)")
        }
    }
}

/// Why a run cannot begin.
struct FuzzError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
