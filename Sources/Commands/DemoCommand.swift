import Folders
import ArgumentParser
import Assembly
import Delivery
import FoundationEssentials
import Ingester
import LoadTest
import Runs
import ScenarioSpec
import Scoring
import SimTime
import Simulation
import TailnetModel

/// The main job end to end, on loopback: simulate, deliver, detect, score.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Simulate a tailnet with two incidents in it, deliver its logs to an embedded ingester, and score it."
    )

    @Option(help: "The scenario, by name or path.")
    var scenario = "quickstart"

    @Option(help: "Another seed than the scenario's.")
    var seed: UInt64?

    @Flag(help: "The result as JSON.")
    var json = false

    func run() async throws {
        try await reportingErrors {
            let path = try Catalog.bundled.path(of: scenario)
            let world = try World(plan: try Scenario.load(path, overrides: ScenarioOverrides(seed: seed)))
            if !json { try printData(opening(world)) }
            let receiver = Receiver()
            let port = try await receiver.start()
            let destination: Destination
            do { destination = try Destination(parsing: "http://127.0.0.1:\(port)/") } catch {
                throw RunError(.run, "\(error)")
            }
            let window = world.plan.span
            let production = Production(
                world: world,
                options: ProductionOptions(window: window, threads: ProcessInfo.processInfo.activeProcessorCount))
            let replay = Replay(routes: LogKind.allCases.map { ($0, destination) }, pace: .flatOut)
            let report = try await replay.run(SimulatedRecords(production)) { _ in }
            try await receiver.stop()
            let stats = receiver.snapshot
            let incidents = world.incidents(in: window)
            let result = DemoResult(
                report: report, held: stats.records - stats.duplicates, incidents: incidents,
                score: Score(of: receiver.alerts, against: incidents))
            try printData(json ? result.json : text(result, stats, receiver.alerts))
            guard result.lost == 0, report.account.acknowledged == report.account.generated else {
                throw ExitCodes.failed
            }
            guard result.score.overall.recall == 1 else { throw ExitCodes.missed }
        }
    }

    private func opening(_ world: World) -> String {
        let plan = world.plan
        let length = plan.span.length.text
        return """
            mocktail \(Version.current): \(plan.name) (seed \(plan.seed))
            \(plan.summary)

            Simulating \(plan.nodes.count) nodes and \(plan.users.count) users for \(length), \
            delivering both logs over HTTP to an ingester on this machine ...
            """
    }

    /// The result, for somebody who sees it for the first time.
    private func text(_ result: DemoResult, _ stats: ReceiverStats, _ alerts: [Alert]) -> String {
        let account = result.report.account
        var lines = [
            "",
            "  delivered    \(account.acknowledged) of \(account.generated) generated records "
                + "(\(stats.network) network, \(stats.configuration) configuration), lost \(result.lost)",
            "  speed        \(result.report.recordsPerSecond) records/s, \(result.report.megabytesPerSecond) MB/s "
                + "in \(result.report.seconds) s",
            "",
            "Incidents that the scenario put into the logs, and what the ingester's two detections made of them:",
            "",
        ]
        for outcome in result.score.incidents {
            guard let incident = result.incidents.first(where: { $0.id == outcome.id }) else { continue }
            let actor = incident.actors.first.map { $0.name.isEmpty ? $0.nodeID : $0.name } ?? ""
            let verdict: String
            switch (outcome.variant.isToBeDetected, outcome.isDetected) {
            case (true, true):
                let time = outcome.timeToDetect?.nanoseconds ?? 0
                verdict = "detected after \(decimal(time / 100_000_000, 1)) s of simulated time"
            case (true, false): verdict = "MISSED"
            case (false, _): verdict = outcome.alerts == 0 ? "benign, rightly ignored" : "benign, FALSE ALERT"
            }
            let name = outcome.kind.padding(to: 24)
            lines.append("  \(name) \(incident.start.rfc3339)  by \(actor): \(verdict)")
        }
        let overall = result.score.overall
        lines += [
            "",
            "  recall \(text(overall.recall))   precision \(text(overall.precision))   F1 \(text(overall.f1))   "
                + "(\(alerts.count) alerts, \(overall.falseAlerts) false)",
            "",
            "Next: mocktail generate quickstart --out out, mocktail replay quickstart --to URL, mocktail --help",
        ]
        return lines.joined(separator: "\n")
    }

    private func text(_ ratio: Double?) -> String {
        ratio.map { decimal(Int64(($0 * 100).rounded()), 2) } ?? "-"
    }
}

extension String {
    /// The text, with spaces up to a width.
    fileprivate func padding(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
