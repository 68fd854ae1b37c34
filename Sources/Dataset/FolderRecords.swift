public import Generation
import Compression
import LogFormats
public import SimTime
public import TailnetModel

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The records of a generated folder.
public struct FolderRecords: RecordSource {
    public private(set) var start = Instant(nanoseconds: 0)
    private var files: [LogFile]

    /// Opens a generated folder.
    ///
    /// - Parameters:
    ///   - channel: the folder's channel, from its manifest.
    ///   - channels: the forms that the receivers want.
    /// - Throws: `RunError` where a log is missing or cannot be brought into the wanted form.
    public init(path: String, logs: [LogKind], channel: Channel, channels: Channels) throws(RunError) {
        files = []
        for log in logs {
            let wanted = channels[log]
            guard wanted == channel || channel == .object else {
                throw RunError(
                    .input,
                    "\(path) holds records of the channel \"\(channel.rawValue)\" but the receiver wants "
                        + "\"\(wanted.rawValue)\"; only the channel \"object\" can be converted: "
                        + "generate it again, or replay the scenario itself")
            }
            let file = "\(path)/\(log.rawValue).ndjson"
            let isCompressed = access(file, F_OK) != 0 && access("\(file).gz", F_OK) == 0
            files.append(
                try LogFile(path: isCompressed ? "\(file).gz" : file, log: log, from: channel, to: wanted))
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
            // A crowded minute comes in several slices: the slice ends where its records do.
            if let time = try files[index].peek() { reached = min(reached, time) }
        }
        return LogChunk(window: TimeWindow(start: first, end: reached), parts: parts)
    }
}

/// One log of a folder, read line by line.
private struct LogFile {
    let path: String
    let log: LogKind
    let from: Channel
    let to: Channel
    private let reader: LineReader
    private var line: [UInt8]?
    private var lineNumber = 0

    init(path: String, log: LogKind, from: Channel, to: Channel) throws(RunError) {
        self.path = path
        self.log = log
        self.from = from
        self.to = to
        reader = try LineReader(path: path)
    }

    /// When the next record is logged; nil at the end of the file.
    mutating func peek() throws(RunError) -> Instant? {
        if line == nil {
            line = try reader.next()
            lineNumber += 1
        }
        guard let line else { return nil }
        guard let time = LogFile.time(line, from) else {
            throw RunError(.input, "\(path):\(lineNumber): this line is not a record of the channel \"\(from.rawValue)\"")
        }
        return time
    }

    /// The records before an instant, at most some thousand.
    mutating func take(before end: Instant) throws(RunError) -> LogPart {
        var part = LogPart(log: log)
        while part.records.count < 20_000, let time = try peek(), time < end, let bytes = line {
            part.text.append(logged: time, text: from == to ? bytes : try recoded(bytes))
            line = nil
        }
        return part
    }

    private func recoded(_ bytes: [UInt8]) throws(RunError) -> [UInt8] {
        var output: [UInt8] = []
        do {
            switch log {
            case .network:
                FlowLogCodec.encode(try FlowLogCodec.decode(bytes, channel: from), channel: to, into: &output)
            case .configuration:
                AuditEventCodec.encode(try AuditEventCodec.decode(bytes, channel: from), channel: to, into: &output)
            }
        } catch {
            throw RunError(.input, "\(path):\(lineNumber): \(error)")
        }
        return output
    }

    /// The instant by which a line is ordered: `logged`, or what stands for it on channels that omit it.
    private static func time(_ line: [UInt8], _ channel: Channel) -> Instant? {
        let keys: [StaticString] =
            channel == .stream ? ["\"recorded\":\""] : ["\"logged\":\"", "\"eventTime\":\""]
        return line.withUnsafeBytes { bytes in
            for key in keys {
                // The envelope's field stands at the end, the others at the beginning.
                let range = channel == .stream ? max(0, bytes.count - 80)..<bytes.count : 0..<min(bytes.count, 64)
                guard let place = bytes.firstRange(of: key, in: range) else { continue }
                let rest = bytes[place...]
                let end = rest.firstIndex(of: UInt8(ascii: "\"")) ?? rest.endIndex
                return Instant(rfc3339: UnsafeRawBufferPointer(rebasing: rest[..<end]))
            }
            return nil
        }
    }
}

extension UnsafeRawBufferPointer {
    /// The offset behind the first occurrence of a literal in a stretch.
    fileprivate func firstRange(of literal: StaticString, in range: Range<Int>) -> Int? {
        let length = literal.utf8CodeUnitCount
        guard range.count >= length, let base = baseAddress else { return nil }
        for offset in range.lowerBound...(range.upperBound - length)
        where memcmp(base + offset, literal.utf8Start, length) == 0 {
            return offset + length
        }
        return nil
    }
}

/// Reads a file's lines without holding the file; one whose name ends in `.gz` is taken apart on the way.
private final class LineReader {
    private let path: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var position = 0
    private var isAtEnd = false
    private let gzip: GzipDecompressor?

    init(path: String) throws(RunError) {
        self.path = path
        gzip = path.hasSuffix(".gz") ? GzipDecompressor() : nil
        descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { throw RunError(.input, "cannot read \(path): \(systemMessage(errno))") }
    }

    deinit { close(descriptor) }

    /// The next line without its newline; nil at the end.
    func next() throws(RunError) -> [UInt8]? {
        while true {
            if let end = buffer[position...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { position = end + 1 }
                return Array(buffer[position..<end])
            }
            if isAtEnd {
                defer { position = buffer.count }
                return position < buffer.count ? Array(buffer[position...]) : nil
            }
            buffer.removeSubrange(..<position)
            position = 0
            var block = [UInt8](repeating: 0, count: 1 << 20)
            let count = read(descriptor, &block, block.count)
            guard count >= 0 else { throw RunError(.run, "cannot read \(path): \(systemMessage(errno))") }
            isAtEnd = count == 0
            try take(block[..<count])
        }
    }

    private func take(_ bytes: ArraySlice<UInt8>) throws(RunError) {
        guard let gzip else {
            buffer.append(contentsOf: bytes)
            return
        }
        if isAtEnd, !gzip.isComplete {
            throw RunError(.input, "\(path) ends too early; generate the folder again")
        }
        do { try gzip.decompress(bytes, into: &buffer) } catch {
            throw RunError(.input, "\(path) is damaged (not gzip); generate the folder again")
        }
    }
}
