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
        if let sentence = UnknownCommand.sentence(Array(CommandLine.arguments.dropFirst())) {
            Console.say("mocktail: \(sentence)")
            CurrentProcess.exit(ExitCodes.usage.rawValue)
        }
        if let limit = CurrentProcess.openFileLimit, limit < Program.fewestOpenFiles {
            Console.say(
                "mocktail: this shell allows \(limit) open files, and mocktail needs \(Program.fewestOpenFiles); raise the "
                    + "limit with ulimit -n 1024")
            CurrentProcess.exit(ExitCodes.failed.rawValue)
        }
        await Mocktail.main()
    }
}
