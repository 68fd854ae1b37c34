import NIOCore
public import SimTime

/// How much one batch may hold.
public struct BatchLimit: Sendable, Hashable {
    /// At most this many records.
    public var records: Int
    /// At most this many bytes, newlines included; a longer record travels alone.
    public var bytes: Int
    /// At most this much simulated time from the first record to the last; nil where time does not matter.
    public var span: TimeSpan?

    /// Makes a limit; the defaults are those of every receiver that has not asked for less.
    public init(records: Int = 1_000, bytes: Int = 1 << 20, span: TimeSpan? = nil) {
        self.records = records
        self.bytes = bytes
        self.span = span
    }

    /// Whether a record of `length` bytes (without newline) may join a batch of `count` records and `size` bytes.
    ///
    /// `after` is the simulated time between the batch's first record and this one.
    public func admits(length: Int, count: Int, size: Int, after: TimeSpan = .zero) -> Bool {
        guard count > 0 else { return true }
        guard count < records, size + length + 1 <= bytes else { return false }
        guard let span else { return true }
        return after <= span
    }

    /// The limit that keeps within this one and another.
    public func within(_ other: BatchLimit) -> BatchLimit {
        let spans = [span, other.span].compactMap(\.self)
        return BatchLimit(
            records: min(records, other.records), bytes: min(bytes, other.bytes), span: spans.min())
    }
}
