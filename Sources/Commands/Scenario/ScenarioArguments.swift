import Dataset
import ArgumentParser
import ByteText
import Generation
import FoundationEssentials
import ScenarioSpec
import SimTime
import SystemFiles
import TailnetModel

/// The arguments that choose a scenario and a range of it.
struct ScenarioArguments: ParsableArguments {
    @Argument(help: "Scenario file, or name of a bundled scenario.")
    var scenario: String

    @Option(help: ArgumentHelp("Seed (overrides the scenario's).", valueName: "number"))
    var seed: UInt64?

    @Option(
        help: ArgumentHelp("Move the scenario's first instant: now, or an RFC 3339 time.", valueName: "time"))
    var start: String?

    @Option(
        help: ArgumentHelp(
            "Start of the range: an offset such as +6h, or an RFC 3339 time (default: the scenario's start).",
            valueName: "time"))
    var from: String?

    @Option(
        help: ArgumentHelp(
            "Length of the range, such as 10m (default: up to the scenario's end).", valueName: "duration"))
    var duration: String?

    @Flag(
        name: [.customLong("without-incidents"), .customLong("without-anomalies")],
        help: "Leave out all incidents.")
    var withoutIncidents = false

    @Option(
        help: ArgumentHelp(
            "Add an incident: KIND@TIME[,key=value...], such as port-22-spike@+2h,sessions=80 (repeatable).",
            valueName: "incident"))
    var inject: [String] = []

    @Option(help: "One log only.")
    var log: LogChoice?

    @Option(
        help: ArgumentHelp(
            "Number of threads (default: all cores). The output does not depend on it.", valueName: "number"))
    var threads: Int?

    @Option(
        help: ArgumentHelp(
            "One of n parts of the nodes, such as 1/3; the first part has the configuration log.",
            valueName: "i/n"))
    var shard: String?

    func validate() throws {
        if let shard, Shard(shard) == nil {
            throw ValidationError(
                "--shard \(shard): write 1/3 for the first of three parts; there are at most \(Shard.largestCount).")
        }
        if let threads, threads < 1 { throw ValidationError("--threads \(threads): must be at least 1.") }
    }

    /// The given options that only make sense for a scenario, not for a folder.
    var scenarioOnly: [String] {
        [
            ("--seed", seed != nil), ("--start", start != nil), ("--from", from != nil),
            ("--duration", duration != nil),
            ("--without-incidents", withoutIncidents), ("--inject", !inject.isEmpty),
            ("--shard", shard != nil),
        ].filter(\.1).map(\.0)
    }

    /// Which logs are wanted.
    var logs: [LogKind] { log.map { [$0.kind] } ?? LogKind.allCases }

    /// Which part of the nodes is wanted.
    var part: Shard { shard.flatMap { Shard($0) } ?? .whole }

    /// The threads to use: as many as there are processors by default.
    var threadCount: Int { max(1, threads ?? ProcessInfo.processInfo.activeProcessorCount) }

    /// Reads the scenario.
    ///
    /// - Throws: `ScenarioProblems`, `RunError`.
    func plan() throws -> Plan { try locatedPlan().plan }

    /// Reads the scenario, and says where its parts stand.
    ///
    /// - Throws: `ScenarioProblems`, `RunError`.
    func locatedPlan() throws -> LocatedPlan {
        let isLog = [".ndjson", ".ndjson.gz", ".jsonl"].contains { scenario.hasSuffix($0) }
        if isLog, PathKind.at(scenario) == .file {
            throw RunError(
                .input,
                "\(scenario) is a log, not a scenario; give the folder that mocktail generated, or a scenario")
        }
        if PathKind.isFolder(scenario), scenario.contains("/") || !isCataloged {
            let advice =
                FolderManifest.exists(at: scenario)
                ? "name the scenario that it was generated from, or give it to mocktail replay" : "name a scenario file"
            throw RunError(.input, "\(scenario.printable) is a folder, not a scenario; \(advice)")
        }
        var overrides = ScenarioOverrides(seed: seed)
        if let start {
            guard let instant = start == "now" ? WallClock.now : Instant(rfc3339: start) else {
                throw RunError(.input, "--start \(start): write now, or a time such as 2026-03-02T08:00:00Z")
            }
            overrides.start = instant
        }
        overrides.injections = try inject.map { try IncidentInjection.parse($0) }
        return try ScenarioCatalog.current.source(of: scenario).loadLocated(overrides: overrides)
    }

    /// Whether it is the name of a scenario that is no file of the command line's.
    private var isCataloged: Bool { ScenarioCatalog.current.items.contains { $0.name == scenario } }

    /// Checks that there is a folder or a scenario, for a command that takes both.
    ///
    /// - Throws: `RunError` where there is neither.
    func checkSource() throws(RunError) {
        let isFile = [".yaml", ".yml"].contains { scenario.hasSuffix($0) }
        if isFile || PathKind.isThere(scenario) || isCataloged { return }
        var hint = Suggestion.text(for: scenario, among: ScenarioCatalog.current.items.map(\.name))
        if hint.isEmpty { hint = "; mocktail scenario list shows the names of scenarios" }
        throw RunError(.input, "there is no folder and no scenario \(scenario.printable)\(hint)")
    }

    /// The range of the scenario that is wanted.
    ///
    /// - Throws: `RunError` if it does not lie within the scenario's time.
    func window(of plan: Plan) throws(RunError) -> TimeWindow {
        try RunRange.parse(from: from, duration: duration, in: plan.span)
    }
}

/// One of the two logs, on the command line.
enum LogChoice: String, ExpressibleByArgument, CaseIterable {
    case network
    case configuration

    var kind: LogKind { self == .network ? .network : .configuration }
}

/// The wall clock: the one place where simulated time depends on it.
enum WallClock {
    /// The current instant, at whole seconds.
    static var now: Instant { Instant(seconds: Int64(Date().timeIntervalSince1970)) }
}
