public import Generation
import Compression
import LogFormats
public import SimTime
public import TailnetModel

/// The records of a generated folder.
public struct FolderRecords: RecordSource {
    public let name: String
    public private(set) var start = Instant(nanoseconds: 0)
    private var files: [LogFile]

    /// Opens a generated folder.
    ///
    /// - Parameter channels: the forms that the receivers want.
    /// - Throws: `RunError` where a log is missing, damaged, or cannot be brought into the wanted form.
    public init(_ manifest: FolderManifest, logs: [LogKind], channels: Channels) throws(RunError) {
        let (path, channel) = (manifest.folder, manifest.channel)
        name = path
        files = []
        let names = logs.flatMap { ["\($0.rawValue).ndjson", "\($0.rawValue).ndjson.gz"] }
        let missing = logs.filter { log in !["", ".gz"].contains { manifest.names("\(log.rawValue).ndjson\($0)") } }
        guard missing.isEmpty else {
            throw RunError(
                .input, "\(path) was generated without the \(missing[0].rawValue) log; generate it with both logs")
        }
        try manifest.check(names)
        for log in logs {
            let wanted = channels[log]
            guard wanted == channel || channel == .object else {
                throw RunError(
                    .input,
                    "\(path) holds records of the channel \"\(channel.rawValue)\" but the receiver wants "
                        + "\"\(wanted.rawValue)\"; only the channel \"object\" can be converted: "
                        + "generate it again, or replay the scenario itself")
            }
            // What the manifest does not name was not checked, and may be anybody's.
            let name = "\(log.rawValue).ndjson"
            let file = "\(path)/\(manifest.names(name) ? name : name + ".gz")"
            files.append(try LogFile(path: file, log: log, from: channel, to: wanted))
        }
        var first: Instant?
        for index in files.indices {
            guard let time = try files[index].peek() else { continue }
            first = first.map { min($0, time) } ?? time
        }
        start = first ?? start
    }

    public mutating func next() async throws(RunError) -> LogChunk? {
        var first: Instant?
        for index in files.indices {
            guard let time = try files[index].peek() else { continue }
            first = first.map { min($0, time) } ?? time
        }
        guard let first else { return nil }
        let end = first + .minutes(1)
        var parts: [LogPart] = []
        var reached = end
        for index in files.indices {
            parts.append(try files[index].take(before: end))
            // A crowded minute comes in several chunks: a chunk ends where its records do.
            if let time = try files[index].peek() { reached = min(reached, time) }
        }
        return LogChunk(window: TimeWindow(start: first, end: reached), parts: parts)
    }
}
