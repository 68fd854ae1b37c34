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
