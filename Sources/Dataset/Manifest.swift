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

    /// The document, one field a line.
    func text() -> String {
        let window = options.window
        var lines = [
            "\"schema\": 1",
            "\"mocktail\": \(Version.current.jsonQuoted)",
            "\"scenario\": \(plan.name.jsonQuoted)",
            "\"planHash\": \"\(RecordDigest.hex(of: plan.canonicalText))\"",
            "\"seed\": \(plan.seed)",
            "\"window\": {\"start\": \"\(window.start.rfc3339)\", \"end\": \"\(window.end.rfc3339)\"}",
            "\"channel\": \"\(options.channels[.network].rawValue)\"",
            "\"anomalies\": \(options.withIncidents)",
            "\"marks\": \(options.withMarks)",
            "\"shard\": {\"index\": \(options.shard.index), \"count\": \(options.shard.count)}",
            "\"compression\": \"\(compression.name)\"",
        ]
        let files = self.files.map { file in
            let records = file.records.map { "\"records\": \($0), " } ?? ""
            return
                "    {\"path\": \"\(file.path)\", \(records)\"bytes\": \(file.bytes), \"sha256\": \"\(file.sha256)\"}"
        }
        lines.append("\"files\": [\n\(files.joined(separator: ",\n"))\n  ]")
        let hours = digests.flatMap { log, digests in
            digests.hours.map { hour, sum in
                let instant = Instant(seconds: hour * 3_600)
                return "    {\"log\": \"\(log.rawValue)\", \"hour\": \"\(instant.rfc3339)\", "
                    + "\"records\": \(sum.count), \"sum\": \"\(sum.hex)\"}"
            }
        }
        lines.append("\"hours\": [\n\(hours.joined(separator: ",\n"))\n  ]")
        return "{\n  \(lines.joined(separator: ",\n  "))\n}\n"
    }
}
