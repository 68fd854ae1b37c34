/// Takes a body of streamed envelopes apart: they follow each other, with white space between them or none.
///
/// The bytes are borrowed: they must stay where they are for as long as this is used.
@safe
public struct StreamEnvelopes {
    private let bytes: UnsafeRawBufferPointer
    /// Offset behind the last envelope that was taken.
    public private(set) var offset = 0

    /// Begins at the first byte of a body.
    public init(_ body: UnsafeRawBufferPointer) {
        unsafe bytes = body
    }

    /// Takes the next envelope; nil at the end of the body.
    public mutating func next() throws(RecordError) -> StreamEnvelope? {
        while unsafe offset < bytes.count, unsafe [0x20, 0x09, 0x0A, 0x0D].contains(bytes[offset]) { offset += 1 }
        guard unsafe offset < bytes.count else { return nil }
        var reader = unsafe RecordReader(bytes, from: offset)
        var eventRange = 0..<0
        let facts = try reader.envelope { (reader) throws(RecordError) in
            eventRange = try reader.skipValue()
        }
        let begin = offset
        offset = reader.offset
        return StreamEnvelope(
            range: begin..<offset, eventRange: eventRange, timeMilliseconds: facts.milliseconds,
            recorded: facts.recorded)
    }
}
