/// The attempts of one batch: told what each came to, it says what to do next.
///
/// There is no jitter. A run is to be repeatable, and the few connections of one sender do not make a herd.
public struct RetryState: Sendable {
    private let policy: RetryPolicy
    /// How many attempts were made.
    public private(set) var attempts = 0
    /// How many attempts the receiver may have stored without saying so.
    public private(set) var lostAnswers = 0
    private var delay: Duration

    /// Makes the state before the first attempt.
    public init(policy: RetryPolicy) {
        self.policy = policy
        delay = policy.initialDelay
    }

    /// Notes what an attempt came to; `elapsed` runs from the start of the batch's first attempt.
    public mutating func next(after result: AttemptResult, elapsed: Duration) -> RetryAction {
        attempts += 1
        if result.mayHaveArrived { lostAnswers += 1 }
        switch result {
        case .stored: return .done
        case .unusable, .cancelled: return .giveUp
        case .notSent, .answerLost: return retry(retryAfter: nil, elapsed: elapsed)
        case .answered(let status, let retryAfter):
            switch status {
            case 200..<300: return .done
            // 408: the receiver closed a connection on which it waited too long.
            case 408, 429, 500...: return retry(retryAfter: retryAfter, elapsed: elapsed)
            default: return .refuse
            }
        }
    }

    private mutating func retry(retryAfter: Duration?, elapsed: Duration) -> RetryAction {
        if let maximum = policy.maximumAttempts, attempts >= maximum { return .giveUp }
        let remaining = policy.giveUpAfter - elapsed
        guard remaining > .zero else { return .giveUp }
        if let retryAfter, retryAfter > .zero {
            // The receiver will not have it before the limit, so there is nothing to wait for.
            guard retryAfter <= remaining else { return .giveUp }
            return .wait(retryAfter)
        }
        let wait = min(delay, remaining)
        delay = min(delay * 2, policy.maximumDelay)
        return .wait(wait)
    }
}
