import Dataset
import ArgumentParser
import ByteText
import Generation
import Replay
import ScenarioSpec
import SimTime
import Simulation
import TailnetModel

/// Writes a scenario's logs, truth, inventory and manifest.
struct GenerateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Write a scenario's logs, their truth and the inventory to a folder.",
        discussion: "With --out - it writes one log to standard output. Docs/Formats.md describes the files.")

    @OptionGroup var scenario: ScenarioArguments

    @Option(
        help: ArgumentHelp("Folder to write to; - writes one log to standard output.", valueName: "dir"))
    var out: String?

    @Option(help: "Form of the records.")
    var channel = ChannelChoice.object

    @Option(help: "Compression of the logs.")
    var compress = CompressionChoice.none

    @Option(
        help: ArgumentHelp("Compression level of gzip, 1 to 9 (default: 1, the fastest).", valueName: "level"))
    var compressLevel: Int?

    @Flag(help: "Replace the files of an earlier run.")
    var force = false

    @Flag(help: "Add a field with the incident's name to each labelled record.")
    var mark = false

    @Option(
        help: ArgumentHelp(
            "Also write the list of devices at intervals, such as 1h, to tailnet/devices.ndjson.",
            valueName: "duration"))
    var snapshots: String?

    @Flag(help: "Only print the expected records, bytes and seconds.")
    var estimate = false

    @Flag(help: "Print log statistics beside those of a real tailnet, and deviations of form (needs no --out).")
    var summary = false

    @Flag(help: "Print the counts, the estimate or the statistics as JSON.")
    var json = false

    func validate() throws {
        if out?.isEmpty ?? false { throw ValidationError("--out: name a folder, or write - for standard output.") }
        if out == nil, !estimate, !summary {
            throw ValidationError("Give --out DIR, or --out - for standard output.")
        }
        if estimate, out == "-" {
            throw ValidationError("--estimate prints to standard output and writes nothing; leave out --out -.")
        }
        if summary, out == "-" || estimate {
            throw ValidationError("--summary prints to standard output; leave out --out - and --estimate.")
        }
        if let compressLevel {
            guard compress == .gzip else {
                throw ValidationError("--compress-level \(compressLevel): give --compress gzip too, or leave it out.")
            }
            guard GzipLog.levels.contains(compressLevel) else {
                throw ValidationError("--compress-level \(compressLevel): must be 1 to 9.")
            }
        }
        if out == "-", scenario.log == nil {
            throw ValidationError("--out - writes one log; give --log network or --log configuration.")
        }
    }

    func run() async throws {
        try await reportingErrors {
            let located = try scenario.locatedPlan()
            let window = try scenario.window(of: located.plan)
            let world = try World(located)
            var options = GeneratorOptions(
                window: window, logs: scenario.logs, channels: Channels(channel.channel),
                withIncidents: !scenario.withoutIncidents, threads: scenario.threadCount, withMarks: mark,
                shard: scenario.part)
            if estimate {
                // Before the estimate: it can take long for the same reason.
                for warning in ScenarioReview.warnings(of: located) { Console.say(warning.description) }
                let estimate = await Estimate.make(world: world, options: options)
                if let out { try estimate.checkSpace(at: out) }
                try printData(json ? estimate.json : estimate.text)
                if let out { Console.say("\(out): nothing was written; leave out --estimate to write the logs") }
                if estimate.records == 0 { sayWhyEmpty(world, window) }
                return
            }
            if out == "-" {
                try await stream(LogGenerator(world: world, options: options))
                return
            }
            options.hash = RecordDigest.sha256
            if let out {
                let generator = LogGenerator(world: world, options: options)
                try await Interruptible.run { try await write(generator, to: out) }
            }
            guard summary else { return }
            try await Interruptible.run { [options, json] in
                try await GenerateSummary.run(world: world, options: options, json: json)
            }
        }
    }

    /// The interval between two lists of devices.
    private func snapshotSpan() throws(RunError) -> TimeSpan? {
        guard let snapshots else { return nil }
        guard let span = TimeSpan(parsing: snapshots), span >= .minutes(1) else {
            throw RunError(.input, "--snapshots \(snapshots): write a duration of at least a minute, such as 1h")
        }
        return span
    }

    private var logCompression: LogCompression { compress == .gzip ? .gzip(level: compressLevel ?? 1) : .none }

    /// Writes one log to standard output.
    private func stream(_ generator: LogGenerator) async throws {
        let output = StandardOutput()
        guard case .gzip(let level) = logCompression else {
            try await generator.forEachChunk { (chunk) async throws(RunError) in
                for part in chunk.parts { try output.write(part.bytes) }
            }
            return
        }
        let gzip = GzipLog(level: level, threads: generator.options.threads)
        try await generator.forEachChunk { (chunk) async throws(RunError) in
            for part in chunk.parts {
                for member in await gzip.add(part) { try output.write(member) }
            }
        }
        for member in await gzip.finish() { try output.write(member) }
    }

    /// Says why there are no flow records, if that is known: a scenario whose people all sleep is easily written.
    private func sayWhyEmpty(_ world: World, _ window: TimeWindow) {
        guard scenario.logs.contains(.network),
            let reason = world.silence(in: window, withIncidents: !scenario.withoutIncidents)
        else { return }
        Console.say("note: \(reason)")
    }

    private func write(_ generator: LogGenerator, to path: String) async throws {
        let window = generator.options.window
        let folder = try GeneratedFolder(
            path: path, force: force, compression: logCompression, snapshots: try snapshotSpan())
        var progress = ProgressLine(title: "generate \(generator.world.plan.name)")
        let clock = ContinuousClock()
        let begin = clock.now
        let summary = try await folder.write(generator) { instant, summary in
            let done = (instant - window.start).nanoseconds / 1_000_000
            progress.update(
                done: done, of: window.length.nanoseconds / 1_000_000,
                detail: "\(summary.networkRecords + summary.configurationRecords) records")
        }
        progress.end()
        if summary.networkRecords == 0 { sayWhyEmpty(generator.world, window) }
        let seconds = milliseconds(clock.now - begin)
        if json {
            try printData(
                JSONWriter.object { json in
                    json.member("configuration", summary.configurationRecords)
                    json.member("network", summary.networkRecords)
                    json.member("bytes", summary.bytes)
                    json.member("labels", summary.labels)
                    json.member("incidents", summary.incidents)
                    json.member("seconds", JSONNumber(fixed: seconds, decimals: 3))
                })
        } else {
            Console.say(
                "\(path): \(summary.networkRecords) network and \(summary.configurationRecords) configuration records "
                    + "(\(DecimalText.fixed(summary.bytes / 100_000, decimals: 1)) MB), "
                    + "\(counted(summary.incidents, "incident")), \(counted(summary.labels, "label")), in \(DecimalText.fixed(seconds, decimals: 3)) s"
            )
        }
    }
}

/// Whole milliseconds of a duration.
private func milliseconds(_ duration: Duration) -> Int64 {
    duration.components.seconds * 1_000 + duration.components.attoseconds / 1_000_000_000_000_000
}
