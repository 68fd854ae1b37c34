import SimTime
import SystemFiles

/// Why a request has no answer.
///
/// What is not known to come before the first byte of a request counts as a lost answer: better a possible duplicate
/// too many than one too few.
enum HTTPProblem: Error, Hashable {
    /// Nobody accepted a connection.
    case connect(SystemError)
    /// Nobody accepted a connection; no error code is known.
    case connectOther(String)
    /// The name of the host leads to no address.
    case noAddress
    /// No connection in time.
    case connectTimeout
    /// The connection was there and could not be made secure.
    case handshake
    /// The connection had ended before the request was begun.
    case ended
    /// The connection ended before the answer was complete.
    case broken
    /// The connection failed in another way.
    case system(SystemError)
    /// The encrypted connection failed.
    case encryption
    /// The answer took too long.
    case timeout
    /// What came is not an answer.
    case notHTTP(String)
    /// The delivery was stopped before the request was sent.
    case cancelled
    /// The delivery was stopped before the answer was complete.
    case abandoned
    /// An error that is not expected; its type.
    case other(String)

    /// What the problem means for the request.
    var result: AttemptResult {
        switch self {
        case .connect, .connectOther, .noAddress, .connectTimeout, .handshake, .ended: .notSent
        case .broken, .system, .encryption, .timeout, .notHTTP, .other: .answerLost
        case .cancelled: .cancelled
        case .abandoned: .abandoned
        }
    }

    /// What to tell the user; nil where there is nothing to tell.
    ///
    /// - Parameters:
    ///   - peer: host and port of the server.
    ///   - timeout: how long the answer could take.
    func failure(peer: String, timeout: Duration) -> Account.Failure? {
        func failure(_ kind: String, _ text: String) -> Account.Failure { Account.Failure(kind: kind, text: text) }
        switch self {
        case .cancelled, .abandoned: return nil
        case .connect(.connectionRefused): return failure("connection refused", "connection refused by \(peer)")
        case .connect(let error):
            return failure("connect error \(error.code)", "cannot connect to \(peer): \(error)")
        case .connectOther(let text): return failure("connect", "cannot connect to \(peer): \(text)")
        case .noAddress: return failure("no address", "no address is known for the host of \(peer)")
        case .connectTimeout: return failure("connect timeout", "\(peer) did not accept a connection in time")
        case .handshake:
            return failure(
                "TLS handshake", "\(peer) does not speak TLS as https asks for, or its certificate is not trusted")
        case .ended, .broken:
            return failure("broken connection", "\(peer) closed the connection before its answer was complete")
        case .system(let error): return failure("system error \(error.code)", "\(peer): \(error)")
        case .encryption: return failure("TLS", "the TLS connection to \(peer) broke")
        case .timeout:
            let components = timeout.components
            let nanoseconds = components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
            return failure("timeout", "\(peer) did not answer within \(TimeSpan.nanoseconds(nanoseconds).text)")
        case .notHTTP(let reason):
            return failure("not HTTP", "\(peer) answered something that is not HTTP: \(reason)")
        case .other(let type): return failure("other", "request to \(peer) failed: \(type)")
        }
    }
}
