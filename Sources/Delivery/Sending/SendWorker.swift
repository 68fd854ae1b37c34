import NIOCore

/// One connection's work: takes batches from the queue and sees each through to its end.
struct SendWorker: Sendable {
    let queue: BatchQueue
    let transport: any Transport
    let ledger: AccountKeeper
    let settle: Settlement
    let options: ShipperOptions

    /// Delivers until the queue is closed and empty.
    func run() async {
        let deflater = options.compression == .gzip ? Deflater() : nil
        while let batch = await queue.pop() {
            let framed = transport.frame(batch)
            await deliver(batch, body: deflater?.member(of: framed) ?? framed)
        }
    }

    private func deliver(_ batch: Batch, body: ByteBuffer) async {
        let clock = ContinuousClock()
        if let due = batch.due {
            do {
                try await clock.sleep(until: due, tolerance: .zero)
            } catch {
                return settle(batch, as: .givenUp, firstSentAt: nil)
            }
        }
        let firstSentAt = clock.now
        var state = RetryState(policy: options.retry)
        while true {
            guard !Task.isCancelled else { return settle(batch, as: .givenUp, firstSentAt: firstSentAt) }
            let earlierLost = state.lostAnswers
            let attempt = await transport.send(body)
            let action = state.next(after: attempt.result, elapsed: clock.now - firstSentAt)
            let isCopy = earlierLost > 0 && (attempt.result.isSuccess || attempt.result.mayHaveArrived)
            ledger.attempt(
                attempt.result, isRetry: state.attempts > 1, duplicates: isCopy ? batch.count : 0,
                wireBytes: attempt.wireBytes, failure: attempt.failure)
            switch action {
            case .done: return settle(batch, as: .acknowledged, firstSentAt: firstSentAt)
            case .refuse: return settle(batch, as: .refused, firstSentAt: firstSentAt)
            case .giveUp:
                if attempt.result == .unusable {
                    for waiting in queue.drain() { settle(waiting, as: .givenUp, firstSentAt: nil) }
                }
                return settle(batch, as: .givenUp, firstSentAt: firstSentAt)
            case .wait(let delay):
                // A cancelled wait ends at once; the loop then sees why.
                try? await clock.sleep(for: delay, tolerance: .zero)
            }
        }
    }
}
