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
