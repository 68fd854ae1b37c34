import Synchronization

/// What a server has refused before a request was whole.
package final class ServerCounts: Sendable {
    private let refused = Atomic(0)
    private let timedOut = Atomic(0)
    private let malformed = Atomic(0)

    /// Makes counts of zero.
    package init() {}

    /// Connections beyond the limit.
    package var refusedConnections: Int { refused.load(ordering: .relaxed) }
    /// Connections that were closed because a head, a body or the reading of an answer took too long.
    package var timedOutConnections: Int { timedOut.load(ordering: .relaxed) }
    /// Connections that were closed because what came was not HTTP, or beyond its limits.
    package var malformedConnections: Int { malformed.load(ordering: .relaxed) }

    func countRefused() { refused.add(1, ordering: .relaxed) }

    func countTimedOut() { timedOut.add(1, ordering: .relaxed) }

    func countMalformed() { malformed.add(1, ordering: .relaxed) }
}
