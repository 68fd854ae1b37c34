public import Truth
import IncidentCatalog
import Generation
import Dataset
import LogFormats
import ScenarioSpec
public import Scoring
import SimTime
import Simulation
import TailnetModel

/// One incident amid ordinary life, for the tests of a rule: both logs, and what the rule should make of them.
///
/// ```swift
/// let fixture = try await TailnetFixture("ssh-brute-force", .attack)
/// let alerts = myRule(fixture.network)
/// #expect(fixture.isRight(alerts))
/// ```
///
/// The same arguments and version give the same lines. No file is read or written.
public struct TailnetFixture: Sendable {
    /// The kind of the incident: `ssh-brute-force`.
    public let kind: String
    public let variant: IncidentVariant
    /// What differs from the attack, in a few words; nil for a variant itself.
    public let mutation: String?
    /// The network flow log, a record a line, in the order of `logged`.
    public let network: [String]
    /// The configuration audit log, a record a line, in the order of `logged`.
    public let configuration: [String]
    /// The incident; a mutation may consist of several.
    public let incidents: [Incident]
    /// Published rules that fire here, and are right (`source/slug`).
    public let expectedRules: [String]
    /// Published rules that fire here, and are wrong.
    public let fooledRules: [String]
    /// How many days of ordinary life a rule may need to have seen before; `history()` makes them.
    public let historyDays: Int

    private let world: World
    private let window: TimeWindow

    /// Whether a rule for this kind should fire: on `attack` and `over`, not on `under` and `lookalike`.
    public var shouldFire: Bool { variant.isToBeDetected }

    /// All kinds of incidents.
    public static var kinds: [String] { IncidentKinds.all.map(\.name) }

    /// Makes the fixture of a kind and variant.
    ///
    /// - Parameters:
    ///   - kind: one of `kinds`.
    ///   - variant: the attack, just over or just under published thresholds, or a harmless look-alike.
    ///   - seed: other people, addresses and moments.
    /// - Throws: `FixtureError` where there is no such kind.
    public init(_ kind: String, _ variant: IncidentVariant = .attack, seed: UInt64? = nil) async throws {
        try await self.init(FixtureFolder(kind: try TailnetFixture.known(kind), variant: variant), seed: seed)
    }

    /// Makes mutations of a kind's attack, which keep its nature: slower, by several, renamed, at another hour or port.
    ///
    /// - Parameters:
    ///   - kind: one of `kinds`.
    ///   - count: how many; the first ones are the same whatever the count.
    ///   - seed: other people, addresses and moments.
    /// - Throws: `FixtureError` where there is no such kind.
    public static func mutations(of kind: String, count: Int, seed: UInt64? = nil) async throws -> [TailnetFixture] {
        let known = try known(kind)
        let plain = try plan(seed: seed, injections: [])
        var fixtures: [TailnetFixture] = []
        for number in 1..<max(1, count + 1) {
            fixtures.append(
                try await TailnetFixture(FixtureFolder(kind: known, mutation: number, in: plain), seed: seed))
        }
        return fixtures
    }

    private init(_ folder: FixtureFolder, seed: UInt64?) async throws {
        kind = folder.kind.name
        variant = folder.variant
        mutation = folder.mutation?.text
        expectedRules = folder.kind.expectedRules(folder.variant)
        fooledRules = folder.kind.fooledRules(folder.variant)
        historyDays = folder.kind.historyDays
        let plan = try TailnetFixture.plan(seed: folder.mutation?.seed ?? seed, injections: folder.injections)
        world = try folder.world(of: plan)
        window = folder.window(of: plan)
        incidents = world.incidents(in: window)
        let logs = await TailnetFixture.lines(LogGenerator(world: world, options: GeneratorOptions(window: window)))
        (network, configuration) = (logs.network, logs.configuration)
    }

    /// The days before, without the incident; empty for kinds that need none.
    public func history() async -> (network: [String], configuration: [String]) {
        guard historyDays > 0 else { return ([], []) }
        let past = TimeWindow(start: window.start - .days(Int64(historyDays)), end: window.start)
        return await TailnetFixture.lines(
            LogGenerator(world: world, options: GeneratorOptions(window: past, withIncidents: false)))
    }

    /// Compares a rule's alerts with the incident, as `mocktail score` does.
    public func score(_ alerts: [Alert]) -> Score {
        let byTargets = IncidentKinds.all.filter(\.matchesTargets).map(\.name)
        var options = ScoreOptions(kindsMatchedByTargets: Set(byTargets))
        options.window = window
        return Score(of: alerts, against: incidents, options: options)
    }

    /// Whether the alerts are what they should be: the incident found where it is an attack, silence where it is none.
    public func isRight(_ alerts: [Alert]) -> Bool {
        let score = score(alerts)
        return shouldFire ? score.overall.detected > 0 : score.overall.falseAlerts == 0
    }

    private static func known(_ kind: String) throws(FixtureError) -> IncidentKind {
        guard let known = IncidentKinds.kind(kind) else {
            throw FixtureError("there is no kind \"\(kind)\"; TailnetFixture.kinds lists them")
        }
        return known
    }

    private static func plan(seed: UInt64?, injections: [String]) throws -> Plan {
        try Scenario.load(
            "fixtures.yaml", files: EmbeddedFiles(),
            overrides: ScenarioOverrides(
                seed: seed, injections: try injections.map { try IncidentInjection.parse($0) }))
    }

    private static func lines(_ generator: LogGenerator) async -> (network: [String], configuration: [String]) {
        var network: [String] = []
        var configuration: [String] = []
        while let chunk = await generator.next() {
            for part in chunk.parts {
                let lines = part.records.map { String(decoding: part.bytes[$0.range], as: UTF8.self) }
                if part.log == .network { network += lines } else { configuration += lines }
            }
        }
        return (network, configuration)
    }
}

/// Why there is no such fixture, in one sentence.
public struct FixtureError: Error, Sendable, Hashable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
