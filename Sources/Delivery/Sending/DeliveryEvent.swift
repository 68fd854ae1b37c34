/// The end of the records of a batch, as observers hear of it; records that end in other ways have an event of their own.
public struct DeliveryEvent: Sendable {
    /// The batch's number.
    public var sequence: Int
    /// How many of its records ended.
    public var records: Int
    /// Their bytes before compression, newlines included.
    public var bytes: Int
    /// When it was due; nil when flat out.
    public var due: ContinuousClock.Instant?
    /// When its first attempt began; nil when it was never sent.
    public var firstSentAt: ContinuousClock.Instant?
    /// When their fate was known.
    public var settledAt: ContinuousClock.Instant
    /// What became of them.
    public var outcome: Outcome

    /// Makes an event.
    public init(
        sequence: Int, records: Int, bytes: Int, due: ContinuousClock.Instant?, firstSentAt: ContinuousClock.Instant?,
        settledAt: ContinuousClock.Instant, outcome: Outcome
    ) {
        self.sequence = sequence
        self.records = records
        self.bytes = bytes
        self.due = due
        self.firstSentAt = firstSentAt
        self.settledAt = settledAt
        self.outcome = outcome
    }
}
