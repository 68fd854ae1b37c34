/// The end of one batch, as observers hear of it.
public struct DeliveryEvent: Sendable {
    /// The batch's number.
    public var sequence: Int
    /// How many records it held.
    public var records: Int
    /// Its bytes before compression, newlines included.
    public var bytes: Int
    /// When it was due; nil when flat out.
    public var due: ContinuousClock.Instant?
    /// When its first attempt began; nil when it was never sent.
    public var firstSentAt: ContinuousClock.Instant?
    /// When its fate was known.
    public var settledAt: ContinuousClock.Instant
    /// What became of it.
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
