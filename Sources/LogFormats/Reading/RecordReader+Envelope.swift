import ByteText
import SimTime

/// What an envelope says besides its record.
struct EnvelopeFacts {
    /// The milliseconds of `time`.
    var milliseconds: Int64?
    var timeOffset = 0
    /// `fields.recorded`.
    var recorded: Instant?
}

private enum EnvelopeKey: String, RecordKey {
    case time, event, fields
}

private enum EnvelopeFieldKey: String, RecordKey {
    case recorded
}

extension RecordReader {
    /// Reads a streamed envelope; `event` reads the record inside.
    mutating func envelope(
        _ event: (inout RecordReader) throws(RecordError) -> Void
    ) throws(RecordError) -> EnvelopeFacts {
        var facts = EnvelopeFacts()
        let begin = offset
        try object("the envelope", required: [EnvelopeKey.event]) { (reader, key, token) throws(RecordError) in
            switch key {
            case .time:
                facts.timeOffset = token.start
                facts.milliseconds = try reader.envelopeTime(key)
            case .event: try event(&reader)
            case .fields:
                try reader.object("'fields'", required: [EnvelopeFieldKey]()) { (reader, key, _) throws(RecordError) in
                    facts.recorded = try reader.timestamp(key)
                }
            }
        }
        if facts.milliseconds == nil || facts.recorded == nil { note(.missingKey, at: begin) }
        return facts
    }

    /// Reads an envelope's time: a number of seconds; collectors also take it as a text.
    private mutating func envelopeTime(_ key: EnvelopeKey) throws(RecordError) -> Int64 {
        let token = try next()
        let raw = unsafe rawBytes(token)
        guard token.kind == .number || token.kind == .string, let value = unsafe RecordNumber.milliseconds(raw) else {
            throw mismatch(key, token, "number of seconds")
        }
        var canonical: [UInt8] = []
        canonical.appendText(atMost: ByteCursor.secondsBound) { $0.putSeconds(milliseconds: value) }
        if unsafe token.kind != .number || !raw.elementsEqual(canonical) { note(.timeForm, at: token.start) }
        return value
    }

    /// Checks that nothing follows the record.
    mutating func finish() throws(RecordError) {
        _ = try next()
    }
}

extension RecordDeviation {
    /// Notes where `bytes` first differ from what the service writes, if nothing else was found that explains it.
    static func compare(
        _ bytes: UnsafeRawBufferPointer, with canonical: [UInt8], _ deviations: inout [RecordDeviation]
    ) {
        guard deviations.isEmpty, unsafe !bytes.elementsEqual(canonical) else { return }
        let same = unsafe zip(bytes, canonical).prefix { $0 == $1 }
        deviations.append(RecordDeviation(.bytes, at: same.reduce(0) { count, _ in count + 1 }))
    }
}

extension [UInt8] {
    /// Calls `body` with the array's bytes.
    func withRecordBytes<Result>(
        _ body: (UnsafeRawBufferPointer) throws(RecordError) -> Result
    ) throws(RecordError) -> Result {
        let result: Swift.Result<Result, RecordError> = unsafe withUnsafeBytes { bytes in
            do throws(RecordError) { return unsafe .success(try body(bytes)) } catch { return .failure(error) }
        }
        return try result.get()
    }
}

extension [String] {
    /// Whether each text is less than the next, byte by byte.
    var isStrictlySorted: Bool {
        zip(self, dropFirst()).allSatisfy { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
