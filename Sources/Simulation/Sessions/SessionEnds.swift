/// Who takes part in a session: the nodes that carry it, and the hosts behind them.
struct SessionEnds: BitwiseCopyable, Sendable {
    var source: UInt32
    var target: UInt32
    /// One more than the index of the host at that end; 0 for the node itself.
    var sourceHost: UInt32 = 0
    var targetHost: UInt32 = 0
    var route: Session.Route
}
