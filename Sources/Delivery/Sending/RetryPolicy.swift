/// What one attempt to send a batch came to.
public enum AttemptResult: Sendable, Hashable {
    /// A complete answer arrived; `retryAfter` is how long the receiver asks to be left alone.
    case answered(status: Int, retryAfter: Duration?)
    /// The bytes are stored where nothing answers, such as in a file.
    case stored
    /// There was no connection, so nothing was sent.
    case notSent
    /// Bytes may have arrived, and no complete answer did.
    case answerLost
    /// The destination takes nothing any more, and trying again is of no use.
    case unusable
    /// The delivery was cancelled during the attempt.
    case cancelled

    /// Whether the receiver may hold the records although they are not acknowledged.
    ///
    /// A gateway that says 502 or 504 got no answer from the server behind it, which is a lost answer too.
    public var mayHaveArrived: Bool {
        switch self {
        case .answerLost, .answered(status: 502, _), .answered(status: 504, _): true
        default: false
        }
    }

    /// Whether the receiver took the records.
    public var isSuccess: Bool {
        switch self {
        case .answered(let status, _): (200..<300).contains(status)
        case .stored: true
        default: false
        }
    }
}

/// The last state of a batch.
public enum Outcome: Sendable, Hashable {
    /// The receiver took it.
    case acknowledged
    /// The receiver turned it down for good.
    case refused
    /// Every attempt failed, or the delivery was cancelled.
    case givenUp
}

/// When to send a batch again and when to stop.
public struct RetryPolicy: Sendable, Hashable {
    /// The wait after the first failure; each further failure doubles it.
    public var initialDelay: Duration
    /// The longest wait that doubling leads to; a receiver's Retry-After may be longer.
    public var maximumDelay: Duration
    /// How long after a batch was first sent it is sent for the last time.
    public var giveUpAfter: Duration
    /// How often a batch is sent at most; nil leaves the limit to the time.
    public var maximumAttempts: Int?

    /// Makes a policy.
    public init(
        initialDelay: Duration = .milliseconds(100), maximumDelay: Duration = .seconds(5),
        giveUpAfter: Duration = .seconds(60), maximumAttempts: Int? = nil
    ) {
        self.initialDelay = initialDelay
        self.maximumDelay = maximumDelay
        self.giveUpAfter = giveUpAfter
        self.maximumAttempts = maximumAttempts
    }
}

/// What to do with a batch after an attempt.
public enum RetryAction: Sendable, Hashable {
    /// It is delivered.
    case done
    /// It is turned down, and sending it again would not help.
    case refuse
    /// Send it again after the wait.
    case wait(Duration)
    /// Stop trying.
    case giveUp
}

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
