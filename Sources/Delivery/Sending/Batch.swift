public import NIOCore
import SimTime

/// A run of whole records, the unit that is sent, answered and accounted for at once.
public struct Batch: Sendable {
    /// The records in order, each followed by one newline.
    public var bytes: ByteBuffer
    /// The length of each record without its newline.
    public var lengths: [UInt32]
    /// The batch's number in the order of submission; it comes back in `DeliveryEvent`.
    public var sequence: Int
    /// When the batch is to be sent; nil sends it as soon as a connection is free.
    public var due: ContinuousClock.Instant?

    /// How many records the batch holds.
    public var count: Int { lengths.count }

    /// Makes a batch; the lengths and one newline for each record must add up to the bytes.
    public init(bytes: ByteBuffer, lengths: [UInt32], sequence: Int, due: ContinuousClock.Instant? = nil) {
        precondition(
            lengths.reduce(0) { $0 + Int($1) + 1 } == bytes.readableBytes,
            "the lengths of a batch must add up to its bytes")
        self.bytes = bytes
        self.lengths = lengths
        self.sequence = sequence
        self.due = due
    }
}
