import ByteText
import LogFormats
import ScenarioSpec
public import SimTime
public import Simulation
public import TailnetModel

/// The form of each log's records.
public struct Channels: Sendable, Hashable {
    private var configuration: Channel
    private var network: Channel

    /// Makes one form for both logs.
    public init(_ both: Channel) {
        configuration = both
        network = both
    }

    /// The form of one log.
    public subscript(log: LogKind) -> Channel {
        get { log == .configuration ? configuration : network }
        set {
            switch log {
            case .configuration: configuration = newValue
            case .network: network = newValue
            }
        }
    }
}

/// What to produce of a scenario.
public struct ProductionOptions: Sendable {
    /// The stretch of `logged`; records at its start are in, those at its end are not.
    public var window: TimeWindow
    public var logs: [LogKind]
    /// The form of each log's records.
    public var channels: Channels
    public var withAnomalies: Bool
    /// How many tasks work at a time; the bytes do not depend on it.
    public var threads: Int
    /// What digests records; nil for none.
    public var hash: RecordHash?
    /// Whether each labelled record gets a field with its incidents.
    public var withMarks: Bool
    /// Which part of the nodes.
    public var shard: Shard

    /// Makes options; everything but the window has a default.
    public init(
        window: TimeWindow, logs: [LogKind] = LogKind.allCases, channels: Channels = Channels(.object),
        withAnomalies: Bool = true,
        threads: Int = 1, hash: RecordHash? = nil, withMarks: Bool = false, shard: Shard = .whole
    ) {
        self.window = window
        self.logs = logs
        self.channels = channels
        self.withAnomalies = withAnomalies
        self.threads = threads
        self.hash = hash
        self.withMarks = withMarks
        self.shard = shard
    }
}

/// Produces a scenario's records as text, one step of time after another, from any instant on.
public final class Production {
    public let world: World
    public let options: ProductionOptions
    private let timeline: AuditTimeline
    private let workers: [LaneWorker]
    /// The workers whose lanes are recorded.
    private let recorders: [LaneWorker]
    private let writers: [StretchWriter]
    private let parallel: Parallel
    private let ranks: [UInt32]
    private let stepLength: TimeSpan
    /// The step that comes next; steps do not cross slices.
    private var step: TimeWindow
    /// The names of all incidents as JSON.
    private let names: [String]
    /// Whether there is a network log: a tailnet may have flow logging switched off.
    private let hasFlows: Bool
    /// The audit records of the slice that are still to come, the next one last.
    private var audit: [TimelineRecord] = []
    private var auditText = EncodedRecords()
    private var order = StepOrder()
    /// The records of the step that is being handed out, in the log's order.
    private var due: [StepRecord] = []
    /// What is still to be handed out of the step.
    private var rest: Rest?
    /// How many bytes a record of the last piece had.
    private var bytesPerRecord = 1_024

    /// Makes a production.
    public init(world: World, options: ProductionOptions) {
        self.world = world
        self.options = options
        timeline = AuditTimeline(world: world, withAnomalies: options.withAnomalies)
        names = world.plan.anomalies.map(\.id.jsonQuoted)
        hasFlows = options.logs.contains(.network) && world.writesFlows(in: options.window)
        let nodeCount = world.plan.nodes.count
        let lanes = hasFlows ? World.laneCount : 0
        parallel = Parallel(threads: min(max(1, options.threads), max(1, lanes)))
        let length = Production.steps.first { nodeCount <= $0.nodes }?.length ?? .seconds(30)
        stepLength =
            parallel.threads == 1 || nodeCount > Production.mostForSharedStep
            ? length : max(length, Production.sharedStep)
        ranks = hasFlows ? world.ranks : []
        workers = (0..<lanes).map { lane in
            LaneWorker(
                world: world, lane: lane, window: options.window, withAnomalies: options.withAnomalies,
                isRecorded: options.shard.contains(lane: lane))
        }
        recorders = workers.filter(\.isRecorded)
        if hasFlows {
            let directory = NodeDirectory(nodes: world.faceNodes, users: world.plan.users)
            let channel = options.channels[.network]
            let marks = options.withMarks ? names : nil
            writers = (0..<parallel.threads).map { _ in
                StretchWriter(directory: directory, channel: channel, hash: options.hash, marks: marks)
            }
        } else {
            writers = []
        }
        // Audit records need no looking back.
        let first =
            hasFlows
            ? FlowLane.firstSlice(for: options.window).start : options.window.start.floored(to: World.sliceLength)
        step = TimeWindow(start: first, end: first + stepLength)
    }

    /// Steps that divide a slice, by the most nodes that have them.
    ///
    /// Small tailnets, in which little happens, have long ones; so have large ones, since what is known of a node is then
    /// brought near once for several of its windows.
    private static let steps: [(nodes: Int, length: TimeSpan)] = [
        (20, .minutes(5)), (100, .minutes(1)), (2_000, .seconds(15)),
    ]
    /// Several threads meet at every step, which takes them some time: they have longer ones where these are not large anyway.
    private static let sharedStep = TimeSpan.minutes(1)
    private static let mostForSharedStep = 5_000

    /// The rest of a step: what its records are written from, and how many of them have been.
    private struct Rest {
        var step: TimeWindow
        /// The part of the step that is wanted and still to come.
        var window: TimeWindow
        var source: StretchWriter.Source?
        var written = 0
    }

    /// The next stretch of time with what is logged in it; nil at the end of the window.
    public func next() async -> TimeSlice? {
        while true {
            if let piece = await nextPiece() { return piece }
            guard step.start < options.window.end else { return nil }
            let current = step
            step = TimeWindow(start: current.end, end: current.end + stepLength)
            if current.start.floored(to: World.sliceLength) == current.start { await begin(current.start) }
            let source = hasFlows ? await recorded(current) : nil
            let wanted = TimeWindow(
                start: max(current.start, options.window.start), end: min(current.end, options.window.end))
            if wanted.start < wanted.end { rest = Rest(step: current, window: wanted, source: source) }
        }
    }

    /// The next piece of the step: as much text as stays in the cache until it is written away.
    private func nextPiece() async -> TimeSlice? {
        guard var current = rest else { return nil }
        let count = current.source?.order.count ?? 0
        let bytes = parallel.threads == 1 ? Production.pieceBytes : Production.sharedPieceBytes * parallel.threads
        var end = min(count, current.written + max(1, bytes / bytesPerRecord))
        // Records that are logged at the same instant stay together.
        while end < count, end > 0, due[end].offset == due[end - 1].offset { end += 1 }
        let range = current.written..<end
        var window = current.window
        if end < count { window.end = current.step.start + .nanoseconds(Int64(due[end].offset)) }
        var chunks: [Chunk] = []
        if options.logs.contains(.configuration) { chunks.append(auditChunk(before: window.end)) }
        if let source = current.source { chunks.append(contentsOf: await flowChunks(source, range)) }
        current.written = end
        current.window.start = window.end
        rest = end < count ? current : nil
        return TimeSlice(window: window, chunks: chunks)
    }

    /// How much text a piece has, about: with the one before it, it stays in a core's cache.
    private static let pieceBytes = 1 << 18
    /// How much it has for each of several threads, which are not worth waking for less.
    private static let sharedPieceBytes = 1 << 21

    /// Hands every piece to `body`; with more than one thread, the next one is made while `body` is at work.
    public func forEachSlice<Failure: Error>(
        _ body: (TimeSlice) async throws(Failure) -> Void
    ) async throws(Failure) {
        guard options.threads > 1 else {
            while let slice = await next() { try await body(slice) }
            return
        }
        let producer = Producer(production: self)
        var slice = await next()
        while let current = slice {
            let following = Task { await producer.production.next() }
            do { try await body(current) } catch {
                // The production is this function's own until the step is made.
                _ = await following.value
                throw error
            }
            slice = await following.value
        }
    }

    /// Carries a production into the one task that uses it at a time.
    private struct Producer: @unchecked Sendable {
        let production: Production
    }

    /// Gets ready for the slice that begins at `start`: its sessions, its audit records.
    private func begin(_ start: Instant) async {
        let slice = TimeWindow(start: start, end: start + World.sliceLength)
        if hasFlows {
            let workers = workers
            let recorders = recorders
            let posts = await parallel.map(workers.count) { workers[$0].makeSessions(slice) }
            await parallel.forEach(recorders.count) { recorders[$0].receive(posts, of: slice) }
        }
        let wanted = TimeWindow(
            start: max(slice.start, options.window.start), end: min(slice.end, options.window.end))
        // The configuration log lies in lane 0.
        guard options.logs.contains(.configuration), options.shard.contains(lane: 0), wanted.start < wanted.end else {
            return
        }
        audit = timeline.records(loggedIn: wanted).reversed()
    }

    private func auditChunk(before end: Instant) -> Chunk {
        let channel = options.channels[.configuration]
        auditText.removeAll()
        var chunk = Chunk(log: .configuration)
        swap(&chunk.text, &auditText)
        while let record = audit.last, record.logged < end {
            audit.removeLast()
            AuditEventCodec.encode(record.event, channel: channel, into: &chunk.text)
            guard let anomaly = record.anomaly else { continue }
            if options.withMarks { chunk.markLast([names[anomaly]], channel: channel) }
            chunk.auditLabels.append((chunk.text.records.count - 1, record))
        }
        if let hash = options.hash { chunk.addDigests(hash) }
        auditText = chunk.text
        return chunk
    }

    /// Records a step and brings the lanes' records into one order.
    private func recorded(_ step: TimeWindow) async -> StretchWriter.Source {
        let recorders = recorders
        // A step of few records is over before other threads are awake.
        let isSmall = due.count < Production.fewestForThreads
        await parallel.forEach(recorders.count, alone: isSmall) { recorders[$0].run(step) }
        return sorted(step)
    }

    /// Writes some of a step's records in stretches, one a thread.
    private func flowChunks(_ source: StretchWriter.Source, _ range: Range<Int>) async -> [Chunk] {
        let writers = writers
        let count = range.count
        let stretches = count < Production.fewestForThreads ? 1 : writers.count
        let chunks = await parallel.map(stretches) { index in
            writers[index].write(
                source,
                range.lowerBound + count * index / stretches..<range.lowerBound + count * (index + 1) / stretches)
        }
        if count > 0 { bytesPerRecord = max(1, chunks.reduce(0) { $0 + $1.bytes.count } / count) }
        return chunks
    }

    /// Steps with fewer records are left to one thread.
    private static let fewestForThreads = 128

    /// The step's records of all lanes, by `logged` and then by node.
    private func sorted(_ step: TimeWindow) -> StretchWriter.Source {
        var labels: [FlowRecordPlace: FlowLabel] = [:]
        due.removeAll(keepingCapacity: true)
        for worker in workers {
            due += worker.due
            worker.forEachLabel { labels[$0] = $1 }
        }
        let batches = FlowBatches(workers.flatMap(\.batches))
        order.sort(&due, length: UInt64(step.length.nanoseconds)) { [ranks] left, right in
            let first = batches.head(left)
            let second = batches.head(right)
            return (ranks[Int(first.node)], first.start) < (ranks[Int(second.node)], second.start)
        }
        var source = StretchWriter.Source(batches: batches, order: due.map(\.place), labels: labels)
        if recorders.contains(where: { !$0.missing.labels.isEmpty }) {
            source.missing = MissingRecords(recorders.map(\.missing), among: source, ranks: ranks)
        }
        return source
    }
}
