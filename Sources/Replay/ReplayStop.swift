import Synchronization

/// Ends a replay before its time, from any thread.
public final class ReplayStop: Sendable {
    private struct State {
        var isStopped = false
        var stop: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    /// Makes a stop that has not happened.
    public init() {}

    /// Whether the replay is to end.
    public var isStopped: Bool { state.withLock { $0.isStopped } }

    /// Lets the replay begin no more requests, and wait for those that were sent as long as its `drain` says.
    public func stop() {
        let stop = state.withLock { state in
            state.isStopped = true
            return state.stop.take()
        }
        stop?()
    }

    /// Calls `body` when the replay is to end, once.
    func whenStopped(_ body: @escaping @Sendable () -> Void) {
        let isStopped = state.withLock { state in
            if !state.isStopped { state.stop = body }
            return state.isStopped
        }
        if isStopped { body() }
    }
}
