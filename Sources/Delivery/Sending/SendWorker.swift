import NIOCore

/// One connection's work: takes batches from the queue and sees the records of each through to their end.
struct SendWorker: Sendable {
    let queue: BatchQueue
    let sink: any Sink
    let carrier: any Carrier
    let keeper: AccountKeeper
    let settle: Settlement
    let options: ShipperOptions
    let waits: Waits

    /// Delivers until the queue is closed and empty.
    func run() async {
        let deflater = options.compression == .gzip ? Deflater() : nil
        while let batch = await queue.pop() {
            if let due = batch.due, due > .now { _ = await waits.sleep(until: due) }
            guard !waits.isOver else {
                settle(batch, as: .givenUp, firstSentAt: nil)
                continue
            }
            for request in sink.requests(for: batch) {
                await deliver(request, RetryState(policy: options.retry), firstSentAt: .now, deflater)
            }
        }
    }

    /// Sends a request until each of its records has come to an end.
    private func deliver(
        _ request: OutgoingRequest, _ earlier: RetryState, firstSentAt: ContinuousClock.Instant, _ deflater: Deflater?
    ) async {
        let clock = ContinuousClock()
        let batch = request.batch
        let request = compressed(request, deflater)
        var state = earlier
        while true {
            guard !waits.isOver else {
                // A part of a batch whose first request was begun before the stop may never have been sent itself.
                let isUnsent = state.attempts == 0
                return settle(
                    batch, as: .givenUp, firstSentAt: isUnsent ? nil : firstSentAt,
                    isUnanswered: state.lostAnswers > 0)
            }
            let earlierLost = state.lostAnswers
            let attempt = await carrier.send(request)
            let verdict = verdict(attempt.result, of: batch)
            state.note(attempt.result)
            let acknowledged = verdict.places(.acknowledged, of: batch.count)
            let refused = verdict.places(.refused, of: batch.count)
            let rest = verdict.places(.again, of: batch.count)
            let copies = attempt.result.mayHaveArrived ? batch.count : acknowledged.count
            keeper.attempt(
                attempt.result, isRetry: state.attempts > 1, duplicates: earlierLost > 0 ? copies : 0,
                wireBytes: attempt.wireBytes,
                failure: acknowledged.count < batch.count ? failure(attempt, verdict, refused) : nil)
            settle(batch, at: acknowledged, as: .acknowledged, firstSentAt: firstSentAt)
            settle(batch, at: refused, as: .refused, firstSentAt: firstSentAt)
            guard !rest.isEmpty else { return }
            guard let delay = state.wait(after: attempt.result, elapsed: clock.now - firstSentAt) else {
                if attempt.result == .unusable {
                    for waiting in queue.drain() { settle(waiting, as: .givenUp, firstSentAt: nil) }
                }
                let isUnsent = attempt.result == .cancelled && state.attempts == 1
                return settle(
                    batch, at: rest, as: .givenUp, firstSentAt: isUnsent ? nil : firstSentAt,
                    isUnanswered: state.lostAnswers > 0)
            }
            // A wait that ends early is seen at the head of the loop.
            _ = await waits.sleep(until: clock.now + delay)
            guard rest.count == batch.count else {
                for part in sink.requests(for: batch.part(rest)) {
                    await deliver(part, state, firstSentAt: firstSentAt, deflater)
                }
                return
            }
        }
    }

    private func verdict(_ result: AttemptResult, of batch: Batch) -> BatchVerdict {
        switch result {
        case .answered(let answer): sink.judge(answer, of: batch)
        case .stored: .all(.acknowledged)
        case .notSent, .answerLost, .unusable, .cancelled, .abandoned: .all(.again)
        }
    }

    /// What to tell the user of an attempt after which records are missing.
    private func failure(_ attempt: Attempt, _ verdict: BatchVerdict, _ refused: [Int]) -> Account.Failure? {
        guard let reason = verdict.reason else { return attempt.failure }
        let kind = refused.isEmpty ? "records to be sent again" : "refused records"
        return Account.Failure(kind: kind, text: "\(sink): \(reason)")
    }

    private func compressed(_ request: OutgoingRequest, _ deflater: Deflater?) -> OutgoingRequest {
        guard let deflater, !request.isCompressed else { return request }
        var request = request
        request.body = deflater.member(of: request.body)
        request.isCompressed = true
        return request
    }
}
