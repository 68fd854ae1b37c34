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
