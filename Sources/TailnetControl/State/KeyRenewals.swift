public import SimTime

/// Who knows which keys their owners renewed without an explicit change.
public protocol KeyRenewals: Sendable {
    /// When a node's key expires, as seen just before an instant; nil where it never does.
    ///
    /// - Parameter phase: What the last explicit change made of the key.
    func expiry(ofNode node: Int, in phase: KeyPhase, before instant: Instant) -> Instant?
}
