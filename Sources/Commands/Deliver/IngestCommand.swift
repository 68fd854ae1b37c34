import LiveScore
import ArgumentParser
import Ingester

/// The embedded receiver on its own.
struct IngestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest",
        abstract:
            "Receive NDJSON and streamed envelopes over HTTP, check every record, and run reference detections.")

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on; 0 takes a free one.")
    var port = 8088

    @Option(help: "A folder for what is received: configuration.ndjson and network.ndjson.")
    var out: String?

    @Option(help: "A file for the alerts, as NDJSON.")
    var alerts: String?

    @Option(help: "The token that senders must bring.")
    var token: String?

    @OptionGroup var rules: DetectionArguments

    @Option(
        help: ArgumentHelp(
            "Score while records and alerts come: a generated folder, its truth folder, or an incidents.ndjson. "
                + "Alerts are posted to /alerts; GET /score answers.", valueName: "truth"))
    var score: String?

    @Flag(help: "The final counts as JSON.")
    var json = false

    func validate() throws {
        if !(0...65_535).contains(port) { throw ValidationError("--port \(port): a port is a number from 0 to 65535.") }
    }

    func run() async throws {
        try await reportingErrors {
            if rules.wantsList {
                try printData(rules.list)
                return
            }
            // What comes is measured by event time, as the receiver knows no other.
            let scoring = try score.map { LiveScoring(try ScoreFiles.truth(at: $0), byLogTime: false) }
            let receiver = Receiver(
                configuration: ReceiverConfiguration(
                    host: host, port: port, token: token, folder: out, alertFile: alerts,
                    detections: try rules.chosen(),
                    live: scoring?.live))
            let bound = try await receiver.start()
            Console.say("mocktail: listening on http://\(host):\(bound)/ (interrupt to stop)")
            let show = Task { await scoring?.show() }
            await Interruptible.wait()
            show.cancel()
            try await receiver.stop()
            scoring?.live.end(isComplete: false)
            if scoring != nil, Console.isTerminal { Console.put("\r\u{1B}[K") }
            let stats = receiver.snapshot
            if json {
                try printData(stats.json)
                try scoring?.conclude(json: true)
                return
            }
            try printData(
                "\(stats.records) records (\(stats.network) network, \(stats.configuration) configuration), "
                    + "\(stats.duplicates) duplicates, \(stats.malformed) malformed, \(stats.alerts) alerts")
            for reason in stats.reasons { Console.say("malformed: \(reason)") }
            try scoring?.conclude(json: false)
        }
    }
}
