/// What one attempt to send a request came to.
package struct Attempt: Sendable {
    /// What came back.
    package var result: AttemptResult
    /// What to tell the user if the records were not taken.
    package var failure: Account.Failure?
    /// Bytes of the body that were handed to the system, or may have been.
    package var wireBytes: Int

    /// Makes an attempt.
    package init(result: AttemptResult, failure: Account.Failure? = nil, wireBytes: Int) {
        self.result = result
        self.failure = failure
        self.wireBytes = wireBytes
    }
}
