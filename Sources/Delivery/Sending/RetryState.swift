/// The attempts of one request: told what each came to, it says when to make the next.
///
/// There is no jitter. A run is to be repeatable, and the few connections of one sender do not make a herd.
package struct RetryState: Sendable {
    private let policy: RetryPolicy
    /// How many attempts were made.
    package private(set) var attempts = 0
    /// How many attempts the receiver may have stored without saying so.
    package private(set) var lostAnswers = 0
    private var delay: Duration

    /// Makes the state before the first attempt.
    package init(policy: RetryPolicy) {
        self.policy = policy
        delay = policy.initialDelay
    }

    /// Notes what an attempt came to.
    package mutating func note(_ result: AttemptResult) {
        attempts += 1
        if result.mayHaveArrived { lostAnswers += 1 }
    }

    /// How long to wait before the records that were not taken are sent again; nil gives them up.
    ///
    /// - Parameter elapsed: the time since the start of the first attempt.
    package mutating func wait(after result: AttemptResult, elapsed: Duration) -> Duration? {
        guard !result.isFinal else { return nil }
        if let maximum = policy.maximumAttempts, attempts >= maximum { return nil }
        let remaining = policy.giveUpAfter - elapsed
        guard remaining > .zero else { return nil }
        if let asked = result.retryAfter, asked > .zero {
            // If the receiver will not have it before the limit, there is nothing to wait for.
            return asked <= remaining ? asked : nil
        }
        let wait = min(delay, remaining)
        delay = min(delay * 2, policy.maximumDelay)
        return wait
    }
}
