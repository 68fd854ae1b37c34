/// Carries requests to one destination and says what came of each.
package protocol Carrier: Sendable {
    /// How many requests may be under way at once; nil leaves it to the options.
    var concurrency: Int? { get }

    /// Sends one request.
    func send(_ request: OutgoingRequest) async -> Attempt

    /// Sends no more requests: those that wait for a connection end, those that were sent go on.
    func stop()

    /// Lets go of connections and files; `isComplete` says that everything was delivered or answered.
    func close(isComplete: Bool) async throws(DeliveryError)
}

extension Carrier {
    package func stop() {}
}
