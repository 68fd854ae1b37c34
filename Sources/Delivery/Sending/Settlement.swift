import NIOCore

/// Books the end of a batch and tells the observer.
struct Settlement: Sendable {
    let ledger: AccountKeeper
    let observer: (@Sendable (DeliveryEvent) -> Void)?

    func callAsFunction(_ batch: Batch, as outcome: Outcome, firstSentAt: ContinuousClock.Instant?) {
        ledger.settle(records: batch.count, bytes: batch.bytes.readableBytes, as: outcome)
        guard let observer else { return }
        observer(
            DeliveryEvent(
                sequence: batch.sequence, records: batch.count, bytes: batch.bytes.readableBytes, due: batch.due,
                firstSentAt: firstSentAt, settledAt: .now, outcome: outcome))
    }
}
