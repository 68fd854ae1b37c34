import ByteText
import Generation
public import Dataset
public import Delivery
import NIOCore
import SimTime
import Synchronization
public import TailnetModel

/// Delivers records to receivers at a pace, and accounts for every one of them.
public struct ReplayRun: Sendable {
    /// Which receiver gets which log.
    public var routes: [(log: LogKind, destination: Destination)]
    public var pace: Pace
    public var options: ShipperOptions
    public var limit: BatchLimit
    /// Who is told how far the replay is.
    public var watch: ReplayWatch?
    /// What ends the replay before its time.
    public var stop = ReplayStop()
    /// How long a stopped replay waits for answers to the requests that were sent.
    public var drain = Duration.seconds(10)

    /// Makes a replay.
    public init(
        routes: [(log: LogKind, destination: Destination)], pace: Pace, options: ShipperOptions = ShipperOptions(),
        limit: BatchLimit = BatchLimit()
    ) {
        self.routes = routes
        self.pace = pace
        self.options = options
        self.limit = limit
    }

    /// Delivers everything that a source has, or what it has until the replay is stopped or the task is cancelled.
    ///
    /// A stopped replay begins no more requests, and waits for answers as long as `drain` says; a cancelled one waits for
    /// nothing. A receiver that takes no record for as long as a batch is tried ends the run.
    ///
    /// - Parameters:
    ///   - progress: is called a few times a second with the account so far.
    ///   - stopped: is told why the run ended before its time; nil where it did not.
    /// - Throws: `RunError` where the source fails or a destination cannot be opened; what happened to records that were
    ///   already on their way is then in the error's text.
    public func run(
        _ source: some RecordSource, progress: @Sendable @escaping (Account) -> Void,
        stopped: (String?) -> Void = { _ in }
    ) async throws(RunError) -> RunReport {
        var source = source
        let latency = LatencyRecorder(pace: pace)
        var options = options
        for route in routes { options.mask = options.mask.union(route.destination.mask) }
        var shippers: [(destination: Destination, shipper: Shipper)] = []
        for route in routes where !shippers.contains(where: { $0.destination == route.destination }) {
            do {
                let shipper = try Shipper(to: route.destination, options: options) { latency.record($0) }
                shippers.append((route.destination, shipper))
            } catch {
                for (_, shipper) in shippers {
                    shipper.cancel()
                    _ = try? await shipper.finish()
                }
                throw RunError(.run, error.description)
            }
        }
        let all = shippers.map(\.shipper)
        let start = ContinuousClock.now
        let patience = options.retry.giveUpAfter
        let isGone = Atomic(false)
        let reporter = Task {
            var last = (acknowledged: -1, givenUp: 0, at: ContinuousClock.now)
            while !Task.isCancelled {
                try? await Task.sleep(for: .milliseconds(250))
                let account = all.reduce(into: Account()) { $0 += $1.account }
                progress(account)
                if account.acknowledged != last.acknowledged {
                    last = (account.acknowledged, account.givenUp, .now)
                }
                // Giving up batch after batch would take as many times the patience as there are batches.
                if account.givenUp > last.givenUp, ContinuousClock.now - last.at > patience, !Task.isCancelled {
                    isGone.store(true, ordering: .relaxed)
                    for shipper in all { shipper.cancel() }
                }
            }
        }
        stop.whenStopped { [drain] in
            for shipper in all { shipper.drain() }
            Task {
                try? await Task.sleep(for: drain)
                for shipper in all { shipper.cancel() }
            }
        }
        // A submission that waits for space is freed by its shipper, not by its task.
        let (failure, isWhole) = await withTaskCancellationHandler {
            await submitAll(&source, to: shippers, start: start)
        } onCancel: {
            for shipper in all { shipper.cancel() }
        }
        let (account, closing) = await withTaskCancellationHandler {
            await finish(all, isOver: failure != nil)
        } onCancel: {
            for shipper in all { shipper.cancel() }
        }
        let isInterrupted = (stop.isStopped || Task.isCancelled) && (!isWhole || account.givenUp > 0)
        reporter.cancel()
        progress(account)
        var report = RunReport(account: account, elapsed: ContinuousClock.now - start, latency: latency.report)
        report.isInterrupted = isInterrupted
        stopped(
            isInterrupted
                ? interruption(account)
                : isGone.load(ordering: .relaxed)
                    ? "stopped early: no record was acknowledged for \(patience), and the rest was not generated" : nil)
        if let error = failure ?? closing { throw RunError(error.cause, "\(error)\n\(report.text)") }
        return report
    }

    /// Delivers what was handed over, or gives it up where the run is over; gives the account and what went wrong.
    private func finish(_ shippers: [Shipper], isOver: Bool) async -> (Account, RunError?) {
        var account = Account()
        var closing: RunError?
        for shipper in shippers {
            if Task.isCancelled || isOver { shipper.cancel() }
            do { account += try await shipper.finish() } catch {
                account += shipper.account
                closing = RunError(.run, error.description)
            }
        }
        return (account, closing)
    }

    /// What an interrupt left undone.
    private func interruption(_ account: Account) -> String {
        let left = "interrupted: the rest was not generated"
        guard account.givenUp > 0 else { return left }
        let held =
            account.unanswered > 0
            ? "; \(DecimalText.grouped(account.unanswered)) were sent and not answered, so the receiver may hold them"
            : ""
        return left + "; \(DecimalText.grouped(account.givenUp)) records count as given up, of which "
            + "\(DecimalText.grouped(account.unsent)) were never sent\(held)"
    }

    /// Hands everything to the shippers; tells whether it was everything.
    private func submitAll(
        _ source: inout some RecordSource, to shippers: [(destination: Destination, shipper: Shipper)],
        start: ContinuousClock.Instant
    ) async -> (failure: RunError?, isWhole: Bool) {
        let pacer = Pacer(pace, simulatedStart: source.start)
        let run = source.name
        watch?.began(start, source.start)
        var batches = BatchMerger(
            routes.map { ($0.log, pacer.limit(most: limit.within($0.destination.sink.limit))) })
        var index = 0
        var sequence = 0
        /// Gives false when there is no use in going on.
        func submit(_ cuts: [CutBatch]) async -> Bool {
            for cut in cuts {
                guard let route = routes.first(where: { $0.log == cut.log }),
                    let shipper = shippers.first(where: { $0.destination == route.destination })?.shipper
                else { continue }
                let batch = Batch(
                    identity: BatchIdentity(
                        run: run, log: cut.log.rawValue, first: cut.records[0].ordinal, count: cut.records.count),
                    records: cut.records, bytes: cut.bytes, sequence: sequence,
                    due: pacer.due(firstRecord: index, at: cut.closed).map { start + $0 })
                index += batch.count
                sequence += 1
                guard await shipper.submit(batch), !Task.isCancelled, !stop.isStopped else { return false }
                watch?.reached(cut.logged)
            }
            return true
        }
        do {
            while !Task.isCancelled, !stop.isStopped, let chunk = try await source.next() {
                guard await submit(batches.take(chunk)) else { return (nil, false) }
            }
            guard !Task.isCancelled, !stop.isStopped else { return (nil, false) }
            return (nil, await submit(batches.finish()))
        } catch {
            return (error, false)
        }
    }
}
