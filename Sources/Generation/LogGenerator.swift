import TailnetModel
import ScenarioSpec
import Truth
import LogFormats
import SimTime
public import Simulation

/// Produces a scenario's records as text, one step of time after another, from any instant on.
public final class LogGenerator {
    public let world: World
    public let options: GeneratorOptions
    private let timeline: AuditTimeline
    /// The lanes of the network log; nil where there is none: a tailnet may have flow logging switched off.
    private let lanes: LaneSet?
    private let encoders: [Guarded<RangeEncoder>]
    private let parallel: Parallel
    private let ranks: [UInt32]
    private let stepLength: TimeSpan
    /// The step that comes next; steps do not cross buckets.
    private var step: TimeWindow
    /// The names of all incidents.
    private let names: [String]
    /// The audit records of the bucket that are still to come, the next one last.
    private var audit: [TimelineRecord] = []
    private var auditText = EncodedRecords()
    private var order = StepOrder()
    /// The records of the step that is being handed out, in the log's order.
    private var due: [StepRecord] = []
    /// What is still to be handed out of the step.
    private var rest: Rest?
    /// How many bytes a record of the last chunk had.
    private var bytesPerRecord = 1_024

    /// Makes a generator of a world's records.
    public init(world: World, options: GeneratorOptions) {
        self.world = world
        self.options = options
        timeline = AuditTimeline(world: world, withIncidents: options.withIncidents)
        names = world.plan.incidents.map(\.id)
        let hasFlows = options.logs.contains(.network) && world.writesFlows(in: options.window)
        let nodeCount = world.plan.nodes.count
        parallel = Parallel(threads: hasFlows ? min(options.threads, World.laneCount) : 1)
        let length = world.shortestStep
        stepLength =
            parallel.threads == 1 || nodeCount > LogGenerator.mostForSharedStep
            ? length : max(length, LogGenerator.sharedStep)
        ranks = hasFlows ? world.ranks : []
        if hasFlows {
            lanes = LaneSet(
                world: world, window: options.window, withIncidents: options.withIncidents, parallel: parallel,
                isRecorded: options.shard.contains(lane:))
            let directory = NodeDirectory(nodes: world.versionNodes, users: world.plan.users)
            let channel = options.channels[.network]
            let marks = options.withMarks ? names : nil
            encoders = (0..<parallel.threads).map { _ in
                Guarded(RangeEncoder(directory: directory, channel: channel, hash: options.hash, marks: marks))
            }
        } else {
            lanes = nil
            encoders = []
        }
        // Audit records need no looking back.
        let first =
            hasFlows
            ? LaneSet.firstBucket(for: options.window).start : options.window.start.floored(to: World.bucketLength)
        step = TimeWindow(start: first, end: first + stepLength)
    }

    /// Several threads meet at every step, which takes them some time: they have longer ones where these are not large anyway.
    private static let sharedStep = TimeSpan.minutes(1)
    private static let mostForSharedStep = 5_000

    /// The rest of a step: what its records are written from, and how many of them have been.
    private struct Rest {
        var step: TimeWindow
        /// The part of the step that is wanted and still to come.
        var window: TimeWindow
        var source: RangeEncoder.Source?
        var written = 0
    }

    /// The next range of time with what is logged in it; nil at the end of the window.
    public func next() async -> LogChunk? {
        while true {
            if let chunk = await nextChunkOfStep() { return chunk }
            guard step.start < options.window.end else { return nil }
            let current = step
            step = TimeWindow(start: current.end, end: current.end + stepLength)
            if current.start.floored(to: World.bucketLength) == current.start { beginAudit(current.start) }
            var source: RangeEncoder.Source?
            if let lanes { source = sorted(await lanes.step(current), of: current) }
            let wanted = TimeWindow(
                start: max(current.start, options.window.start), end: min(current.end, options.window.end))
            if wanted.start < wanted.end { rest = Rest(step: current, window: wanted, source: source) }
        }
    }

    /// The next chunk of the step: as much text as stays in the cache until it is written away.
    private func nextChunkOfStep() async -> LogChunk? {
        guard var current = rest else { return nil }
        let count = current.source?.order.count ?? 0
        let bytes = parallel.threads == 1 ? LogGenerator.chunkBytes : LogGenerator.sharedChunkBytes * parallel.threads
        var end = min(count, current.written + max(1, bytes / bytesPerRecord))
        // Records that are logged at the same instant stay together.
        while end < count, end > 0, due[end].offset == due[end - 1].offset { end += 1 }
        let range = current.written..<end
        var window = current.window
        if end < count { window.end = current.step.start + .nanoseconds(Int64(due[end].offset)) }
        var parts: [LogPart] = []
        if options.logs.contains(.configuration) { parts.append(auditPart(before: window.end)) }
        if let source = current.source { parts.append(contentsOf: await flowParts(source, range)) }
        current.written = end
        current.window.start = window.end
        rest = end < count ? current : nil
        return LogChunk(window: window, parts: parts)
    }

    /// How much text a chunk has, about: with the one before it, it stays in a core's cache.
    private static let chunkBytes = 1 << 18
    /// How much it has for each of several threads, which are not worth waking for less.
    private static let sharedChunkBytes = 1 << 21

    /// Hands every chunk to `body`; with more than one thread, the next one is made while `body` is at work.
    public func forEachChunk<Failure: Error>(
        _ body: (LogChunk) async throws(Failure) -> Void
    ) async throws(Failure) {
        guard options.threads > 1 else {
            while let chunk = await next() { try await body(chunk) }
            return
        }
        let producer = Producer(generator: self)
        var chunk = await next()
        while let current = chunk {
            let following = Task { await producer.generator.next() }
            do { try await body(current) } catch {
                // The generator is this function's own until the step is made.
                _ = await following.value
                throw error
            }
            chunk = await following.value
        }
    }

    /// Carries the generator into the one task that uses it at a time: while it is at work, this function only waits.
    private struct Producer: @unchecked Sendable {
        let generator: LogGenerator
    }

    /// Gets the audit records of the bucket that begins at `start`.
    private func beginAudit(_ start: Instant) {
        let bucket = TimeWindow(start: start, end: start + World.bucketLength)
        let wanted = TimeWindow(
            start: max(bucket.start, options.window.start), end: min(bucket.end, options.window.end))
        // The configuration log lies in lane 0.
        guard options.logs.contains(.configuration), options.shard.contains(lane: 0), wanted.start < wanted.end else {
            return
        }
        audit = timeline.records(loggedIn: wanted).reversed()
    }

    private func auditPart(before end: Instant) -> LogPart {
        let channel = options.channels[.configuration]
        auditText.removeAll()
        var part = LogPart(log: .configuration)
        swap(&part.text, &auditText)
        while let record = audit.last, record.logged < end {
            audit.removeLast()
            AuditEventCodec.encode(record.event, channel: channel, into: &part.text)
            guard let incident = record.incident else { continue }
            if options.withMarks { part.markLast([names[incident]], channel: channel) }
            part.auditLabels.append((part.text.records.count - 1, record))
        }
        if let hash = options.hash { part.addDigests(hash) }
        auditText = part.text
        return part
    }

    /// Writes some of a step's records, a range of them in each thread.
    private func flowParts(_ source: RangeEncoder.Source, _ range: Range<Int>) async -> [LogPart] {
        let count = range.count
        let ranges = count < LogGenerator.fewestForThreads ? 1 : encoders.count
        let parts = await parallel.map(ranges) { [encoders] index in
            let first = range.lowerBound + count * index / ranges
            let end = range.lowerBound + count * (index + 1) / ranges
            return encoders[index].with { $0.write(source, first..<end) }
        }
        if count > 0 { bytesPerRecord = max(1, parts.reduce(0) { $0 + $1.bytes.count } / count) }
        return parts
    }

    /// Steps with fewer records are left to one thread.
    private static let fewestForThreads = 128

    /// The step's records of all lanes, by `logged` and then by node.
    private func sorted(_ lanes: [LaneStep], of step: TimeWindow) -> RangeEncoder.Source {
        var labels: [FlowRecordPlace: FlowLabel] = [:]
        due.removeAll(keepingCapacity: true)
        for lane in lanes {
            due += lane.due
            lane.forEachLabel { labels[$0] = $1 }
        }
        let batches = FlowBatches(lanes.flatMap(\.batches))
        order.sort(&due, length: UInt64(step.length.nanoseconds)) { [ranks] left, right in
            let first = batches.head(left)
            let second = batches.head(right)
            return (ranks[Int(first.node)], first.start) < (ranks[Int(second.node)], second.start)
        }
        var source = RangeEncoder.Source(batches: batches, order: due.map(\.place), labels: labels)
        if lanes.contains(where: { !$0.missing.labels.isEmpty }) {
            source.missing = MissingRecords(lanes.map(\.missing), among: source, ranks: ranks)
        }
        return source
    }
}
