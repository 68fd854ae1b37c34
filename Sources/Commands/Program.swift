import ArgumentParser
import SystemFiles

/// Where the program begins.
public enum Program {
    /// Runs the command line that the process was started with, and exits.
    public static func run() async {
        if let sentence = UnknownCommand.sentence(Array(CommandLine.arguments.dropFirst())) {
            Console.say("mocktail: \(sentence)")
            CurrentProcess.exit(ExitCodes.usage.rawValue)
        }
        await Mocktail.main()
    }
}
