import LiveScore
import Compression
import Dataset
import ArgumentParser
import Generation
import Delivery
import FoundationEssentials
import Ingester
import Replay
import ScenarioSpec
import SimTime
import Simulation
import TailnetModel

/// Delivers a scenario's or a folder's records to a receiver.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Deliver the records of a scenario, or of a generated folder, to a receiver.",
        discussion: """
            Takes a generated folder in place of a scenario. Delivers at full speed unless --rate, --speed or --follow sets \
            the pace, and accounts for every record. Exits 1 \
            if a record was not acknowledged. Docs/Delivery.md explains the account and names receivers.
            """)

    @OptionGroup var scenario: ScenarioArguments

    @Option(
        help: ArgumentHelp(
            "Receiver: file:PATH, http(s)://... (NDJSON) or splunk+http(s)://user:token@... "
                + "For two receivers: --to network=URL --to configuration=URL.", valueName: "url"))
    var to: [String]

    @Option(help: "Pace in records a second, such as 5000/s or 10k/s.")
    var rate: String?

    @Option(help: "Pace as a multiple of simulated time, such as 1x or 60x.")
    var speed: String?

    @Flag(help: "Deliver at the pace of the clock, beyond the scenario's end, until interrupted.")
    var follow = false

    @Option(help: "Form of the records for NDJSON receivers and files (default: object, or the folder's).")
    var channel: ChannelChoice?

    @Option(help: "Compression of the request bodies.")
    var compress = CompressionChoice.none

    @Option(help: ArgumentHelp("Number of connections to each receiver.", valueName: "number"))
    var connections = 4

    @Option(
        help: ArgumentHelp("How long a batch is tried before it is given up.", valueName: "duration"))
    var giveUpAfter = "60s"

    @Option(
        help: ArgumentHelp(
            "How long an interrupted replay waits for answers to the requests that it has sent.", valueName: "duration")
    )
    var drain = "10s"

    @Flag(help: "Add a field with the incident's name to each labelled record.")
    var mark = false

    @Option(
        help: ArgumentHelp(
            "Delay, lose, repeat and reorder records on the way: 'delay=60s loss=0.1% duplicate=0.5% reorder=30s'.",
            valueName: "what"))
    var impair: String?

    @OptionGroup var live: LiveScoreArguments

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        if to.isEmpty { throw ValidationError("Give a receiver with --to URL.") }
        if [rate != nil, speed != nil, follow].count(where: { $0 }) > 1 {
            throw ValidationError("Give only one of --rate, --speed and --follow.")
        }
        try live.check(hasSpeed: speed != nil || follow)
        if !(1...1_024).contains(connections) {
            throw ValidationError("--connections \(connections): must be 1 to 1024.")
        }
    }

    func run() async throws {
        try await reportingErrors {
            try scenario.checkSource()
            let routes = try self.routes()
            for log in scenario.logs where !routes.contains(where: { $0.log == log }) {
                Console.say("mocktail: the \(log.rawValue) log has no receiver and is left out")
            }
            var channels = Channels(channel?.channel ?? .object)
            for route in routes where route.destination.form == .envelopes { channels[route.log] = .stream }
            var replay = ReplayRun(
                routes: routes, pace: try pace(),
                options: ShipperOptions(
                    connections: connections, compression: compress.compression,
                    retry: RetryPolicy(giveUpAfter: try duration(giveUpAfter, "--give-up-after", "60s"))))
            replay.drain = try duration(drain, "--drain", "10s")
            let scoring = try liveScoring()
            let board = try await scoring?.open(live)
            replay.watch = scoring?.watch(replay.pace)
            let pipeline = try impairment().map { (impairment: $0, tally: ImpairmentTally()) }
            let report: RunReport
            do { report = try await deliver(replay, channels: channels, scoring, pipeline) } catch {
                try? await board?.stop()
                throw error
            }
            let impaired = pipeline?.tally.counts
            if json {
                try printData(report.json(impaired: impaired))
            } else {
                let texts = [report.text] + (impaired.map { [$0.text] } ?? [])
                try printData(Console.masked(texts.joined(separator: "\n")))
            }
            if let scoring, let board { try await scoring.close(board, live, json: json) }
            // Scripts read the figures; what went wrong is for people.
            if json, report.account.retries + report.account.givenUp + report.account.refused > 0 {
                Console.say(report.text)
            }
            let account = report.account
            // A replay that follows the clock ends by an interrupt: what was not due yet is not missing.
            let missing = account.refused + account.givenUp - (follow ? account.unsent : 0)
            guard missing == 0, follow || !report.isInterrupted else {
                let destinations = Set(routes.map(\.destination)).sorted { $0.description < $1.description }
                for destination in destinations {
                    guard let part = destination.sink.unfinishedOutput, FileManager.default.fileExists(atPath: part)
                    else { continue }
                    Console.say("mocktail: \(destination) is not complete; what was written is in \(part)")
                }
                throw ExitCodes.failed
            }
        }
    }

    /// What alerts are measured against, where they are: the folder's truth, or the scenario's.
    private func liveScoring() throws -> LiveScoring? {
        guard live.score != nil else { return nil }
        let truth: ScoreTruth
        if FolderManifest.isFolder(scenario.scenario) {
            truth = try ScoreFiles.truth(at: scenario.scenario)
        } else {
            let plan = try scenario.plan()
            let window = try scenario.window(of: plan)
            let incidents = scenario.withoutIncidents ? [] : try World(plan: plan).incidents(in: window)
            truth = ScoreTruth(incidents: incidents, window: window)
        }
        return LiveScoring(truth, byLogTime: true, usesArrival: live.alertTime == .arrival)
    }

    /// What is to become of records on their way.
    private func impairment() throws(RunError) -> Impairment? {
        guard let impair else { return nil }
        do { return try Impairment(parsing: impair) } catch {
            throw RunError(.input, error.problems.map { "--impair: \($0)" }.joined(separator: "\n"))
        }
    }

    private func deliver(
        _ replay: ReplayRun, channels: Channels, _ scoring: LiveScoring?,
        _ pipeline: (impairment: Impairment, tally: ImpairmentTally)?
    ) async throws -> RunReport {
        let logs = replay.routes.map(\.log)
        if FolderManifest.exists(at: scenario.scenario) {
            let misplaced = scenario.scenarioOnly + (mark ? ["--mark"] : []) + (follow ? ["--follow"] : [])
            guard misplaced.isEmpty else {
                throw RunError(
                    .input,
                    "\(misplaced.joined(separator: ", ")): not possible with a folder, which is replayed whole; replay its scenario instead"
                )
            }
            let manifest = try FolderManifest(folder: scenario.scenario)
            let records = try FolderRecords(
                manifest, logs: logs,
                channels: channel == nil ? channels.keeping(manifest.channel, for: replay.routes) : channels)
            return try await interruptible(replay) { try await run(replay, records, scoring, pipeline) }
        }
        if FolderManifest.isFolder(scenario.scenario) {
            throw RunError(
                .input, "\(scenario.scenario) is a folder without a manifest.json; give one that mocktail generated")
        }
        let plan = try scenario.plan()
        var window = try scenario.window(of: plan)
        if follow { window.end = window.start + .days(36_500) }
        let generator = LogGenerator(
            world: try World(plan: plan),
            options: GeneratorOptions(
                window: window, logs: logs, channels: channels, withIncidents: !scenario.withoutIncidents,
                threads: scenario.threadCount, withMarks: mark, shard: scenario.part))
        let records = SimulatedRecords(generator)
        return try await interruptible(replay) { try await run(replay, records, scoring, pipeline) }
    }

    /// Runs a replay that ends in good order at the first signal, and at once at the second.
    private func interruptible(
        _ replay: ReplayRun, _ body: sending @escaping @isolated(any) () async throws -> RunReport
    ) async throws -> RunReport {
        // Longer than answers may take: the report is made then.
        let patience = replay.drain + Interruptible.patience
        return try await Interruptible.run(patience: patience, first: { replay.stop.stop() }, body)
    }

    /// Delivers, and shows the account every few seconds.
    private func run(
        _ replay: ReplayRun, _ records: some RecordSource, _ scoring: LiveScoring?,
        _ pipeline: (impairment: Impairment, tally: ImpairmentTally)?
    ) async throws -> RunReport {
        guard let pipeline else { return try await run(replay, records, scoring) }
        let impaired = ImpairedRecords(records, impairment: pipeline.impairment, tally: pipeline.tally)
        return try await run(replay, impaired, scoring)
    }

    private func run(
        _ replay: ReplayRun, _ records: some RecordSource, _ scoring: LiveScoring?
    ) async throws -> RunReport {
        let line = ReplayLine(scoring, patience: giveUpAfter)
        return try await replay.run(records, progress: { line.show($0) }) { reason in
            if let reason { Console.say("mocktail: \(reason)") } else { scoring?.live.end(isComplete: true) }
        }
    }

    private func pace() throws -> Pace {
        do {
            if let rate { return try Pace(rate: rate) }
            if let speed { return try Pace(speed: speed) }
        } catch {
            throw RunError(.input, "\(error)")
        }
        return follow ? .speed(Speed(numerator: 1)) : .flatOut
    }

    private func duration(_ text: String, _ option: String, _ example: String) throws(RunError) -> Duration {
        guard let span = text == "0" ? .zero : TimeSpan(parsing: text), span >= .zero else {
            throw RunError(.input, "\(option) \(text): write a duration such as \(example)")
        }
        return .nanoseconds(span.nanoseconds)
    }

    /// Which receiver gets which log: `URL` takes all, `network=URL` one.
    private func routes() throws -> [(log: LogKind, destination: Destination)] {
        var routes: [(log: LogKind, destination: Destination)] = []
        for text in to {
            let named = LogChoice.allCases.first { text.hasPrefix($0.rawValue + "=") }
            let url = named.map { String(text.dropFirst($0.rawValue.count + 1)) } ?? text
            let destination: Destination
            do { destination = try Destination(parsing: url) } catch { throw RunError(.input, error.description) }
            for log in named.map({ [$0.kind] }) ?? LogKind.allCases where scenario.logs.contains(log) {
                guard !routes.contains(where: { $0.log == log }) else {
                    throw RunError(.input, "--to: the \(log.rawValue) log has two receivers; give it one")
                }
                routes.append((log, destination))
            }
        }
        return routes
    }
}

extension Channels {
    /// The forms for a folder's records: as they are, but for receivers of envelopes.
    fileprivate func keeping(_ channel: Channel, for routes: [(log: LogKind, destination: Destination)]) -> Channels {
        var channels = Channels(channel)
        for route in routes where route.destination.form == .envelopes { channels[route.log] = .stream }
        return channels
    }
}

/// How bodies are compressed, on the command line.
enum CompressionChoice: String, ExpressibleByArgument, CaseIterable {
    case none
    case gzip

    var compression: BodyCompression { self == .gzip ? .gzip : .none }
}
