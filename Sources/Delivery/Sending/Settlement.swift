import NIOCore

/// Books the end of records and tells the observer.
struct Settlement: Sendable {
    let keeper: AccountKeeper
    let observer: (@Sendable (DeliveryEvent) -> Void)?

    /// - Parameters:
    ///   - firstSentAt: nil where the records were never sent.
    ///   - isUnanswered: whether the receiver may hold records that are given up.
    func callAsFunction(
        _ batch: Batch, as outcome: Outcome, firstSentAt: ContinuousClock.Instant?, isUnanswered: Bool = false
    ) {
        settle(
            batch, records: batch.count, bytes: batch.bytes.readableBytes, as: outcome, firstSentAt: firstSentAt,
            isUnanswered: isUnanswered)
    }

    /// The same for the records of a batch at some places.
    func callAsFunction(
        _ batch: Batch, at places: [Int], as outcome: Outcome, firstSentAt: ContinuousClock.Instant?,
        isUnanswered: Bool = false
    ) {
        guard !places.isEmpty else { return }
        let bytes = places.reduce(0) { $0 + Int(batch.records[$1].length) + 1 }
        settle(
            batch, records: places.count, bytes: bytes, as: outcome, firstSentAt: firstSentAt,
            isUnanswered: isUnanswered)
    }

    private func settle(
        _ batch: Batch, records: Int, bytes: Int, as outcome: Outcome, firstSentAt: ContinuousClock.Instant?,
        isUnanswered: Bool
    ) {
        keeper.settle(
            records: records, bytes: bytes, as: outcome, isUnsent: firstSentAt == nil, isUnanswered: isUnanswered)
        guard let observer else { return }
        observer(
            DeliveryEvent(
                sequence: batch.sequence, records: records, bytes: bytes, due: batch.due, firstSentAt: firstSentAt,
                settledAt: .now, outcome: outcome))
    }
}
