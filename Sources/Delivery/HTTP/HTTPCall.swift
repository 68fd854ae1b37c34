import NIOCore

/// One request and whoever waits for its answer, as a connection takes it.
struct HTTPCall: Sendable {
    var request: OutgoingRequest
    /// By when the answer must be complete.
    var deadline: NIODeadline
    /// Succeeds with the answer, or fails with an `HTTPProblem`.
    var promise: EventLoopPromise<HTTPAnswer>
}
