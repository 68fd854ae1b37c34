import ArgumentParser

/// Prints the page Docs/Commands.md, which has the help of every command; not for users, so it is hidden.
struct CommandReference: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "command-reference", abstract: "Print Docs/Commands.md.", shouldDisplay: false)

    func run() async throws { try printData(CommandReference.page) }

    /// The page, without a newline at its end.
    private static var page: String {
        let introduction = """
            # Commands

            `Scripts/commands` writes this page from the program's `--help`; a test compares the two. `mocktail anomaly` is
            the older name of `mocktail incident`, and `--without-anomalies` that of `--without-incidents`; both keep
            working. [Formats](Formats.md#exit-codes) lists the exit codes and the keys of `--json`.
            """
        return ([introduction] + sections(of: Mocktail.self, name: "mocktail")).joined(separator: "\n\n")
    }

    /// The sections of a command and of all commands below it.
    private static func sections(of command: any ParsableCommand.Type, name: String) -> [String] {
        let help = Mocktail.helpMessage(for: command, columns: 118)
        let text = help.split(separator: "\n", omittingEmptySubsequences: false)
            .flatMap { wrapped(String($0.reversed().drop { $0 == " " }.reversed())) }
            .joined(separator: "\n").trimmingNewlines
        let below = command.configuration.subcommands.filter { $0.configuration.shouldDisplay }.flatMap {
            sections(of: $0, name: "\(name) \($0.configuration.commandName ?? "")")
        }
        return ["## `\(name)`\n\n```\n\(text)\n```"] + below
    }

    /// A line in lines of at most 118 characters; ArgumentParser does not break the line of usage.
    private static func wrapped(_ line: String) -> [String] {
        guard line.count > 118, line.hasPrefix("USAGE:") else { return [line] }
        var lines = [""]
        for word in line.split(separator: " ") {
            if lines[lines.count - 1].count + word.count > 117 { lines.append("      ") }
            lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
        }
        return lines
    }
}

extension String {
    fileprivate var trimmingNewlines: String {
        String(drop { $0 == "\n" }.reversed().drop { $0 == "\n" }.reversed())
    }
}
