import Synchronization

/// The waits of a delivery between its requests, which all end at once when it is stopped.
final class Waits: Sendable {
    private struct State {
        var sleepers: [Int: Task<Void, any Error>] = [:]
        var next = 0
        var isOver = false
    }

    private let state = Mutex(State())

    /// Whether the waits have ended: no request is begun any more.
    var isOver: Bool { state.withLock { $0.isOver } }

    /// Waits until a moment; gives false where the waits ended before it.
    func sleep(until moment: ContinuousClock.Instant) async -> Bool {
        let sleeper = state.withLock { state -> (id: Int, task: Task<Void, any Error>)? in
            guard !state.isOver else { return nil }
            let task = Task { try await ContinuousClock().sleep(until: moment, tolerance: .zero) }
            state.next += 1
            state.sleepers[state.next] = task
            return (state.next, task)
        }
        guard let sleeper else { return false }
        _ = await sleeper.task.result
        return state.withLock { state in
            state.sleepers[sleeper.id] = nil
            return !state.isOver
        }
    }

    /// Ends the waits, and those that begin later.
    func end() {
        let sleepers = state.withLock { state in
            state.isOver = true
            return Array(state.sleepers.values)
        }
        for sleeper in sleepers { sleeper.cancel() }
    }
}
