import Dataset
import ArgumentParser

/// The command line tool.
struct Mocktail: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mocktail",
        abstract: "A mock tailnet: simulates a Tailscale network and delivers its logs, with known anomalies in them.",
        version: Version.current,
        subcommands: [
            DemoCommand.self, GenerateCommand.self, ReplayCommand.self, IngestCommand.self, ScoreCommand.self,
            IncidentCommand.self, FixturesCommand.self, ScenarioCommand.self, PolicyCommand.self,
        ])

}
