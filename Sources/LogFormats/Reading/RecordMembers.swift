import ByteText
import SimTime
import TailnetModel

/// The members of a record that a receiver looks at, while they are being read.
struct RecordMembers: Sendable {
    var nodeID: CheckedText?
    var start: Instant?
    var end: Instant?
    var eventTime: Instant?
    var envelopeTime: Instant?
    var eventGroupID: CheckedText?
    var action: CheckedText?
    var targetID: CheckedText?
    var property = CheckedText.empty
    var origin = 0..<0
    var actorID = 0..<0
    var actorType = 0..<0
    var actorLogin = 0..<0
    var targetType = 0..<0
    var isEphemeral = false
    var old = 0..<0
    var new = 0..<0
    var actionDetails = 0..<0
    var hasError = false

    /// Reads the members of a record or envelope whose opening brace has been read.
    mutating func readAll(
        _ scanner: inout JSONScanner, _ bytes: UnsafeRawBufferPointer, _ entries: inout [FlowFacts]
    ) throws {
        while true {
            let key = try scanner.next()
            if key.kind == .objectEnd { return }
            switch unsafe bytes.keyWord(key) {
            case keyWord("end"): end = unsafe try scanner.timestamp(bytes)
            case keyWord("old"): old = try scanner.skipValue()
            case keyWord("new"): new = try scanner.skipValue()
            case keyWord("time"): envelopeTime = unsafe try scanner.seconds(bytes)
            case keyWord("start"): start = unsafe try scanner.timestamp(bytes)
            case keyWord("event"):
                guard try scanner.next().kind == .objectStart else {
                    throw RecordError(offset: key.start, message: "'event' is no object")
                }
                unsafe try readAll(&scanner, bytes, &entries)
            case keyWord("actor"): unsafe try readActor(&scanner, bytes)
            case keyWord("error"): hasError = try !scanner.checkedText().contents.isEmpty
            case keyWord("nodeId"): nodeID = try scanner.checkedText()
            case keyWord("action"): action = try scanner.checkedText()
            case keyWord("target"): unsafe try readTarget(&scanner, bytes)
            case keyWord("origin"): origin = try scanner.checkedText().contents
            case 0 where scanner.matches(key, "virtualTraffic"):
                unsafe try scanner.readEntries(.virtual, bytes, &entries)
            case 0 where scanner.matches(key, "subnetTraffic"): unsafe try scanner.readEntries(.subnet, bytes, &entries)
            case 0 where scanner.matches(key, "exitTraffic"): unsafe try scanner.readEntries(.exit, bytes, &entries)
            case 0 where scanner.matches(key, "actionDetails"): actionDetails = try scanner.skipValue()
            case 0 where scanner.matches(key, "eventTime"): eventTime = unsafe try scanner.timestamp(bytes)
            case 0 where scanner.matches(key, "eventGroupID"): eventGroupID = try scanner.checkedText()
            default: _ = try scanner.skipValue()
            }
        }
    }

    private mutating func readActor(_ scanner: inout JSONScanner, _ bytes: UnsafeRawBufferPointer) throws {
        try scanner.readMembers { (scanner, key) in
            switch unsafe bytes.keyWord(key) {
            case keyWord("id"): actorID = try scanner.checkedText().contents
            case keyWord("type"): actorType = try scanner.checkedText().contents
            case 0 where scanner.matches(key, "loginName"): actorLogin = try scanner.checkedText().contents
            default: _ = try scanner.skipValue()
            }
        }
    }

    private mutating func readTarget(_ scanner: inout JSONScanner, _ bytes: UnsafeRawBufferPointer) throws {
        try scanner.readMembers { (scanner, key) in
            switch unsafe bytes.keyWord(key) {
            case keyWord("id"): targetID = try scanner.checkedText()
            case keyWord("type"): targetType = try scanner.checkedText().contents
            case keyWord("property"): property = try scanner.checkedText()
            case 0 where scanner.matches(key, "isEphemeral"):
                let range = try scanner.skipValue()
                isEphemeral = unsafe bytes[range].elementsEqual("true".utf8)
            default: _ = try scanner.skipValue()
            }
        }
    }
}

extension JSONScanner {
    fileprivate mutating func checkedText() throws -> CheckedText {
        let token = try next()
        switch token.kind {
        case .string: return CheckedText(token: token)
        case .null: return .empty
        default: throw RecordError(offset: token.start, message: "this member is no string")
        }
    }

    fileprivate mutating func timestamp(_ bytes: UnsafeRawBufferPointer) throws -> Instant {
        let token = try next()
        let text = unsafe UnsafeRawBufferPointer(rebasing: bytes[token.contents])
        guard token.kind == .string, let instant = unsafe Instant(rfc3339: text) else {
            throw RecordError(offset: token.start, message: "this member is no RFC 3339 timestamp")
        }
        return instant
    }

    fileprivate mutating func seconds(_ bytes: UnsafeRawBufferPointer) throws -> Instant {
        let token = try next()
        let text = unsafe UnsafeRawBufferPointer(rebasing: bytes[token.contents])
        guard token.kind == .number || token.kind == .string, let value = unsafe RecordNumber.milliseconds(text),
            value.magnitude < RecordNumber.largestMilliseconds
        else { throw RecordError(offset: token.start, message: "'time' is no number of seconds") }
        return .epoch + .milliseconds(value)
    }

    /// Reads an object, calling `member` with each key.
    fileprivate mutating func readMembers(_ member: (inout JSONScanner, JSONToken) throws -> Void) throws {
        let begin = try next()
        guard begin.kind == .objectStart else {
            throw RecordError(offset: begin.start, message: "this member is no object")
        }
        while true {
            let key = try next()
            if key.kind == .objectEnd { return }
            try member(&self, key)
        }
    }

    /// Reads a traffic array.
    fileprivate mutating func readEntries(
        _ kind: TrafficClass, _ bytes: UnsafeRawBufferPointer, _ entries: inout [FlowFacts]
    ) throws {
        let begin = try next()
        if begin.kind == .null { return }
        guard begin.kind == .arrayStart else {
            throw RecordError(offset: begin.start, message: "'\(kind.key)' is no array")
        }
        while true {
            let token = try next()
            if token.kind == .arrayEnd { return }
            guard token.kind == .objectStart else {
                throw RecordError(offset: token.start, message: "an entry of '\(kind.key)' is no object")
            }
            unsafe entries.append(try readEntry(kind, bytes))
        }
    }

    private mutating func readEntry(_ kind: TrafficClass, _ bytes: UnsafeRawBufferPointer) throws -> FlowFacts {
        var facts = FlowFacts(kind: kind)
        while true {
            let key = try next()
            if key.kind == .objectEnd { return facts }
            switch unsafe bytes.keyWord(key) {
            case keyWord("src"): facts.source = try checkedText().contents
            case keyWord("dst"): facts.target = try checkedText().contents
            case keyWord("proto"):
                let value = unsafe try counter(bytes)
                guard value < 256 else { throw RecordError(offset: key.start, message: "'proto' is above 255") }
                facts.proto = UInt8(value)
            case keyWord("txPkts"): facts.counts.txPackets = unsafe try counter(bytes)
            case keyWord("rxPkts"): facts.counts.rxPackets = unsafe try counter(bytes)
            case keyWord("txBytes"): facts.counts.txBytes = unsafe try counter(bytes)
            case keyWord("rxBytes"): facts.counts.rxBytes = unsafe try counter(bytes)
            default: _ = try skipValue()
            }
        }
    }

    private mutating func counter(_ bytes: UnsafeRawBufferPointer) throws -> UInt64 {
        let token = try next()
        guard token.kind == .number,
            let value = unsafe RecordNumber.unsigned(UnsafeRawBufferPointer(rebasing: bytes[token.range]))
        else { throw RecordError(offset: token.start, message: "this member is no whole number of 64 bits") }
        return value
    }
}

/// A key of at most eight bytes as one number, first byte lowest: comparing keys is comparing numbers.
@inline(__always)
private func keyWord(_ key: StaticString) -> UInt64 {
    var word: UInt64 = 0
    for index in 0..<key.utf8CodeUnitCount { unsafe word |= UInt64(key.utf8Start[index]) << UInt64(8 * index) }
    return word
}

extension UnsafeRawBufferPointer {
    /// The key of a token as one number; 0 where it is longer than eight bytes or empty.
    @inline(__always)
    fileprivate func keyWord(_ token: JSONToken) -> UInt64 {
        let length = token.end - token.start - 2
        if length > 8 || length == 0 { return 0 }
        let start = token.start + 1
        if start + 8 <= count {
            let word = unsafe UInt64(littleEndian: loadUnaligned(fromByteOffset: start, as: UInt64.self))
            return word & (UInt64.max >> UInt64(64 - 8 * length))
        }
        var word: UInt64 = 0
        for index in 0..<length { unsafe word |= UInt64(self[start + index]) << UInt64(8 * index) }
        return word
    }
}
