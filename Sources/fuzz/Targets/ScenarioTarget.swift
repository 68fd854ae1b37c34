import BundledScenarios
import ControlAPI
import Generation
import IncidentCatalog
import ScenarioSpec
import SimTime
import Simulation
import Truth

/// Changed scenarios: what `scenario check` accepts must be a world, and must generate.
final class ScenarioTarget: FuzzTarget {
    static let name = "scenario"
    static let patience: UInt32 = 40

    private let texts: [(name: String, text: [UInt8])]
    private let mutator: TextMutator
    private var name = ""
    private var text: [UInt8] = []
    private var place: UInt64 = 0

    init(_ workplace: Workplace) {
        // Larger ones take too long.
        let wanted = [
            "quickstart", "home-lab", "multi-site", "exit-destinations", "mixed-clients", "ci-fleet", "port-22-spike",
            "unauthorized-api-calls", "quiet",
        ]
        let bundled = wanted.map { (name: "\($0).yaml", text: BundledFiles.bytes["\($0).yaml"] ?? []) }
        let fixtures = BundledFiles.bytes["fixtures.yaml"] ?? []
        let kinds = IncidentKinds.all.enumerated().map { index, kind in
            let variant = IncidentVariant.allCases[index % IncidentVariant.allCases.count]
            let line = "\nincidents:\n  - {kind: \(kind.name), at: +\(index % 3)d11h, variant: \(variant.rawValue)}\n"
            return (name: "fixtures.yaml", text: fixtures + line.utf8)
        }
        texts = bundled + kinds
        // The schema has every key, and every word that a key may have.
        mutator = TextMutator(
            bundled.map(\.text) + [Array(ScenarioSchema.jsonText.utf8)],
            words: [
                "{from: \"*\", to: \"*\"}", "[autogroup:member]", "count: 3", "at: +1h", "gone:web", "- {}", "key:",
            ])
    }

    func prepare(_ draws: inout CaseDraws) -> [UInt8] {
        let start = draws.pick(texts)
        name = start.name
        text = mutator.mutated(start.text, among: texts.map(\.text), &draws)
        place = draws.next()
        return text
    }

    /// Tailnets with more nodes or more sessions an hour are read, and not generated.
    private static let nodeLimit = 200
    private static let sessionLimit = 20_000

    func judge() async -> Verdict {
        let plan: Plan
        do {
            plan = try Scenario.decode(String(decoding: text, as: UTF8.self), file: name, files: EmbeddedFiles())
        } catch {
            let problems = error.problems
            if problems.isEmpty { return .finding("it is refused without a problem") }
            if problems.contains(where: { $0.message.isEmpty || $0.message.contains("\n") }) {
                return .finding("a problem is not one sentence: \(error)")
            }
            return .refused
        }
        if plan.canonicalText.isEmpty { return .finding("the plan has no text") }
        _ = ScenarioOverview(plan)
        let sessions = plan.patterns.reduce(0) { sum, pattern in
            let (product, isLarge) = pattern.milliSessionsPerHour.multipliedReportingOverflow(by: pattern.sources.count)
            return isLarge ? Int.max : max(sum, product / 1_000)
        }
        let world: World
        do { world = try World(plan: plan) } catch {
            return "\(error)".contains("\n") ? .finding("the refusal is not one sentence: \(error)") : .refused
        }
        // Larger tailnets and heavier traffic take their time by right.
        if plan.nodes.count <= ScenarioTarget.nodeLimit, sessions <= ScenarioTarget.sessionLimit {
            await generate(world)
        }
        return .accepted
    }

    /// Generates ten minutes anywhere in the scenario.
    private func generate(_ world: World) async {
        let span = world.plan.span
        let length = min(span.length, TimeSpan.minutes(10))
        let free = (span.length - length).nanoseconds
        let start = span.start + .nanoseconds(Int64(place.multipliedFullWidth(by: UInt64(max(1, free))).high))
        let options = GeneratorOptions(
            window: TimeWindow(start: start, end: start + length), threads: Int(place % 2) + 1,
            withMarks: place % 3 == 0)
        let generator = LogGenerator(world: world, options: options)
        var chunks = 0
        while chunks < 40, await generator.next() != nil { chunks += 1 }
        let timeline = AuditTimeline(world: world, withIncidents: true)
        let inventory = InventoryText(timeline, of: world.plan, at: start)
        _ = inventory.devices() + inventory.users() + inventory.policy()
    }
}
