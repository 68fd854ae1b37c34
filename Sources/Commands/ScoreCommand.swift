import Folders
import ArgumentParser
import FoundationEssentials
import Runs
import Scoring
import SimTime

/// Compares a detector's alerts with the truth.
struct ScoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score", abstract: "Say what a detector found, missed and cried wolf about.")

    @Option(help: "A generated folder, its truth folder, or an incidents.ndjson.")
    var truth: String

    @Option(help: "The detector's alerts: NDJSON with time, rule and entities.")
    var alerts: String

    @Option(help: "How long after an incident's last record an alert still counts.")
    var grace = "15m"

    @Flag(help: "The score as JSON.")
    var json = false

    func run() async throws {
        try await reportingErrors {
            guard let grace = TimeSpan(parsing: grace) else {
                throw RunError(.input, "--grace \(self.grace): write a length such as 15m")
            }
            let incidents = try TruthFile.incidents(at: truth)
            let found = try TruthFile.alerts(at: alerts)
            let score = Score(of: found, against: incidents, options: ScoreOptions(grace: grace))
            try printData(json ? score.json : String(score.table.dropLast()))
        }
    }
}
