import Assembly
public import Delivery
public import LoadTest
import NIOCore
import SimTime
public import TailnetModel

/// Delivers records to receivers at a pace, and accounts for every one of them.
public struct Replay: Sendable {
    /// Which receiver gets which log.
    public var routes: [(log: LogKind, destination: Destination)]
    public var pace: Pace
    public var options: ShipperOptions
    public var limit: BatchLimit

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

    /// Delivers everything that a source has, or what it has until the task is cancelled.
    ///
    /// - Parameter progress: is called a few times a second with the account so far.
    /// - Throws: `RunError` where the source fails or a destination cannot be opened; what happened to records that were
    ///   already on their way is then in the error's text.
    public func run(
        _ source: some RecordSource, progress: @Sendable @escaping (Account) -> Void
    ) async throws(RunError) -> RunReport {
        var source = source
        let latency = LatencyRecorder(pace: pace)
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
        let reporter = Task {
            while !Task.isCancelled {
                try? await Task.sleep(for: .milliseconds(250))
                progress(all.reduce(into: Account()) { $0 += $1.account })
            }
        }
        let failure = await submitAll(&source, to: shippers, start: start)
        var account = Account()
        var closing: RunError?
        for shipper in all {
            if Task.isCancelled || failure != nil { shipper.cancel() }
            do { account += try await shipper.finish() } catch {
                account += shipper.account
                closing = RunError(.run, error.description)
            }
        }
        reporter.cancel()
        progress(account)
        let report = RunReport(account: account, elapsed: ContinuousClock.now - start, latency: latency.report)
        if let error = failure ?? closing { throw RunError(error.cause, "\(error)\n\(report.text)") }
        return report
    }

    private func submitAll(
        _ source: inout some RecordSource, to shippers: [(destination: Destination, shipper: Shipper)],
        start: ContinuousClock.Instant
    ) async -> RunError? {
        let pacer = Pacer(pace, simulatedStart: source.start)
        let limit = pacer.limit(most: limit)
        var index = 0
        var sequence = 0
        do {
            while !Task.isCancelled, let slice = try await source.next() {
                var cuts: [Cut] = slice.chunks.flatMap { cut($0, limit) }
                // Both logs travel in the order of their time.
                cuts.sort { ($0.logged, $0.log.rawValue) < ($1.logged, $1.log.rawValue) }
                for cut in cuts {
                    guard let route = routes.first(where: { $0.log == cut.log }),
                        let shipper = shippers.first(where: { $0.destination == route.destination })?.shipper
                    else { continue }
                    let due = pacer.due(firstRecord: index, at: cut.logged).map { start + $0 }
                    let batch = Batch(bytes: cut.bytes, lengths: cut.lengths, sequence: sequence, due: due)
                    index += batch.count
                    sequence += 1
                    guard await shipper.submit(batch), !Task.isCancelled else { return nil }
                }
            }
            return nil
        } catch {
            return error
        }
    }

    /// A batch to be.
    private struct Cut {
        var log: LogKind
        var logged: Instant
        var bytes: ByteBuffer
        var lengths: [UInt32]
    }

    /// Cuts a chunk into batches that keep to the limit.
    private func cut(_ chunk: Chunk, _ limit: BatchLimit) -> [Cut] {
        var cuts: [Cut] = []
        let whole = ByteBuffer(bytes: chunk.bytes)
        var first = 0
        while first < chunk.records.count {
            var next = first
            var size = 0
            var lengths: [UInt32] = []
            let begin = chunk.records[first]
            while next < chunk.records.count {
                let record = chunk.records[next]
                let length = Int(record.length) - 1
                guard
                    limit.admits(
                        length: length, count: lengths.count, size: size, after: record.logged - begin.logged)
                else { break }
                lengths.append(UInt32(length))
                size += length + 1
                next += 1
            }
            if let bytes = whole.getSlice(at: Int(begin.offset), length: size) {
                cuts.append(Cut(log: chunk.log, logged: begin.logged, bytes: bytes, lengths: lengths))
            }
            first = next
        }
        return cuts
    }
}
