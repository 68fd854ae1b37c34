import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import SimTime

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Turns what the HTTP client throws, and what a receiver answers, into results and texts.
enum HTTPFailure {
    /// An answer's text is quoted up to this many characters.
    private static let quotedCharacters = 120

    /// The failure that an answer other than success stands for.
    static func failure(_ status: HTTPResponseStatus, answer: ByteBuffer, peer: String) -> Account.Failure {
        let text = String(buffer: answer).split { $0.isNewline }.first ?? ""
        let printable = text.filter { $0.isASCII && !($0.asciiValue.map { $0 < 0x20 || $0 == 0x7F } ?? true) }
        let cut = printable.prefix(quotedCharacters)
        let quote = cut.isEmpty ? "" : ": \(cut)\(cut.count < printable.count ? "..." : "")"
        return Account.Failure(
            kind: "status \(status.code)", text: "\(peer) answered \(status.code) \(status.reasonPhrase)\(quote)")
    }

    /// What an error means for the batch, and what to tell the user.
    ///
    /// An error that is not known to come before the first byte counts as a lost answer: better a possible duplicate
    /// too many than one too few.
    static func classify(
        _ error: any Error, peer: String, timeout: Duration
    ) -> (AttemptResult, Account.Failure?) {
        let seconds = TimeSpan.nanoseconds(TimeAmount(timeout).nanoseconds).text
        if error is CancellationError || error as? HTTPClientError == .cancelled { return (.cancelled, nil) }
        switch error {
        case let error as HTTPClientError:
            switch error {
            case .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout:
                return (.notSent, failure("connect timeout", "\(peer) did not accept a connection in time"))
            case .deadlineExceeded, .readTimeout, .writeTimeout:
                return (.answerLost, failure("timeout", "\(peer) did not answer within \(seconds)"))
            case .remoteConnectionClosed, .uncleanShutdown:
                return (.answerLost, broken(peer))
            default:
                return (.answerLost, failure("client", "request to \(peer) failed: \(error.shortDescription)"))
            }
        case let error as NIOConnectionError:
            return (.notSent, connectFailure(error, peer: peer))
        case let error as IOError:
            return ioFailure(error, peer: peer)
        case is ChannelError:
            return (.answerLost, broken(peer))
        case HTTPParserError.invalidEOFState:
            return (.answerLost, broken(peer))
        case is HTTPParserError:
            return (.answerLost, failure("not HTTP", "\(peer) answered something that is not HTTP"))
        default:
            return other(error, peer: peer)
        }
    }

    /// Errors of libraries that are not imported here; their own texts name files of the build, so none is quoted.
    private static func other(_ error: any Error, peer: String) -> (AttemptResult, Account.Failure) {
        guard String(reflecting: type(of: error)).hasPrefix("NIOSSL.") else {
            return (.answerLost, failure("other", "request to \(peer) failed: \(type(of: error))"))
        }
        // Before the handshake is done no byte of a request is on its way.
        if "\(error)".hasPrefix("handshakeFailed") {
            return (
                .notSent,
                failure(
                    "TLS handshake", "\(peer) does not speak TLS as https asks for, or its certificate is not trusted")
            )
        }
        return (.answerLost, failure("TLS", "the TLS connection to \(peer) broke"))
    }

    private static func connectFailure(_ error: NIOConnectionError, peer: String) -> Account.Failure {
        if let first = error.connectionErrors.first {
            guard let cause = first.error as? IOError else {
                return failure("connect", "cannot connect to \(peer): \(first.error)")
            }
            return connectFailure(code: cause.errnoCode, peer: peer)
        }
        return failure("no address", "no address is known for the host of \(peer)")
    }

    private static func ioFailure(_ error: IOError, peer: String) -> (AttemptResult, Account.Failure) {
        switch error.errnoCode {
        case ECONNRESET, EPIPE, ENOTCONN, ECONNABORTED:
            (.answerLost, broken(peer))
        case ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EADDRNOTAVAIL, EMFILE, ENFILE, EACCES, EPERM:
            (.notSent, connectFailure(code: error.errnoCode, peer: peer))
        default:
            (.answerLost, failure("system error \(error.errnoCode)", "\(peer): \(errnoText(error.errnoCode))"))
        }
    }

    private static func connectFailure(code: CInt, peer: String) -> Account.Failure {
        code == ECONNREFUSED
            ? failure("connection refused", "connection refused by \(peer)")
            : failure("connect error \(code)", "cannot connect to \(peer): \(errnoText(code))")
    }

    private static func broken(_ peer: String) -> Account.Failure {
        failure("broken connection", "\(peer) closed the connection before its answer was complete")
    }

    private static func failure(_ kind: String, _ text: String) -> Account.Failure {
        Account.Failure(kind: kind, text: text)
    }
}
