import ArgumentParser
import Dataset
import ScenarioSpec

extension ScenarioCommand {
    /// Writes a scenario out to edit.
    struct New: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "new", abstract: "Copy a scenario and its policy files, to edit them.",
            discussion: "Writes NAME.yaml and a copy of each of its policy files, and prints their paths.")

        @Argument(help: "Name of the new scenario: lower-case letters, digits and hyphens.")
        var name: String

        @Option(help: ArgumentHelp("Scenario to copy: a file, or the name of a bundled one.", valueName: "scenario"))
        var from = "quickstart"

        @Option(help: ArgumentHelp("Folder to write to (default: the current one).", valueName: "dir"))
        var out: String?

        @Flag(help: "Replace files that exist.")
        var force = false

        func validate() throws {
            if out?.isEmpty ?? false { throw ValidationError("--out: name a folder.") }
        }

        func run() async throws {
            try await reportingErrors {
                let copy = try ScenarioCopy(named: name, from: try ScenarioCatalog.current.source(of: from))
                let paths = try ScenarioFolder.write(copy, to: out, force: force)
                for path in paths { try printData(path) }
                Console.say(
                    """
                    Copied from \(from). Next:
                      mocktail scenario check \(paths[0])
                      mocktail generate \(paths[0]) --out \(name)-logs
                    """)
            }
        }
    }
}
