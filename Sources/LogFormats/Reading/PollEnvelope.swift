import ByteText
public import TailnetModel

/// The answer of the pull API: records in an array `logs`.
///
/// Answers for the configuration log begin with `version` and `tailnetId`; those for the network log have `logs` alone.
public struct PollEnvelope: Sendable, Hashable {
    public var version: String?
    public var tailnetID: String?
    /// Where each record lies in the answer's bytes.
    public var records: [Range<Int>]
    /// Whether `logs` was null, as the service answers where there is nothing.
    public var isNull: Bool

    /// Takes an answer apart; unknown keys are passed over.
    public init(decoding bytes: UnsafeRawBufferPointer) throws(RecordError) {
        var version: String?
        var tailnetID: String?
        var records: [Range<Int>] = []
        var isNull = false
        var reader = unsafe RecordReader(bytes)
        try reader.object("the answer", required: [PollKey.logs]) { (reader, key, _) throws(RecordError) in
            switch key {
            case .version: version = try reader.string(key)
            case .tailnetId: tailnetID = try reader.string(key)
            case .logs: isNull = try reader.elements(key, &records)
            }
        }
        try reader.finish()
        self.version = version
        self.tailnetID = tailnetID
        self.records = records
        self.isNull = isNull
    }

    /// What stands before the first record of an answer.
    public static func prefix(of log: LogKind, tailnetID: String) -> [UInt8] {
        var text: [UInt8] = []
        if log == .configuration {
            text += "{\"version\":\"1.1\",\"tailnetId\":".utf8
            text.appendJSONString(tailnetID)
            text += ",\"logs\":".utf8
        } else {
            text += "{\"logs\":".utf8
        }
        return text
    }

    /// Appends an answer with the given records, which are in the form of the channel `poll`.
    ///
    /// - Parameter writesNull: Whether `logs` is null where there are no records, as the real service has it; else it
    ///   is an empty array, which every client can read.
    public static func encode(
        _ records: some Sequence<ArraySlice<UInt8>>, of log: LogKind, tailnetID: String, writesNull: Bool = false,
        into output: inout [UInt8]
    ) {
        output += prefix(of: log, tailnetID: tailnetID)
        var isEmpty = true
        for record in records {
            output.append(isEmpty ? UInt8(ascii: "[") : UInt8(ascii: ","))
            output += record
            isEmpty = false
        }
        if isEmpty {
            output += (writesNull ? "null}" : "[]}").utf8
        } else {
            output += "]}".utf8
        }
    }
}

private enum PollKey: String, RecordKey {
    case version, tailnetId, logs
}

extension RecordReader {
    /// Reads an array and gives where its elements lie; true where it is null.
    fileprivate mutating func elements(_ key: PollKey, _ ranges: inout [Range<Int>]) throws(RecordError) -> Bool {
        let begin = try next()
        if begin.kind == .null { return true }
        guard begin.kind == .arrayStart else { throw mismatch(key, begin, "array") }
        while true {
            let token = try next()
            if token.kind == .arrayEnd { return false }
            var end = token.end
            if token.kind == .objectStart || token.kind == .arrayStart { end = try skipRest() }
            ranges.append(token.start..<end)
        }
    }

    /// Reads to the end of the array or object that was just opened.
    private mutating func skipRest() throws(RecordError) -> Int {
        var depth = 1
        while true {
            let token = try next()
            switch token.kind {
            case .objectStart, .arrayStart: depth += 1
            case .objectEnd, .arrayEnd:
                depth -= 1
                if depth == 0 { return token.end }
            default: break
            }
        }
    }
}
