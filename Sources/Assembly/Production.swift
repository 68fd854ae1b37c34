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
    private var due: [StepRecord] = []

    /// Makes a production.
    public init(world: World, options: ProductionOptions) {
        self.world = world
        self.options = options
        timeline = AuditTimeline(world: world, withAnomalies: options.withAnomalies)
        names = world.plan.anomalies.map(\.id.jsonQuoted)
        hasFlows = options.logs.contains(.network) && world.writesFlows(in: options.window)
        let nodeCount = world.plan.nodes.count
        stepLength =
            Production.steps.first { nodeCount <= $0.nodes }?.length ?? .seconds(1)
        let lanes = hasFlows ? World.laneCount : 0
        parallel = Parallel(threads: min(max(1, options.threads), max(1, lanes)))
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

    /// Steps that divide a slice, by the most nodes that have them: a step's windows stay in the cache, and small
    /// tailnets, in which little happens, have long ones.
    private static let steps: [(nodes: Int, length: TimeSpan)] = [
        (20, .minutes(5)), (100, .minutes(1)), (6_666, .seconds(15)), (20_000, .seconds(5)), (33_333, .seconds(3)),
    ]

    /// The next step with what is logged in it; nil at the end of the window.
    public func next() async -> TimeSlice? {
        while step.start < options.window.end {
            let current = step
            step = TimeWindow(start: current.end, end: current.end + stepLength)
            if current.start.floored(to: World.sliceLength) == current.start { await begin(current.start) }
            let network = hasFlows ? await flowChunks(current) : []
            let wanted = TimeWindow(
                start: max(current.start, options.window.start), end: min(current.end, options.window.end))
            guard wanted.start < wanted.end else { continue }
            var chunks: [Chunk] = []
            if options.logs.contains(.configuration) { chunks.append(auditChunk(before: wanted.end)) }
            chunks.append(contentsOf: network)
            return TimeSlice(window: wanted, chunks: chunks)
        }
        return nil
    }

    /// Hands every step to `body`; with more than one thread, the next step is made while `body` is at work.
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
            await parallel.forEach(recorders.count) { recorders[$0].receive(posts) }
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

    /// Records a step, brings the lanes' records into one order, and writes that in stretches, one a thread.
    private func flowChunks(_ step: TimeWindow) async -> [Chunk] {
        let recorders = recorders
        // A step of few records is over before other threads are awake.
        let isSmall = due.count < Production.fewestForThreads
        await parallel.forEach(recorders.count, alone: isSmall) { recorders[$0].run(step) }
        let source = sorted(step)
        let writers = writers
        let count = source.order.count
        let stretches = count < Production.fewestForThreads ? 1 : writers.count
        return await parallel.map(stretches) { index in
            writers[index].write(source, count * index / stretches..<count * (index + 1) / stretches)
        }
    }

    /// Steps with fewer records are left to one thread.
    private static let fewestForThreads = 128

    /// The step's records of all lanes, by `logged` and then by node.
    private func sorted(_ step: TimeWindow) -> StretchWriter.Source {
        var source = StretchWriter.Source(batches: [], order: [], labels: [:])
        due.removeAll(keepingCapacity: true)
        for worker in workers {
            source.batches += worker.batches
            due += worker.due
            worker.forEachLabel { source.labels[$0] = $1 }
        }
        let batches = source.batches
        order.sort(&due, length: UInt64(step.length.nanoseconds)) { [ranks] left, right in
            let first = batches[Int(left.batch)].heads[Int(left.record)]
            let second = batches[Int(right.batch)].heads[Int(right.record)]
            return (ranks[Int(first.node)], first.start) < (ranks[Int(second.node)], second.start)
        }
        source.order = due.map(\.place)
        if recorders.contains(where: { !$0.missing.labels.isEmpty }) {
            source.missing = MissingRecords(recorders.map(\.missing), among: source, ranks: ranks)
        }
        return source
    }
}
