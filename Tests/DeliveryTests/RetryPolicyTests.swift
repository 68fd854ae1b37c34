import Delivery
import Testing

/// The attempts of one request, by plain calls.
@Suite("Retry policy", .timeLimit(.minutes(15))) struct RetryPolicyTests {
    private let policy = RetryPolicy(
        initialDelay: .milliseconds(100), maximumDelay: .milliseconds(500), giveUpAfter: .seconds(60))

    private func answered(_ status: Int, retryAfter: String? = nil) -> AttemptResult {
        .answered(answer(status, retryAfter.map { ["Retry-After": $0] } ?? [:]))
    }

    @Test("Waits double up to the longest") func waitsDoubleUpToTheLongest() {
        var state = RetryState(policy: policy)
        let waits = (0..<5).map { _ in
            state.note(.notSent)
            return state.wait(after: .notSent, elapsed: .zero)
        }
        #expect(waits == [100, 200, 400, 500, 500].map { .milliseconds($0) })
        #expect(state.lostAnswers == 0 && state.attempts == 5)
    }

    @Test("The last attempt is at the limit") func theLastAttemptIsAtTheLimit() {
        var state = RetryState(policy: policy)
        state.note(.answerLost)
        #expect(state.wait(after: .answerLost, elapsed: .milliseconds(59_950)) == .milliseconds(50))
        state.note(.answerLost)
        #expect(state.wait(after: .answerLost, elapsed: .seconds(60)) == nil)
        #expect(state.lostAnswers == 2)
    }

    @Test("Attempts can be limited") func attemptsCanBeLimited() {
        var state = RetryState(policy: RetryPolicy(maximumAttempts: 2))
        state.note(.notSent)
        #expect(state.wait(after: .notSent, elapsed: .zero) == .milliseconds(100))
        state.note(.notSent)
        #expect(state.wait(after: .notSent, elapsed: .zero) == nil)
    }

    @Test("Retry after is honoured and leaves the backoff alone") func retryAfterIsHonouredAndLeavesTheBackoffAlone() {
        var state = RetryState(policy: policy)
        #expect(state.wait(after: answered(429, retryAfter: "7"), elapsed: .zero) == .seconds(7))
        #expect(state.wait(after: answered(503, retryAfter: "0"), elapsed: .zero) == .milliseconds(100))
        #expect(state.wait(after: answered(503, retryAfter: "61"), elapsed: .zero) == nil)
    }

    @Test("Useless attempts end the request", arguments: [AttemptResult.unusable, .cancelled])
    func uselessAttemptsEndTheRequest(_ result: AttemptResult) {
        var state = RetryState(policy: policy)
        #expect(state.wait(after: result, elapsed: .zero) == nil)
    }

    @Test("Only a lost answer may have arrived") func onlyALostAnswerMayHaveArrived() {
        #expect([AttemptResult.answerLost, answered(502), answered(504)].allSatisfy { $0.mayHaveArrived })
        #expect(![AttemptResult.notSent, answered(200), answered(429), answered(503)].contains { $0.mayHaveArrived })
    }
}
