import ByteText
import Compression
import Generation
import LogFormats
import SimTime
import SystemFiles
import TailnetModel

/// One log of a folder, read line by line.
struct LogFile {
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
        reader = try LogFile.reader(of: path)
    }

    /// Opens a file; one whose name ends in `.gz` is decompressed.
    private static func reader(of path: String) throws(RunError) -> LineReader {
        let gzip = path.hasSuffix(".gz") ? GzipDecompressor() : nil
        let decoding: LineReader.Decoding? = gzip.map { gzip in
            { block, output in
                if block.isEmpty, !gzip.isComplete {
                    throw RunError(.input, "\(path) is cut short; generate the folder again")
                }
                do { try gzip.decompress(block.span, into: &output) } catch {
                    throw RunError(.input, "\(path) is damaged: it is not gzip; generate the folder again")
                }
            }
        }
        do {
            return try LineReader(path, isRegular: true, decoding: decoding)
        } catch { throw RunError(.input, error.description) }
    }

    private func nextLine() throws(RunError) -> [UInt8]? {
        do { return try reader.next() } catch let error as RunError { throw error } catch {
            throw RunError(.run, "\(error)")
        }
    }

    /// When the next record is logged; nil at the end of the file.
    mutating func peek() throws(RunError) -> Instant? {
        if line == nil {
            line = try nextLine()
            lineNumber += 1
        }
        guard let line else { return nil }
        guard let time = LogFile.time(line, from) else {
            throw RunError(.input, "\(path):\(lineNumber): the line is no record of the channel \"\(from.rawValue)\"")
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
        let text = line.span
        // The envelope's field stands at the end, the others at the beginning.
        let range = channel == .stream ? max(0, text.count - 80)..<text.count : 0..<min(text.count, 64)
        for key in keys {
            guard let start = text.endOfFirst(key, in: range) else { continue }
            let end = text.first(UInt8(ascii: "\""), from: start) ?? text.count
            return Instant(rfc3339: text.extracting(start..<end))
        }
        return nil
    }
}
