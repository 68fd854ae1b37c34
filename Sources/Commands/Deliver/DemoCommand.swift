import Detections
import Truth
import Dataset
import ArgumentParser
import Generation
import Delivery
import FoundationEssentials
import Ingester
import Replay
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

    @OptionGroup var rules: DetectionArguments

    @Flag(help: "The result as JSON.")
    var json = false

    func run() async throws {
        try await reportingErrors {
            if rules.wantsList {
                try printData(rules.list)
                return
            }
            // The two that the incidents were made for always run; the others have a table of their own.
            let others = try rules.chosen().filter { !Detection.own.contains($0) }
            let path = try Catalog.bundled.path(of: scenario)
            let world = try World(plan: try Scenario.load(path, overrides: ScenarioOverrides(seed: seed)))
            if !json { try printData(opening(world)) }
            let receiver = Receiver(configuration: ReceiverConfiguration(detections: Detection.own + others))
            let port = try await receiver.start()
            let destination: Destination
            do { destination = try Destination(parsing: "http://127.0.0.1:\(port)/") } catch {
                throw RunError(.run, "\(error)")
            }
            let window = world.plan.span
            let generator = LogGenerator(
                world: world,
                options: GeneratorOptions(window: window, threads: ProcessInfo.processInfo.activeProcessorCount))
            let replay = ReplayRun(routes: LogKind.allCases.map { ($0, destination) }, pace: .flatOut)
            let report = try await replay.run(SimulatedRecords(generator)) { _ in }
            try await receiver.stop()
            let stats = receiver.snapshot
            let incidents = world.incidents(in: window)
            let alerts = receiver.alerts
            let own = alerts.filter { alert in Detection.own.contains { $0.id == alert.rule } }
            let options = ScoreOptions(window: window)
            let result = DemoResult(
                report: report, held: stats.records - stats.duplicates, incidents: incidents,
                score: Score(of: own, against: incidents),
                all: others.isEmpty ? nil : Score(of: alerts, against: incidents, options: options))
            try printData(json ? result.json : text(result, stats, own, others.count))
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
    private func text(_ result: DemoResult, _ stats: ReceiverStats, _ alerts: [Alert], _ others: Int) -> String {
        let account = result.report.account
        var lines = [
            "",
            "  delivered    \(account.acknowledged) of \(account.generated) generated records "
                + "(\(stats.network) network, \(stats.configuration) configuration), lost \(result.lost)",
            "  speed        \(result.report.recordsPerSecond) records/s, \(result.report.megabytesPerSecond) MB/s "
                + "in \(result.report.seconds) s",
            "",
            "Incidents that the scenario put into the logs, and what the ingester's own two detections made of them:",
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
        ]
        if let all = result.all { lines += table(of: all, others) + [""] }
        lines += [
            "Next: mocktail generate quickstart --out out, mocktail replay quickstart --to URL, mocktail --help"
        ]
        return lines.joined(separator: "\n")
    }

    /// What the other detections made of the same records.
    private func table(of score: Score, _ others: Int) -> [String] {
        let fired = score.rules.filter { rule in
            rule.alerts > 0 && !Detection.own.contains { $0.id == rule.rule }
        }
        if fired.isEmpty { return ["The other \(others) reference detections were silent."] }
        var lines = [
            "The other \(others) reference detections on the same records; \(others - fired.count) were silent, "
                + "and these fired:", "",
        ]
        for rule in fired {
            let on = rule.alerts - rule.falseAlerts
            lines.append(
                "  \(rule.rule.padding(to: 40)) \(rule.alerts) alert\(rule.alerts == 1 ? "" : "s"): "
                    + "\(on) on an incident, \(rule.falseAlerts) false")
        }
        let overall = score.overall
        return lines + [
            "",
            "  all together: recall \(text(overall.recall))   precision \(text(overall.precision))   "
                + "(\(score.alerts.count) alerts, \(overall.falseAlerts) false)",
        ]
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
