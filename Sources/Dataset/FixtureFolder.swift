public import Truth
public import IncidentCatalog
import Generation
import ByteText
import LogFormats
public import ScenarioSpec
import Scoring
public import SimTime
public import Simulation
import SystemFiles
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
        if writesHistory(in: folder) { try await writeHistory(world, before: window.start, to: folder, force: force) }
        let incidents = world.incidents(in: window)
        var extras = FixtureFolder.extras
        extras.documents = { [("expected.json", expectation(incidents, $0))] }
        extras.links = kind.historyDays > 0 ? [("history", "../history")] : []
        return try await GeneratedFolder(path: path, force: force, snapshots: snapshots, extras: extras)
            .write(generator) { _, _ in }
    }

    /// What a fixture has beside the files of a run.
    private static var extras: GeneratedFolder.Extras {
        GeneratedFolder.Extras(names: ["expected.json", "history"]) { path in
            if path.hasSuffix("/history") { return PathKind.isLink(path) }
            guard let bytes = try? InputFile.bytes(of: path, isRegular: true), let file = try? JSONValue.parse(bytes)
            else { return false }
            return file["schema"]?.int == 1 && file["kind"]?.string != nil && file["shouldFire"]?.bool != nil
        }
    }

    /// Looks for what would stop the folder or lead it elsewhere, and changes nothing.
    func check(in folder: String, force: Bool) throws(RunError) {
        let path = "\(folder)/\(name)"
        let parent = "\(folder)/\(kind.name)"
        let history = writesHistory(in: folder) ? [FixtureFolder.history(of: kind, in: folder)] : []
        for place in [parent, path] + history where PathKind.isLink(place) {
            throw RunError(.input, "\(place.printable) is a symbolic link; remove it, or name another folder")
        }
        if PathKind.isThere(parent), !PathKind.isFolder(parent) {
            throw RunError(.input, "\(parent.printable) is not a folder; move it away, or name another folder")
        }
        _ = try EarlierRun.files(in: path, force: force, extras: FixtureFolder.extras)
        for history in history { _ = try EarlierRun.files(in: history, force: force, extras: .init()) }
        do {
            try StagedFolder.check(path, names: GeneratedFolder.names + FixtureFolder.extras.names)
            for history in history { try StagedFolder.check(history, names: GeneratedFolder.names) }
        } catch { throw RunError(error) }
    }

    private static func history(of kind: IncidentKind, in folder: String) -> String { "\(folder)/\(kind.name)/history" }

    /// Whether this fixture writes the days before, which are the same for all variants: the attack does, or the first
    /// that finds none.
    private func writesHistory(in folder: String) -> Bool {
        guard kind.historyDays > 0 else { return false }
        return variant == .attack && mutation == nil
            || !FolderManifest.exists(at: FixtureFolder.history(of: kind, in: folder))
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

    /// Writes the days before, as both logs, to which the variants link.
    private func writeHistory(
        _ world: World, before end: Instant, to folder: String, force: Bool
    ) async throws(RunError) {
        let shared = FixtureFolder.history(of: kind, in: folder)
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
