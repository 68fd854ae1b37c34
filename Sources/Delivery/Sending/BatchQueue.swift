import Synchronization

/// A bounded first-in, first-out queue of batches between those who submit and those who send.
final class BatchQueue: Sendable {
    private struct State {
        var batches: [Batch] = []
        /// Those who wait for a batch; not empty only while `batches` is.
        var takers: [CheckedContinuation<Batch?, Never>] = []
        /// Those who wait for space, each with its batch; not empty only while `batches` is full.
        var givers: [(batch: Batch, continuation: CheckedContinuation<Bool, Never>)] = []
        var isClosed = false
    }

    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int) {
        precondition(capacity > 0, "a queue must have space for a batch")
        self.capacity = capacity
    }

    /// Appends a batch, as soon as there is space; gives false when the queue is closed and takes none.
    func push(_ batch: Batch) async -> Bool {
        await withCheckedContinuation { continuation in
            var taker: CheckedContinuation<Batch?, Never>?
            let answer: Bool? = state.withLock { state in
                guard !state.isClosed else { return false }
                if !state.takers.isEmpty {
                    taker = state.takers.removeFirst()
                    return true
                }
                if state.batches.count < capacity {
                    state.batches.append(batch)
                    return true
                }
                state.givers.append((batch, continuation))
                return nil
            }
            taker?.resume(returning: batch)
            if let answer { continuation.resume(returning: answer) }
        }
    }

    /// Takes the oldest batch, as soon as there is one; gives nil when the queue is closed and empty.
    func pop() async -> Batch? {
        await withCheckedContinuation { continuation in
            var giver: CheckedContinuation<Bool, Never>?
            let answer: Batch?? = state.withLock { state in
                guard !state.batches.isEmpty else {
                    if state.isClosed { return .some(nil) }
                    state.takers.append(continuation)
                    return nil
                }
                let batch = state.batches.removeFirst()
                if !state.givers.isEmpty {
                    let next = state.givers.removeFirst()
                    state.batches.append(next.batch)
                    giver = next.continuation
                }
                return .some(batch)
            }
            giver?.resume(returning: true)
            if let answer { continuation.resume(returning: answer) }
        }
    }

    /// Takes no more batches; those inside are still handed out.
    func close() {
        let takers = state.withLock { state in
            state.isClosed = true
            defer { state.takers = [] }
            return state.takers
        }
        for taker in takers { taker.resume(returning: nil) }
    }

    /// Takes no more batches and gives back those inside, for the caller to settle.
    ///
    /// Those who wait for space learn that their batch was not taken, and settle it themselves.
    func drain() -> [Batch] {
        let (batches, givers) = state.withLock { state in
            state.isClosed = true
            defer {
                state.batches = []
                state.givers = []
            }
            return (state.batches, state.givers)
        }
        close()
        for giver in givers { giver.continuation.resume(returning: false) }
        return batches
    }
}
