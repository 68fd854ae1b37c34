public import SimTime

/// Where one streamed envelope and the record in it lie in a body.
public struct StreamEnvelope: Sendable, Hashable {
    /// The whole envelope.
    public var range: Range<Int>
    /// The record, which is the value of `event`.
    public var eventRange: Range<Int>
    /// The envelope's `time` in milliseconds, where it has one.
    public var timeMilliseconds: Int64?
    /// `fields.recorded`, where the envelope has it.
    public var recorded: Instant?
}
