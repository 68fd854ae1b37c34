import Delivery
import Testing

/// The attempts of one batch, by plain calls.
@Suite("Retry policy", .timeLimit(.minutes(15))) struct RetryPolicyTests {
    private let policy = RetryPolicy(
        initialDelay: .milliseconds(100), maximumDelay: .milliseconds(500), giveUpAfter: .seconds(60))

    private func status(_ code: Int, retryAfter: Duration? = nil) -> AttemptResult {
        .answered(status: code, retryAfter: retryAfter)
    }

    @Test("Success ends the batch", arguments: [200, 201, 204, 299])
    func successEndsTheBatch(_ code: Int) {
        var state = RetryState(policy: policy)
        #expect(state.next(after: status(code), elapsed: .zero) == .done)
        #expect(state.attempts == 1)
    }

    @Test("An answer that will not change is a refusal", arguments: [301, 400, 401, 403, 404, 413, 422])
    func anAnswerThatWillNotChangeIsARefusal(_ code: Int) {
        var state = RetryState(policy: policy)
        #expect(state.next(after: status(code), elapsed: .zero) == .refuse)
    }

    @Test("An answer that may change is tried again", arguments: [408, 429, 500, 502, 503, 504])
    func anAnswerThatMayChangeIsTriedAgain(_ code: Int) {
        var state = RetryState(policy: policy)
        #expect(state.next(after: status(code), elapsed: .zero) == .wait(.milliseconds(100)))
    }

    @Test("Waits double up to the longest") func waitsDoubleUpToTheLongest() {
        var state = RetryState(policy: policy)
        let waits = (0..<5).map { _ in state.next(after: .notSent, elapsed: .zero) }
        #expect(waits == [100, 200, 400, 500, 500].map { .wait(.milliseconds($0)) })
        #expect(state.lostAnswers == 0)
    }

    @Test("The last attempt is at the limit") func theLastAttemptIsAtTheLimit() {
        var state = RetryState(policy: policy)
        #expect(state.next(after: .answerLost, elapsed: .milliseconds(59_950)) == .wait(.milliseconds(50)))
        #expect(state.next(after: .answerLost, elapsed: .seconds(60)) == .giveUp)
        #expect(state.lostAnswers == 2)
    }

    @Test("Attempts can be limited") func attemptsCanBeLimited() {
        var state = RetryState(policy: RetryPolicy(maximumAttempts: 2))
        #expect(state.next(after: .notSent, elapsed: .zero) == .wait(.milliseconds(100)))
        #expect(state.next(after: .notSent, elapsed: .zero) == .giveUp)
    }

    @Test("Retry after is honoured and leaves the backoff alone") func retryAfterIsHonouredAndLeavesTheBackoffAlone() {
        var state = RetryState(policy: policy)
        #expect(state.next(after: status(429, retryAfter: .seconds(7)), elapsed: .zero) == .wait(.seconds(7)))
        #expect(state.next(after: status(503, retryAfter: .seconds(0)), elapsed: .zero) == .wait(.milliseconds(100)))
        #expect(state.next(after: status(503, retryAfter: .seconds(61)), elapsed: .zero) == .giveUp)
    }

    @Test("Useless attempts end the batch") func uselessAttemptsEndTheBatch() {
        var state = RetryState(policy: policy)
        #expect(state.next(after: .unusable, elapsed: .zero) == .giveUp)
        #expect(state.next(after: .cancelled, elapsed: .zero) == .giveUp)
        #expect(state.next(after: .stored, elapsed: .zero) == .done)
    }

    @Test("Only a lost answer may have arrived") func onlyALostAnswerMayHaveArrived() {
        #expect([AttemptResult.answerLost, status(502), status(504)].allSatisfy { $0.mayHaveArrived })
        #expect(![AttemptResult.notSent, status(200), status(429), status(503)].contains { $0.mayHaveArrived })
    }
}
