import Truth
import IncidentCatalog
import ArgumentParser
import ByteText
import Dataset
import ScenarioSpec
import TailnetModel

/// Writes a small folder for each incident kind and variant, for the tests of rules.
struct FixturesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fixtures",
        abstract: "Write a small folder for each incident kind and variant, to test rules with.",
        discussion: """
            DIR/KIND/VARIANT holds both logs, tailnet/, truth/ and expected.json, which says whether a rule should fire. \
            If a rule must have seen the days before, they are in DIR/KIND/history, with a link in each variant.
            """)

    @Option(help: "Incident kind (repeatable; default: all).")
    var kind: [String] = []

    @Option(help: "Variant: attack, over, under or lookalike (repeatable; default: all).")
    var variant: [String] = []

    @Option(help: ArgumentHelp("Folder to write to.", valueName: "dir"))
    var out: String

    @Option(
        help: ArgumentHelp(
            "Seed (overrides the scenario's): other people, addresses and times.", valueName: "number"))
    var seed: UInt64?

    @Option(help: "Scenario file or name; it must be at least nine days long.")
    var scenario = "fixtures"

    @Option(
        help: ArgumentHelp(
            "Also write that many mutations of each attack: slower, shared by several, renamed, at another hour or port.",
            valueName: "count"))
    var mutate = 0

    @Flag(help: "Replace the files of an earlier run.")
    var force = false

    @Flag(help: "Print one JSON object for each folder.")
    var json = false

    func validate() throws {
        if out.isEmpty { throw ValidationError("--out: the folder has an empty name; name a folder.") }
        if !(0...99).contains(mutate) { throw ValidationError("--mutate \(mutate): must be 0 to 99.") }
    }

    func run() async throws {
        try await reportingErrors { try await Interruptible.run { try await write() } }
    }

    private func write() async throws {
        let kinds = try chosenKinds()
        let variants = try chosenVariants()
        let source = try ScenarioCatalog.current.source(of: scenario)
        var records = 0
        var folders = 0
        let plain = mutate > 0 ? try source.load(overrides: ScenarioOverrides(seed: seed)) : nil
        let fixtures = kinds.flatMap { kind in
            variants.map { FixtureFolder(kind: kind, variant: $0) }
                + (plain.map { plan in (1...mutate).map { FixtureFolder(kind: kind, mutation: $0, in: plan) } } ?? [])
        }
        let set = try FixtureSet(at: out, fixtures, force: force)
        for fixture in fixtures {
            if Task.isCancelled {
                throw RunError(
                    .run, "interrupted: \(counted(folders, "folder")) in \(out) are whole, the others were not written")
            }
            let injections = try fixture.injections.map { try IncidentInjection.parse($0) }
            let overrides = ScenarioOverrides(seed: fixture.mutation?.seed ?? seed, injections: injections)
            let plan = try source.load(overrides: overrides)
            let summary = try await set.write(fixture, plan)
            folders += 1
            records += summary.configurationRecords + summary.networkRecords
            if json {
                try printData(
                    JSONWriter.object { json in
                        json.member("folder", fixture.name)
                        json.member("mutation", fixture.mutation?.text)
                        json.member("configuration", summary.configurationRecords)
                        json.member("network", summary.networkRecords)
                        json.member("labels", summary.labels)
                    })
            }
        }
        Console.say(
            "\(out): \(counted(folders, "folder")) of \(counted(kinds.count, "kind")), "
                + "\(counted(records, "record"))")
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
