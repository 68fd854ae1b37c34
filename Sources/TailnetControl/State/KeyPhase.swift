public import SimTime

/// How a node's key lives from one explicit change to the next.
public struct KeyPhase: Sendable, Hashable {
    public var since: Instant
    /// When the key expires unless it is renewed before; nil where it never does by itself.
    public var expiry: Instant?

    /// Makes a phase.
    public init(since: Instant, expiry: Instant?) {
        self.since = since
        self.expiry = expiry
    }
}
