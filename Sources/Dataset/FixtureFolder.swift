public import Truth
public import IncidentCatalog
import Generation
import ByteText
import LogFormats
public import ScenarioSpec
import Scoring
public import SimTime
public import Simulation
import TailnetModel

/// One incident in a small folder of its own: the logs around it, the truth, and what a rule should make of it.
public struct FixtureFolder: Sendable {
    /// What is put into the folder.
    public let kind: IncidentKind
    public let variant: IncidentVariant
    /// What differs from the attack; nil for the variant itself.
    public let mutation: FixtureMutation?

    /// How much of the ordinary life before and after the incident the logs hold.
    static let before = TimeSpan.minutes(5)
    /// As long as the latest record of the incident may take to be logged.
    static let after = TimeSpan.minutes(16)

    public init(kind: IncidentKind, variant: IncidentVariant) {
        self.kind = kind
        self.variant = variant
        mutation = nil
    }

    /// The folder of a mutation of the attack.
    ///
    /// - Parameter plan: the scenario without incidents.
    public init(kind: IncidentKind, mutation number: Int, in plan: Plan) {
        self.kind = kind
        variant = .attack
        mutation = FixtureMutation(number: number, of: kind, in: plan)
    }

    /// The folder's place below that of all fixtures.
    public var name: String {
        guard let number = mutation?.number else { return "\(kind.name)/\(variant.rawValue)" }
        return "\(kind.name)/mutation-\(number < 10 ? "0" : "")\(number)"
    }

    /// When the incident begins: late enough for the kind's history, on a working day.
    private static func start(of kind: IncidentKind) -> TimeSpan { .days(8) + .hours(Int64(kind.hour)) }

    /// What to inject.
    public var injections: [String] {
        let start = FixtureFolder.start(of: kind)
        if let mutation { return mutation.injections(at: start) }
        return ["\(kind.name)@+\(start.nanoseconds / 1_000_000_000)s,variant=\(variant.rawValue)"]
    }

    /// Writes the folder.
    ///
    /// - Parameters:
    ///   - plan: the scenario with `injections`, and nothing else, injected.
    ///   - folder: that of all fixtures.
    ///   - force: whether to replace the files of an earlier run.
    public func write(_ plan: Plan, to folder: String, force: Bool) async throws -> GeneratedFolder.Summary {
        let world = try world(of: plan)
        let window = window(of: plan)
        let options = GeneratorOptions(window: window, hash: RecordDigest.sha256)
        let path = "\(folder)/\(name)"
        let generator = LogGenerator(world: world, options: options)
        if kind.historyDays > 0 { try await writeHistory(world, before: window.start, to: folder, force: force) }
        let incidents = world.incidents(in: window)
        let extras = GeneratedFolder.Extras(
            documents: { [("expected.json", expectation(incidents, $0))] },
            links: kind.historyDays > 0 ? [("history", "../history")] : [], names: ["expected.json", "history"])
        return try await GeneratedFolder(path: path, force: force, snapshots: snapshots, extras: extras)
            .write(generator) { _, _ in }
    }

    private var snapshots: TimeSpan? { kind.readsSnapshots ? .hours(1) : nil }

    /// The world to simulate, with other names where the mutation says so.
    public func world(of plan: Plan) throws -> World { try World(plan: mutation.map { $0.rename(plan) } ?? plan) }

    /// The window of the logs: the incident with some ordinary life before and after it.
    public func window(of plan: Plan) -> TimeWindow {
        let begin = plan.incidents.map(\.window.start).min() ?? plan.span.start
        let end = plan.incidents.map(\.window.end).max() ?? begin
        return TimeWindow(
            start: begin - FixtureFolder.before, end: min(plan.span.end, end + FixtureFolder.after))
    }

    /// The days before, as both logs; the same for all variants, so that one is written and the others link to it.
    private func writeHistory(
        _ world: World, before end: Instant, to folder: String, force: Bool
    ) async throws(RunError) {
        let shared = "\(folder)/\(kind.name)/history"
        let isFirst = variant == .attack && mutation == nil
        guard isFirst || !FolderManifest.exists(at: shared) else { return }
        let window = TimeWindow(start: end - .days(Int64(kind.historyDays)), end: end)
        let options = GeneratorOptions(window: window, withIncidents: false, hash: RecordDigest.sha256)
        _ = try await GeneratedFolder(path: shared, force: force, snapshots: snapshots).write(
            LogGenerator(world: world, options: options)
        ) { _, _ in }
    }

    /// What a rule should make of the folder: `expected.json`.
    private func expectation(_ incidents: [Incident], _ summary: GeneratedFolder.Summary) -> String {
        JSONWriter.object { json in
            json.member("schema", 1)
            json.member("kind", kind.name)
            json.member("variant", variant.rawValue)
            json.member("shouldFire", variant.isToBeDetected)
            if let mutation { json.object("mutation") { mutation.putMembers(into: &$0) } }
            json.member("expectedRules", kind.expectedRules(variant))
            json.member("fooledRules", kind.fooledRules(variant))
            json.objects("deadRules", kind.deadRules) { json, rule in
                json.member("rule", rule.id)
                json.member("why", rule.why)
            }
            json.object("records") { json in
                json.member("configuration", summary.configurationRecords)
                json.member("network", summary.networkRecords)
            }
            json.member("incidents", incidents)
        } + "\n"
    }
}
