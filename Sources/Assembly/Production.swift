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

    /// Makes options; everything but the window has a default.
    public init(
        window: TimeWindow, logs: [LogKind] = LogKind.allCases, channels: Channels = Channels(.object),
        withAnomalies: Bool = true,
        threads: Int = 1, hash: RecordHash? = nil, withMarks: Bool = false
    ) {
        self.window = window
        self.logs = logs
        self.channels = channels
        self.withAnomalies = withAnomalies
        self.threads = threads
        self.hash = hash
        self.withMarks = withMarks
    }
}

/// Produces a scenario's records as text, one step of time after another, from any instant on.
public final class Production {
    public let world: World
    public let options: ProductionOptions
    private let timeline: AuditTimeline
    private let workers: [LaneWorker]
    /// The step that comes next; steps do not cross slices.
    private var step: TimeWindow
    private let ids: [String]
    /// Whether there is a network log: a tailnet may have flow logging switched off.
    private let hasFlows: Bool
    /// The audit records of the slice that are still to come, the next one last.
    private var audit: [TimelineRecord] = []

    /// Makes a production.
    public init(world: World, options: ProductionOptions) {
        self.world = world
        self.options = options
        timeline = AuditTimeline(world: world, withAnomalies: options.withAnomalies)
        let first = FlowLane.firstSlice(for: options.window).start
        step = TimeWindow(start: first, end: first + World.stepLength)
        ids = world.plan.anomalies.map(\.id)
        hasFlows = options.logs.contains(.network) && world.plan.tailnet.settings.networkFlowLoggingOn
        guard hasFlows else {
            workers = []
            // Audit records need no looking back.
            let first = options.window.start.floored(to: World.sliceLength)
            step = TimeWindow(start: first, end: first + World.stepLength)
            return
        }
        let directory = NodeDirectory(nodes: world.plan.nodes, users: world.plan.users)
        let ranks = world.ranks
        workers = (0..<World.laneCount).map { lane in
            LaneWorker(
                world: world, lane: lane, window: options.window, withAnomalies: options.withAnomalies,
                directory: directory, channel: options.channels[.network], ranks: ranks,
                hash: options.withMarks ? nil : options.hash)
        }
    }

    /// The next step with what is logged in it; nil at the end of the window.
    public func next() async -> TimeSlice? {
        while step.start < options.window.end {
            let current = step
            step = TimeWindow(start: current.end, end: current.end + World.stepLength)
            if current.start.floored(to: World.sliceLength) == current.start { await begin(current.start) }
            let network = hasFlows ? await flowChunk(current) : nil
            let wanted = TimeWindow(
                start: max(current.start, options.window.start), end: min(current.end, options.window.end))
            guard wanted.start < wanted.end else { continue }
            var chunks: [Chunk] = []
            if options.logs.contains(.configuration) { chunks.append(auditChunk(before: wanted.end)) }
            if let network { chunks.append(network) }
            return TimeSlice(window: wanted, chunks: chunks)
        }
        return nil
    }

    /// Gets ready for the slice that begins at `start`: its sessions, its audit records.
    private func begin(_ start: Instant) async {
        let slice = TimeWindow(start: start, end: start + World.sliceLength)
        if hasFlows {
            let posts = await inParallel { $0.makeSessions(slice) }
            _ = await inParallel { worker -> Bool in
                worker.receive(posts)
                return true
            }
        }
        let wanted = TimeWindow(
            start: max(slice.start, options.window.start), end: min(slice.end, options.window.end))
        guard options.logs.contains(.configuration), wanted.start < wanted.end else { return }
        audit = timeline.records(loggedIn: wanted).reversed()
    }

    private func auditChunk(before end: Instant) -> Chunk {
        var chunk = Chunk(log: .configuration)
        while let record = audit.last, record.logged < end {
            audit.removeLast()
            let offset = chunk.bytes.count
            AuditEventCodec.encode(record.event, channel: options.channels[.configuration], into: &chunk.bytes)
            if let anomaly = record.anomaly {
                if options.withMarks { mark(&chunk, [anomaly]) }
                chunk.auditLabels.append((chunk.records.count, record))
            }
            chunk.bytes.append(UInt8(ascii: "\n"))
            chunk.records.append(
                ChunkRecord(
                    logged: record.logged, offset: UInt32(offset), length: UInt32(chunk.bytes.count - offset)))
        }
        addDigests(to: &chunk)
        return chunk
    }

    private func flowChunk(_ step: TimeWindow) async -> Chunk {
        _ = await inParallel { worker -> Bool in
            worker.run(step)
            return true
        }
        return merge()
    }

    /// Lets every worker do something, spread over the production's threads; gives the results in the workers' order.
    private func inParallel<Result: Sendable>(_ work: @escaping @Sendable (LaneWorker) -> Result) async -> [Result] {
        let threads = max(1, min(options.threads, workers.count))
        if threads == 1 { return workers.map(work) }
        let workers = self.workers
        return await withTaskGroup(of: [(Int, Result)].self) { group in
            for thread in 0..<threads {
                group.addTask {
                    stride(from: thread, to: workers.count, by: threads).map { ($0, work(workers[$0])) }
                }
            }
            var results: [(Int, Result)] = []
            for await part in group { results.append(contentsOf: part) }
            return results.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// Brings the lanes' records into one order, by `logged` and then by node.
    private func merge() -> Chunk {
        var chunk = Chunk(log: .network)
        var items: [LaneWorker.Item] = []
        items.reserveCapacity(workers.reduce(0) { $0 + $1.due.count })
        var size = 0
        for worker in workers {
            items.append(contentsOf: worker.due)
            size += worker.due.reduce(0) { $0 + Int($1.length) }
            chunk.digests.add(worker.digests)
        }
        items.sort(by: LaneWorker.Item.precedes)
        chunk.bytes.reserveCapacity(size)
        chunk.records.reserveCapacity(items.count)
        for item in items {
            let worker = workers[Int(item.lane)]
            let offset = chunk.bytes.count
            worker.withText(of: item) { chunk.bytes.append(contentsOf: $0) }
            if let label = worker.takeLabel(item.label) {
                if options.withMarks {
                    chunk.bytes.removeLast()
                    mark(&chunk, label.anomalies)
                    chunk.bytes.append(UInt8(ascii: "\n"))
                }
                chunk.flowLabels.append((chunk.records.count, label))
            }
            chunk.records.append(
                ChunkRecord(
                    logged: Instant(nanoseconds: item.logged), offset: UInt32(offset),
                    length: UInt32(chunk.bytes.count - offset)))
        }
        if options.withMarks { addDigests(to: &chunk) }
        return chunk
    }

    private func addDigests(to chunk: inout Chunk) {
        guard let hash = options.hash else { return }
        for record in chunk.records {
            let range = Int(record.offset)..<Int(record.offset + record.length) - 1
            chunk.bytes.withUnsafeBytes { bytes in
                chunk.digests.add(hour: record.logged.hour, hash(UnsafeRawBufferPointer(rebasing: bytes[range])))
            }
        }
    }

    /// Adds the incidents' names to the record at the end of `bytes`: at its top level, or among an envelope's fields.
    private func mark(_ chunk: inout Chunk, _ anomalies: [Int]) {
        let braces = options.channels[chunk.log] == .stream ? 2 : 1
        let names = anomalies.map { ids[$0].jsonQuoted }.joined(separator: ",")
        let field = ",\"mocktailIncidents\":[\(names)]"
        chunk.bytes.insert(contentsOf: Array(field.utf8), at: chunk.bytes.count - braces)
    }
}
