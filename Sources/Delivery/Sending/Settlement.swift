import NIOCore

/// Books the end of records and tells the observer.
struct Settlement: Sendable {
    let keeper: AccountKeeper
    let observer: (@Sendable (DeliveryEvent) -> Void)?

    func callAsFunction(_ batch: Batch, as outcome: Outcome, firstSentAt: ContinuousClock.Instant?) {
        settle(batch, records: batch.count, bytes: batch.bytes.readableBytes, as: outcome, firstSentAt: firstSentAt)
    }

    /// The same for the records of a batch at some places.
    func callAsFunction(
        _ batch: Batch, at places: [Int], as outcome: Outcome, firstSentAt: ContinuousClock.Instant?
    ) {
        guard !places.isEmpty else { return }
        let bytes = places.reduce(0) { $0 + Int(batch.records[$1].length) + 1 }
        settle(batch, records: places.count, bytes: bytes, as: outcome, firstSentAt: firstSentAt)
    }

    private func settle(
        _ batch: Batch, records: Int, bytes: Int, as outcome: Outcome, firstSentAt: ContinuousClock.Instant?
    ) {
        keeper.settle(records: records, bytes: bytes, as: outcome)
        guard let observer else { return }
        observer(
            DeliveryEvent(
                sequence: batch.sequence, records: records, bytes: bytes, due: batch.due, firstSentAt: firstSentAt,
                settledAt: .now, outcome: outcome))
    }
}
