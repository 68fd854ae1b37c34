public import TailnetModel

// The readers of records over spans: the memory is that of the caller, for as long as the call lasts.

extension RecordCheck {
    /// Reads the one record or envelope that `bytes` are.
    public mutating func read(_ bytes: Span<UInt8>) throws(RecordError) {
        unsafe try bytes.withUnsafeBytes { (raw) throws(RecordError) in unsafe try read(raw) }
    }

    /// Reads the record or envelope that begins at `offset`, and moves `offset` behind it.
    ///
    /// White space in front is passed over: so lines of NDJSON and bodies of streamed envelopes are read alike. Gives
    /// false where nothing is left.
    public mutating func readNext(_ bytes: Span<UInt8>, at offset: inout Int) throws(RecordError) -> Bool {
        unsafe try bytes.withUnsafeBytes { (raw) throws(RecordError) in unsafe try readNext(raw, at: &offset) }
    }
}

extension StreamEnvelopes {
    /// Where the envelope ends with which a body begins.
    public static func endOfFirst(in body: Span<UInt8>) throws(RecordError) -> Int {
        unsafe try body.withUnsafeBytes { (raw) throws(RecordError) in
            var envelopes = unsafe StreamEnvelopes(raw)
            _ = try envelopes.next()
            return envelopes.offset
        }
    }
}

extension FlowLogCodec {
    /// Reads a record and lists all that the service would have written differently.
    public static func inspect(
        _ bytes: Span<UInt8>, channel: Channel
    ) throws(RecordError) -> InspectedRecord<FlowLog> {
        unsafe try bytes.withUnsafeBytes { (raw) throws(RecordError) in unsafe try inspect(raw, channel: channel) }
    }
}

extension AuditEventCodec {
    /// Reads a record and lists all that the service would have written differently.
    public static func inspect(
        _ bytes: Span<UInt8>, channel: Channel
    ) throws(RecordError) -> InspectedRecord<AuditEvent> {
        unsafe try bytes.withUnsafeBytes { (raw) throws(RecordError) in unsafe try inspect(raw, channel: channel) }
    }
}

extension IdentityHash {
    /// Adds a text and its length, so that ("ab", "c") and ("a", "bc") differ.
    package mutating func add(utf8 bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBytes { raw in unsafe add(utf8: raw) }
    }
}
