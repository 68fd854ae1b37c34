import NIOCore
import Synchronization

/// Delivers batches to one destination, over several connections at once, and accounts for every record.
///
/// Whoever makes a shipper must call `finish()` in the end, after `cancel()` too. Safe to use from any task.
public final class Shipper: Sendable {
    private struct State {
        var isCancelled = false
        var isFinished = false
    }

    private let keeper = AccountKeeper()
    private let queue: BatchQueue
    private let carrier: any Carrier
    private let workers: [Task<Void, Never>]
    private let settle: Settlement
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
            queue: queue, sink: destination.sink, carrier: carrier, keeper: keeper, settle: settle, options: options)
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

    /// Stops at once: what is not yet acknowledged or refused is given up.
    public func cancel() {
        state.withLock { $0.isCancelled = true }
        for batch in queue.drain() { settle(batch, as: .givenUp, firstSentAt: nil) }
        for worker in workers { worker.cancel() }
    }

    /// Delivers what was handed over, closes the destination, and gives the final account.
    ///
    /// A failure to write is among the account's failures, as its records are given up. Throws only when a file that
    /// took every record could not be closed or renamed. Called again, it only gives the account.
    public func finish() async throws(DeliveryError) -> Account {
        queue.close()
        for worker in workers { await worker.value }
        let (isFirst, isCancelled) = state.withLock { state in
            defer { state.isFinished = true }
            return (!state.isFinished, state.isCancelled)
        }
        if isFirst {
            try await carrier.close(isComplete: !isCancelled && keeper.account.givenUp == 0)
        }
        return keeper.account
    }
}
