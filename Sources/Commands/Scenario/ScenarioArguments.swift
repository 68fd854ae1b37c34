import Dataset
import ArgumentParser
import Generation
import FoundationEssentials
import ScenarioSpec
import SimTime
import TailnetModel

/// The arguments that choose a scenario and a stretch of it.
struct ScenarioArguments: ParsableArguments {
    @Argument(help: "A scenario file, or the name of a bundled scenario.")
    var scenario: String

    @Option(help: "Another seed than the scenario's.")
    var seed: UInt64?

    @Option(help: "Move the scenario's first instant: now, or an RFC 3339 timestamp.")
    var start: String?

    @Option(help: "Where to begin: +6h after the start, or an RFC 3339 timestamp.")
    var from: String?

    @Option(help: "How long to go on, such as 10m; to the scenario's end unless said.")
    var duration: String?

    @Flag(
        name: [.customLong("without-incidents"), .customLong("without-anomalies")],
        help: "Leave out every incident: the run that the truth is compared with.")
    var withoutIncidents = false

    @Option(help: "Add an anomaly: KIND@+2h[,key=value...]; may be given more than once.")
    var inject: [String] = []

    @Option(help: "Only one log: network or configuration.")
    var log: LogChoice?

    @Option(help: "How many threads work; the bytes do not depend on it.")
    var threads: Int?

    @Option(
        help: ArgumentHelp(
            "Only one of n parts of the nodes, such as 1/3; the configuration log lies in the first.",
            valueName: "i/n"))
    var shard: String?

    func validate() throws {
        if let shard, Shard(shard) == nil {
            throw ValidationError(
                "--shard \(shard): write 1/3 for the first of three parts; there may be up to \(Shard.largestCount).")
        }
        if let threads, threads < 1 { throw ValidationError("--threads \(threads): at least 1.") }
    }

    /// The options that only make sense for a scenario, as far as they were given.
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

    /// The threads to use: as many as there are processors, unless said.
    var threadCount: Int { max(1, threads ?? ProcessInfo.processInfo.activeProcessorCount) }

    /// Reads the scenario.
    ///
    /// - Throws: `ScenarioProblems`, `RunError`.
    func plan() throws -> Plan {
        var overrides = ScenarioOverrides(seed: seed)
        if let start {
            guard let instant = start == "now" ? WallClock.now : Instant(rfc3339: start) else {
                throw RunError(.input, "--start \(start): write now, or a timestamp such as 2026-03-02T08:00:00Z")
            }
            overrides.start = instant
        }
        overrides.injections = try inject.map { try IncidentInjection.parse($0) }
        return try Scenario.load(try Catalog.bundled.path(of: scenario), overrides: overrides)
    }

    /// The stretch of the scenario that is wanted.
    ///
    /// - Throws: `RunError` where it does not lie in the scenario's span.
    func window(of plan: Plan) throws -> TimeWindow {
        let span = "the scenario's span, \(plan.span.start.rfc3339) to \(plan.span.end.rfc3339)"
        var begin = plan.span.start
        if let from {
            if let offset = TimeSpan(parsing: from) {
                // Longer offsets lie outside too; this one is safe to add.
                begin = plan.span.start + min(offset, plan.span.length)
            } else if let instant = Instant(rfc3339: from) {
                begin = instant
            } else {
                throw RunError(.input, "--from \(from): write +6h, or a timestamp such as 2026-03-02T14:00:00Z")
            }
        }
        guard plan.span.start <= begin, begin < plan.span.end else {
            throw RunError(.input, "--from \(from ?? "") lies outside \(span)")
        }
        var end = plan.span.end
        if let duration {
            guard let length = TimeSpan(parsing: duration), length > .zero else {
                throw RunError(.input, "--duration \(duration): write a length such as 10m or 1h30m")
            }
            guard length <= plan.span.end - begin else {
                throw RunError(.input, "--duration \(duration) goes beyond \(span); give a shorter one")
            }
            end = begin + length
        }
        return TimeWindow(start: begin, end: end)
    }
}

/// One of the two logs, on the command line.
enum LogChoice: String, ExpressibleByArgument, CaseIterable {
    case network
    case configuration

    var kind: LogKind { self == .network ? .network : .configuration }
}

/// The wall clock: the one place that asks it for simulated time.
enum WallClock {
    /// The current instant, at whole seconds.
    static var now: Instant { Instant(seconds: Int64(Date().timeIntervalSince1970)) }
}
