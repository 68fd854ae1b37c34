/// What came back from one attempt to send a request.
package enum AttemptResult: Sendable, Hashable {
    /// A complete answer arrived; the sink says what it means.
    case answered(HTTPAnswer)
    /// The bytes are stored where nothing answers, such as in a file.
    case stored
    /// There was no connection, so nothing was sent.
    case notSent
    /// Bytes may have arrived, and no complete answer did.
    case answerLost
    /// The destination takes nothing any more, and trying again is of no use.
    case unusable
    /// The delivery was stopped before the request was sent.
    case cancelled
    /// The delivery was stopped before the answer arrived.
    case abandoned

    /// Whether the receiver may hold the records although it did not acknowledge them.
    ///
    /// A gateway that says 502 or 504 got no answer from the server behind it, which is a lost answer too.
    package var mayHaveArrived: Bool {
        switch self {
        case .answerLost, .abandoned: true
        case .answered(let answer): answer.status == 502 || answer.status == 504
        default: false
        }
    }

    /// Whether there is no use in another attempt, whatever was sent.
    var isFinal: Bool { self == .unusable || self == .cancelled || self == .abandoned }

    /// How long the receiver asks to be left alone; nil where it does not.
    var retryAfter: Duration? {
        guard case .answered(let answer) = self else { return nil }
        return RetryAfter.delay(value: answer.value(of: "retry-after"), date: answer.value(of: "date"))
    }
}
