import Chance
public import SimTime
public import TailnetModel

/// Sessions on their way from the lanes that make them to the lanes whose nodes take part.
public struct SessionPost: Sendable {
    /// The sessions for each lane.
    fileprivate var byLane: [[Session]]
}

/// The recorders of a fixed part of the nodes, working one slice of time after another.
///
/// A lane is not thread-safe; whoever runs lanes in parallel gives each to one thread at a time, and lets all lanes make
/// their sessions of a slice before any records it:
///
///     posts = lanes.map { $0.makeSessions(slice) }
///     for lane in lanes { lane.receive(posts) }
///     for step in steps of the slice { for lane in lanes { lane.record(until: step.end) } }
public final class FlowLane {
    private let world: World
    private let lane: UInt32
    /// The stretch of `logged` that is wanted.
    private let window: TimeWindow
    private let maker: SessionMaker
    private var recorders: [Recorder] = []
    private var builder: RecordBuilder
    private var contributions: [Contribution] = []
    private var expected = FlowRecordBatch()
    private var isOpen = false

    /// The step's records: those of windows that end in it, whatever their `logged` (always in the wanted window).
    public private(set) var batch = FlowRecordBatch()
    /// The step's labels, in the order of the records.
    public private(set) var labels: [FlowLabel] = []

    /// Makes lane number `lane` of a world for records that are logged in `window`.
    ///
    /// - Parameter withAnomalies: false for the run as it would be without any.
    public init(world: World, lane: Int, window: TimeWindow, withAnomalies: Bool) {
        self.world = world
        self.lane = UInt32(lane)
        self.window = window
        maker = SessionMaker(world: world, withAnomalies: withAnomalies)
        builder = RecordBuilder(world: world)
        let start = FlowLane.firstSlice(for: window).start.nanoseconds
        for index in world.nodes.indices where Int(world.nodes[index].lane) == lane {
            let grid = WindowGrid(key: world.nodes[index].key.key("grid"), at: start)
            recorders.append(Recorder(node: UInt32(index), grid: grid))
        }
    }

    /// The slice with which a run begins that wants the records logged in `window`.
    ///
    /// It lies as far back as the longest delay, so that late records are not missed.
    public static func firstSlice(for window: TimeWindow) -> TimeWindow {
        let lookBack = TimeSpan.nanoseconds(WindowGrid.longestDelay + 2 * WindowGrid.longestWindow)
        let start = (window.start - lookBack).floored(to: World.sliceLength)
        return TimeWindow(start: start, end: start + World.sliceLength)
    }

    /// Makes the sessions of this lane's sources that start in `slice`; the first time, also those still open.
    public func makeSessions(_ slice: TimeWindow) -> SessionPost {
        var post = SessionPost(byLane: [[Session]](repeating: [], count: World.laneCount))
        let send: (Session) -> Void = { [world] session in
            let source = Int(world.nodes[Int(session.source)].lane)
            post.byLane[source].append(session)
            guard session.fate != .unanswered else { return }
            let target = Int(world.nodes[Int(session.target)].lane)
            if target != source { post.byLane[target].append(session) }
        }
        if !isOpen {
            isOpen = true
            maker.makeOpenSessions(lane: lane, before: slice.start, sink: send)
        }
        maker.makeSessions(lane: lane, window: slice, sink: send)
        return post
    }

    /// Takes the sessions of a slice from the posts of all lanes.
    public func receive(_ posts: [SessionPost]) {
        for post in posts {
            for session in post.byLane[Int(lane)] { enqueue(session) }
        }
        for index in recorders.indices { recorders[index].sortQueue() }
    }

    /// Records the windows that end after the last call's instant and not after this one, which lies in the slice whose
    /// sessions were received last.
    public func record(until end: Instant) {
        batch.removeAll()
        labels.removeAll(keepingCapacity: true)
        for index in recorders.indices { record(&recorders[index], until: end.nanoseconds) }
    }

    private func enqueue(_ session: Session) {
        let source = world.nodes[Int(session.source)]
        if source.lane == lane { recorders[Int(source.indexInLane)].queue.append(session) }
        let target = world.nodes[Int(session.target)]
        if target.lane == lane, session.fate != .unanswered {
            recorders[Int(target.indexInLane)].queue.append(session)
        }
    }

    private func record(_ recorder: inout Recorder, until end: Int64) {
        while recorder.grid.end <= end {
            if recorder.active.isEmpty {
                // Nothing is open: go straight to the window of the next session.
                let next = recorder.queue.last?.start ?? Int64.max
                if next >= recorder.grid.end {
                    recorder.grid.seek(to: min(next, end))
                    if recorder.grid.end > end { return }
                }
            }
            recorder.activateDue(nodes: world.nodes)
            contributions.removeAll(keepingCapacity: true)
            let hasIncident = recorder.count(into: &contributions)
            if !contributions.isEmpty {
                let logged = recorder.grid.logged
                if window.contains(Instant(nanoseconds: logged)) {
                    build(recorder, logged: logged, hasIncident: hasIncident)
                }
            }
            recorder.grid.advance()
        }
    }

    private func build(_ recorder: Recorder, logged: Int64, hasIncident: Bool) {
        let isRecord = builder.build(
            node: recorder.node, grid: recorder.grid, logged: logged, contributions: contributions,
            withIncidents: true, into: &batch)
        guard hasIncident, isRecord else { return }
        expected.removeAll()
        _ = builder.build(
            node: recorder.node, grid: recorder.grid, logged: logged, contributions: contributions,
            withIncidents: false, into: &expected)
        var anomalies: [Int] = []
        for contribution in contributions where contribution.incident != 0 {
            let index = Int(contribution.incident) - 1
            if !anomalies.contains(index) { anomalies.append(index) }
        }
        let label = FlowLabel(
            comparing: batch.heads.count - 1, of: batch, with: expected, anomalies: anomalies.sorted())
        // A handshake that ordinary life has anyway changes nothing.
        if !label.changes.isEmpty || label.effect == .added { labels.append(label) }
    }
}
