import NIOCore
import Synchronization

/// Delivers batches to one destination, over several connections at once, and accounts for every record.
///
/// Whoever makes a shipper must call `finish()` in the end, after `cancel()` too. Safe to use from any task.
public final class Shipper: Sendable {
    private struct State {
        /// Whether something was left undone on purpose.
        var isStopped = false
        var isFinished = false
    }

    private let keeper = AccountKeeper()
    private let queue: BatchQueue
    private let carrier: any Carrier
    private let workers: [Task<Void, Never>]
    private let settle: Settlement
    private let waits = Waits()
    private let state = Mutex(State())

    /// Opens the destination; connections to a server are made when the first batches go out.
    ///
    /// `observer` hears of the end of each batch, on the task that delivered it: it must be quick.
    public init(
        to destination: Destination, options: ShipperOptions = .init(),
        observer: (@Sendable (DeliveryEvent) -> Void)? = nil
    ) throws(DeliveryError) {
        let carrier = try destination.sink.open(options)
        self.carrier = carrier
        let queue = BatchQueue(capacity: max(1, options.queuedBatches))
        self.queue = queue
        let settle = Settlement(keeper: keeper, observer: observer)
        self.settle = settle
        let worker = SendWorker(
            queue: queue, sink: destination.sink, carrier: carrier, keeper: keeper, settle: settle, options: options,
            waits: waits)
        workers = (0..<(carrier.concurrency ?? max(1, options.connections))).map { _ in
            Task { await worker.run() }
        }
    }

    /// The account at this moment.
    public var account: Account { keeper.account }

    /// Hands over a batch, which is booked at once; waits while the queue is full.
    ///
    /// Gives false when the shipper takes no more, because it was cancelled or finished or its destination failed for
    /// good: the batch counts as given up, and there is no use in making another. A batch that is not due yet waits
    /// inside. To stop a task that waits here, call `cancel()`.
    @discardableResult
    public func submit(_ batch: Batch) async -> Bool {
        guard batch.count > 0 else { return true }
        keeper.submit(records: batch.count)
        let isTaken = await queue.push(batch)
        if !isTaken { settle(batch, as: .givenUp, firstSentAt: nil) }
        return isTaken
    }

    /// Begins no more requests, first ones or repeated ones; those that were sent may still be answered.
    ///
    /// What is not on its way is given up at once.
    public func drain() {
        state.withLock { $0.isStopped = true }
        // In this order: who finds a batch after the waits have ended gives it up.
        waits.end()
        carrier.stop()
        for batch in queue.drain() { settle(batch, as: .givenUp, firstSentAt: nil) }
    }

    /// Stops at once: what is not yet acknowledged or refused is given up.
    public func cancel() {
        drain()
        for worker in workers { worker.cancel() }
    }

    /// Delivers what was handed over, closes the destination, and gives the final account.
    ///
    /// A failure to write is among the account's failures, as its records are given up. Throws only when a file that
    /// took every record could not be closed or renamed. Called again, it only gives the account.
    public func finish() async throws(DeliveryError) -> Account {
        queue.close()
        for worker in workers { await worker.value }
        let (isFirst, isStopped) = state.withLock { state in
            defer { state.isFinished = true }
            return (!state.isFinished, state.isStopped)
        }
        if isFirst {
            try await carrier.close(isComplete: !isStopped && keeper.account.givenUp == 0)
        }
        return keeper.account
    }
}
