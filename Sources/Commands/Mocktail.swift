import ArgumentParser
import Dataset

/// The command line tool.
struct Mocktail: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mocktail",
        abstract: "Simulate a Tailscale network, and write or deliver its logs with labelled incidents in them.",
        discussion: """
            Start with mocktail demo. Data goes to standard output, messages go to standard error. Exit codes: 0 passed, \
            1 the run failed, 2 invalid input, 3 an objective or a score was missed, 64 invalid command line.
            """,
        version: Version.current,
        subcommands: [
            DemoCommand.self, GenerateCommand.self, ReplayCommand.self, IngestCommand.self, ScoreCommand.self,
            IncidentCommand.self, FixturesCommand.self, ScenarioCommand.self, PolicyCommand.self,
            CommandReference.self,
        ])
}
