import ArgumentParser
import ByteText
import Dataset
import Ingester
import LiveScore
import SystemFiles

/// The embedded receiver on its own.
struct IngestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest",
        abstract:
            "Receive logs over HTTP, check every record, and run reference detections.",
        discussion: """
            Takes NDJSON on every path, and streamed envelopes on /services/collector/event. GET /health and GET /stats \
            answer with JSON. Runs until it is interrupted, then prints its counts.
            """)

    @Option(help: "Address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "Port to listen on; 0 takes a free one.")
    var port = 8088

    @Option(help: ArgumentHelp("Folder to write the received records to.", valueName: "dir"))
    var out: String?

    @Option(help: ArgumentHelp("File to write the alerts to, as NDJSON.", valueName: "file"))
    var alerts: String?

    @Option(help: "Token that senders must present.")
    var token: String?

    @OptionGroup var rules: DetectionArguments

    @Option(
        help: ArgumentHelp(
            "Score during the run against a generated folder, its truth folder, or an incidents.ndjson. "
                + "Takes alerts by POST /alerts, shows the score by GET /score.", valueName: "path"))
    var score: String?

    @Flag(help: "Print the final counts as JSON.")
    var json = false

    func validate() throws {
        if !(0...65_535).contains(port) { throw ValidationError("--port \(port): a port is a number from 0 to 65535.") }
        if out?.isEmpty ?? false { throw ValidationError("--out: the folder has an empty name; name a folder.") }
        if alerts?.isEmpty ?? false { throw ValidationError("--alerts: the file has an empty name; name a file.") }
    }

    func run() async throws {
        try await reportingErrors {
            if rules.wantsList {
                try printData(Console.fittingTables(rules.list))
                return
            }
            try checkFiles()
            // The receiver knows only the event time of records.
            let scoring = try score.map { LiveScoring(try ScoreFiles.truth(at: $0), byLogTime: false) }
            let receiver = Receiver(
                configuration: ReceiverConfiguration(
                    host: host, port: port, token: token, folder: out, alertFile: alerts,
                    detections: try rules.chosen(),
                    live: scoring?.live))
            let bound = try await receiver.start()
            Console.say("mocktail: listening on http://\(host):\(bound)/ (interrupt to stop)")
            let show = Task { await scoring?.show() }
            let watch = Task { await warn(of: receiver) }
            try await Interruptible.wait { try await receiver.stop(patience: .seconds(1)) }
            show.cancel()
            watch.cancel()
            scoring?.live.end(isComplete: false)
            Console.clearLine()
            let stats = receiver.snapshot
            if json {
                try printData(stats.json)
                try scoring?.conclude(json: true)
                if stats.unstoredRequests > 0 { throw ExitCodes.failed }
                return
            }
            try printData(
                "\(counted(stats.records, "record")) (\(stats.network) network, \(stats.configuration) configuration), "
                    + "\(counted(stats.duplicates, "duplicate")), \(stats.malformed) malformed, "
                    + counted(stats.alerts, "alert"))
            for reason in stats.reasons { Console.say("not taken: \(reason)") }
            for line in stats.uncounted { Console.say(line) }
            try scoring?.conclude(json: false)
            if stats.unstoredRequests > 0 {
                Console.say(
                    "not stored: \(counted(stats.unstoredRequests, "request")) answered with 503, because the records could "
                        + "not be written to \(out ?? "the files")")
                throw ExitCodes.failed
            }
        }
    }

    /// Refuses names that are taken before the receiver does: they are invalid input, not a run that failed.
    private func checkFiles() throws(RunError) {
        if let out, PathKind.isThere(out), !PathKind.isFolder(out) {
            throw RunError(
                .input, "--out \(out.printable) is not a folder; name a folder, or one that does not exist yet")
        }
        var files = out.map { ["\($0)/configuration.ndjson", "\($0)/network.ndjson"] } ?? []
        if let alerts { files.append(alerts) }
        if let file = files.first(where: PathKind.isThere) {
            throw RunError(
                .input, "cannot create \(file.printable): it exists already; choose another place or remove it")
        }
    }

    /// Says once while it runs that detections could not count all that came.
    private func warn(of receiver: Receiver) async {
        while !Task.isCancelled {
            if let line = receiver.snapshot.uncounted.first {
                Console.say(line)
                return
            }
            try? await Task.sleep(for: .seconds(1))
        }
    }
}
