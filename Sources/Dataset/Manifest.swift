import Generation
import ByteText
import ScenarioSpec
import SimTime
import TailnetModel

/// What a generated folder holds and how to make it again: as reproducible as the logs themselves.
struct Manifest {
    /// One file of the folder.
    struct File {
        var path: String
        /// Records or lines; nil for documents.
        var records: Int?
        var bytes: Int
        var sha256: String
    }

    var plan: Plan
    var options: GeneratorOptions
    var compression: LogCompression
    var files: [File]
    /// Hour by hour, for each log.
    var digests: [(log: LogKind, hours: HourlyDigests)]

    /// The document, one member a line.
    func text() -> String {
        JSONWriter.object(.spaced, byLine: true) { json in
            json.member("schema", 1)
            json.member("mocktail", Version.current)
            json.member("scenario", plan.name)
            json.member("planHash", RecordDigest.hex(of: plan.canonicalText))
            json.member("seed", plan.seed)
            json.object("window") { json in
                json.member("start", options.window.start)
                json.member("end", options.window.end)
            }
            json.member("channel", options.channels[.network].rawValue)
            json.member("anomalies", options.withIncidents)
            json.member("marks", options.withMarks)
            json.object("shard") { json in
                json.member("index", options.shard.index)
                json.member("count", options.shard.count)
            }
            json.member("compression", compression.name)
            json.objects("files", byLine: true, files) { json, file in
                json.member("path", file.path)
                if let records = file.records { json.member("records", records) }
                json.member("bytes", file.bytes)
                json.member("sha256", file.sha256)
            }
            json.list("hours", byLine: true) { json in
                for (log, digests) in digests {
                    for (hour, sum) in digests.hours { json.element { put(log, hour, sum, into: &$0) } }
                }
            }
        } + "\n"
    }

    private func put(_ log: LogKind, _ hour: Int64, _ sum: DigestSum, into json: inout JSONWriter) {
        json.member("log", log.rawValue)
        json.member("hour", Instant(seconds: hour * 3_600))
        json.member("records", sum.count)
        json.member("sum", sum.hex)
    }
}
