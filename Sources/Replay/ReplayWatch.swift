import NIOCore
public import SimTime

/// Who wants to know how far a replay is.
public struct ReplayWatch: Sendable {
    /// Is told the moment and the simulated instant at which it begins.
    public var began: @Sendable (ContinuousClock.Instant, Instant) -> Void
    /// Is told the time of each batch that is handed over: when its first record was logged.
    public var reached: @Sendable (Instant) -> Void

    /// Makes a watch.
    public init(
        began: @Sendable @escaping (ContinuousClock.Instant, Instant) -> Void,
        reached: @Sendable @escaping (Instant) -> Void
    ) {
        self.began = began
        self.reached = reached
    }
}
