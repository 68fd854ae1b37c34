import ArgumentParser
import ByteText
import Dataset
import Delivery
import Detections
import FoundationEssentials
import Generation
import IncidentCatalog
import Ingester
import Replay
import ScenarioSpec
import Scoring
import SimTime
import Simulation
import TailnetModel
import Truth

/// The main job end to end, on loopback: simulate, deliver, detect, score.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract:
            "Simulate a tailnet with incidents, deliver its logs to an embedded ingester, and score what it detects.",
        discussion: """
            Exits 3 if one of its detections looks for an incident and misses it. An incident that none of them looks for \
            is not covered, which is no failure: Docs/ReferenceDetections.md.
            """)

    @Option(help: "Scenario file, or name of a bundled scenario.")
    var scenario = "quickstart"

    @Option(help: ArgumentHelp("Seed (overrides the scenario's).", valueName: "number"))
    var seed: UInt64?

    @Option(
        help: ArgumentHelp(
            "Add an incident: KIND@TIME[,key=value...], such as ssh-brute-force@+3h (repeatable).",
            valueName: "incident"))
    var inject: [String] = []

    @OptionGroup var rules: DetectionArguments

    @Option(help: ArgumentHelp("Also write the score and a timeline as a web page.", valueName: "file"))
    var html: String?

    @Flag(help: "Print the result as JSON.")
    var json = false

    func run() async throws {
        try await reportingErrors {
            if rules.wantsList {
                try printData(Console.fittingTables(rules.list))
                return
            }
            let detections = try rules.chosen()
            if !json { try printData("mocktail \(Version.current): \(scenario)") }
            let overrides = ScenarioOverrides(
                seed: seed, injections: try inject.map { try IncidentInjection.parse($0) })
            let plan = try ScenarioCatalog.current.source(of: scenario).load(overrides: overrides)
            if !json { try printData(opening(plan)) }
            let result = try await deliver(try World(plan: plan), detections)
            if let html {
                try UserFile.write(result.score.html(title: "mocktail demo: \(plan.name)"), to: html)
            }
            try printData(json ? result.json : Console.fittingTables("\(result.text)\n\n\(next)"))
            guard result.lost == 0, result.report.account.acknowledged == result.report.account.generated else {
                throw ExitCodes.failed
            }
            if result.missesCovered { throw ExitCodes.missed }
        }
    }

    /// Delivers everything to an ingester in this process, and scores its alerts.
    private func deliver(_ world: World, _ detections: [Detection]) async throws -> DemoResult {
        let receiver = Receiver(configuration: ReceiverConfiguration(detections: detections))
        let port = try await receiver.start()
        let destination: Destination
        do { destination = try Destination(parsing: "http://127.0.0.1:\(port)/") } catch {
            throw RunError(.run, "\(error)")
        }
        let window = world.plan.span
        let generator = LogGenerator(
            world: world,
            options: GeneratorOptions(window: window, threads: ProcessInfo.processInfo.activeProcessorCount))
        var replay = ReplayRun(routes: LogKind.allCases.map { ($0, destination) }, pace: .flatOut)
        let progress = DemoProgress(window)
        replay.watch = progress.watch
        let report = try await replay.run(SimulatedRecords(generator)) { [json] account in
            if !json { progress.show(account) }
        }
        try await receiver.stop()
        progress.end()
        let stats = receiver.snapshot
        let incidents = world.incidents(in: window)
        // A chance alert about the right actor would hide that no detection looks for an incident.
        let options = ScoreOptions(
            kindsMatchedByTargets: Set(IncidentKinds.all.filter(\.matchesTargets).map(\.name)), matchesRules: true,
            window: window)
        let score = Score(of: receiver.alerts, against: incidents, options: options)
        return DemoResult(
            report: report, held: stats.records - stats.duplicates, network: stats.network,
            configuration: stats.configuration, incidents: incidents, score: score, detections: detections.map(\.id),
            actors: Dictionary(uniqueKeysWithValues: incidents.map { ($0.id, actors(of: $0, world.plan)) }))
    }

    /// Who did it, by the scenario's names.
    private func actors(of incident: Incident, _ plan: Plan) -> String {
        guard let first = incident.actors.first else { return "" }
        let more = incident.actors.count - 1
        return plan.label(of: first) + (more > 0 ? " and \(more) more" : "")
    }

    private func opening(_ plan: Plan) -> String {
        """
        \(plan.summary)

        Simulating \(counted(plan.nodes.count, "node")) and \(counted(plan.users.count, "user")) for \
        \(plan.span.length.text) (seed \(plan.seed)), delivering both logs over HTTP to an ingester on this machine ...
        """
    }

    /// What to try after this.
    private var next: String {
        var table = TextTable([.left, .left], indent: 2)
        table.add(["mocktail incident list", "what --inject can add"])
        table.add(["mocktail generate \(scenario) --out logs", "the same logs as files, with labels"])
        table.add(["mocktail replay \(scenario) --to URL", "the same logs to your own ingester"])
        return (["Next"] + table.lines).joined(separator: "\n")
    }
}
