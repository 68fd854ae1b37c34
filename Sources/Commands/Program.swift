import ArgumentParser
import ByteText
import SystemFiles

/// Where the program begins.
public enum Program {
    /// As many as event loops, connections and outputs of any command need.
    private static let fewestOpenFiles = 64

    /// Runs the command line that the process was started with, and exits.
    public static func run() async {
        if let argument = CurrentProcess.invalidArgument {
            Console.say(
                "mocktail: \(argument.printable) is not text in UTF-8, so it cannot name a file or folder; rename it")
            CurrentProcess.exit(ExitCodes.usage.rawValue)
        }
        let arguments = Array(CommandLine.arguments.dropFirst())
        Console.hide(SecretMask(arguments: arguments))
        Interruptible.listen()
        if let sentence = UnknownCommand.sentence(arguments) {
            Console.say("mocktail: \(sentence)")
            CurrentProcess.exit(ExitCodes.usage.rawValue)
        }
        if let limit = CurrentProcess.openFileLimit, limit < Program.fewestOpenFiles {
            Console.say(
                "mocktail: this shell allows \(limit) open files, and mocktail needs \(Program.fewestOpenFiles); raise the "
                    + "limit with ulimit -n 1024")
            CurrentProcess.exit(ExitCodes.failed.rawValue)
        }
        do {
            var command = try Mocktail.parseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            end(error)
        }
    }

    /// Ends the process as ArgumentParser would; its texts quote the command line, which may hold secrets.
    private static func end(_ error: any Error) -> Never {
        let code = Mocktail.exitCode(for: error)
        let text = Mocktail.fullMessage(for: error)
        if code.isSuccess {
            if !text.isEmpty { try? printData(text) }
        } else if !text.isEmpty {
            Console.say(text)
        }
        CurrentProcess.exit(code.rawValue)
    }
}
