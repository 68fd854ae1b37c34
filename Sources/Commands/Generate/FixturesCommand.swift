import Truth
import IncidentCatalog
import ArgumentParser
import ByteText
import Dataset
import ScenarioSpec
import TailnetModel

/// Writes a small folder for each kind of incident and each variant, for the tests of rules.
struct FixturesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fixtures",
        abstract: "Write a small folder per kind of incident and variant: logs, truth, and what a rule should do.",
        discussion: """
            DIR/KIND/VARIANT holds configuration.ndjson, network.ndjson, tailnet/, truth/ and expected.json; where a rule \
            needs to know the days before, they lie in DIR/KIND/history, and each variant has a link to it.
            """)

    @Option(help: "A kind of incident; may be given more than once. All unless said.")
    var kind: [String] = []

    @Option(help: "attack, over, under or lookalike; may be given more than once. All unless said.")
    var variant: [String] = []

    @Option(help: "The folder to write to.")
    var out: String

    @Option(help: "Another seed: other people, addresses and moments.")
    var seed: UInt64?

    @Option(help: "Another scenario, which must be at least nine days long.")
    var scenario = "fixtures"

    @Option(help: "Also write so many mutations of each attack: slower, by several, renamed, at another hour or port.")
    var mutate = 0

    @Flag(help: "Replace the files of an earlier run.")
    var force = false

    @Flag(help: "Print one line of JSON a folder.")
    var json = false

    func validate() throws {
        if !(0...99).contains(mutate) { throw ValidationError("--mutate: give 0 to 99.") }
    }

    func run() async throws {
        try await reportingErrors {
            let kinds = try chosenKinds()
            let variants = try chosenVariants()
            let path = try Catalog.bundled.path(of: scenario)
            var records = 0
            var folders = 0
            for kind in kinds {
                var fixtures = variants.map { FixtureFolder(kind: kind, variant: $0) }
                if mutate > 0 {
                    let plain = try Scenario.load(path, overrides: ScenarioOverrides(seed: seed))
                    fixtures += (1...mutate).map { FixtureFolder(kind: kind, mutation: $0, in: plain) }
                }
                for fixture in fixtures {
                    let injections = try fixture.injections.map { try IncidentInjection.parse($0) }
                    let overrides = ScenarioOverrides(seed: fixture.mutation?.seed ?? seed, injections: injections)
                    let plan = try Scenario.load(path, overrides: overrides)
                    let summary = try await fixture.write(plan, to: out, force: force)
                    folders += 1
                    records += summary.configurationRecords + summary.networkRecords
                    if json {
                        try printData(
                            "{\"folder\":\(fixture.name.jsonQuoted),\"mutation\":"
                                + "\(fixture.mutation.map(\.text.jsonQuoted) ?? "null"),"
                                + "\"configuration\":\(summary.configurationRecords),"
                                + "\"network\":\(summary.networkRecords),\"labels\":\(summary.labels)}")
                    }
                }
            }
            Console.say("\(out): \(folders) folders of \(kinds.count) kinds, \(records) records.")
        }
    }

    private func chosenKinds() throws(RunError) -> [IncidentKind] {
        guard !kind.isEmpty else { return IncidentKinds.all }
        var chosen: [IncidentKind] = []
        for name in kind { chosen.append(try IncidentKind.named(name, option: "--kind")) }
        return chosen
    }

    private func chosenVariants() throws(RunError) -> [IncidentVariant] {
        guard !variant.isEmpty else { return IncidentVariant.allCases }
        let unknown = variant.filter { IncidentVariant(rawValue: $0) == nil }
        guard unknown.isEmpty else {
            throw RunError(.input, "--variant \(unknown[0]): write attack, over, under or lookalike")
        }
        return IncidentVariant.allCases.filter { variant.contains($0.rawValue) }
    }
}
