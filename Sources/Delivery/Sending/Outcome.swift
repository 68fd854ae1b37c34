/// The last state of a record.
public enum Outcome: Sendable, Hashable {
    /// The receiver took it.
    case acknowledged
    /// The receiver turned it down for good.
    case refused
    /// Every attempt failed, or the delivery was cancelled.
    case givenUp
}
