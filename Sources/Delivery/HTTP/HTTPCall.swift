import NIOCore

/// One request and whoever waits for its answer, as a connection takes it.
struct HTTPCall: Sendable {
    /// Request line and header fields, each line with its CRLF, without the field that says how long the body is and
    /// without the empty line at the end: the same for all requests to one place.
    var head: ByteBuffer
    var body: ByteBuffer
    /// Whether the body goes in chunks, without saying its length first.
    var isChunked: Bool
    /// By when the answer must be complete.
    var deadline: NIODeadline
    /// Succeeds with the answer, or fails with an `HTTPProblem`.
    var promise: EventLoopPromise<HTTPAnswer>
}
