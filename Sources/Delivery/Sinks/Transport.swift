import NIOCore

/// Carries framed batches to one destination and says what came of each.
protocol Transport: Sendable {
    /// How many batches may be on their way at once; nil leaves it to the options.
    var concurrency: Int? { get }

    /// The batch's records as the destination wants them, before compression.
    func frame(_ batch: Batch) -> ByteBuffer

    /// Sends one framed and perhaps compressed batch.
    func send(_ body: ByteBuffer) async -> Attempt

    /// Lets go of connections and files; `isComplete` says that everything was delivered or answered.
    func close(isComplete: Bool) async throws(DeliveryError)
}

/// What one call of `Transport.send` came to.
struct Attempt: Sendable {
    var result: AttemptResult
    var failure: Account.Failure?
    /// Bytes of the body that were handed to the system, or may have been.
    var wireBytes: Int
}
