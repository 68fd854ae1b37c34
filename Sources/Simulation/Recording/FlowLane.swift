public import Truth
import KeyedRandom
public import SimTime
public import TailnetModel

/// The recorders of a fixed part of the nodes, working one slice of time after another.
///
/// A lane is not thread-safe; whoever runs lanes in parallel gives each to one thread at a time, and lets all lanes make
/// their sessions of a slice before any records it:
///
///     posts = lanes.map { $0.makeSessions(slice) }
///     for lane in lanes { lane.receive(posts, of: slice) }
///     for step in steps of the slice { for lane in lanes { lane.record(until: step.end) } }
public final class FlowLane {
    private let lane: UInt32
    private let outbox: SessionOutbox
    private var maker: SessionMaker
    /// One value, so that a call is one access.
    private var recorder: LaneRecorder
    private var isOpen = false

    /// The step's records: those of windows that end in it, whatever their `logged` (always in the wanted window).
    public var batch: FlowRecordBatch { recorder.batch }
    /// The step's labels, in the order of the records.
    public var labels: [FlowLabel] { recorder.labels }
    /// What the step's records would also be, had anomalies not kept them from being written.
    public var missing: FlowRecordBatch { recorder.missing }
    /// The labels of the missing records, in their order: one each.
    public var missingLabels: [FlowLabel] { recorder.missingLabels }

    /// Makes lane number `lane` of a world for records that are logged in `window`.
    ///
    /// - Parameter withAnomalies: false for the run as it would be without any.
    public init(world: World, lane: Int, window: TimeWindow, withIncidents: Bool) {
        self.lane = UInt32(lane)
        outbox = SessionOutbox(world: world)
        maker = SessionMaker(world: world, withIncidents: withIncidents)
        recorder = LaneRecorder(
            world: world, lane: lane, window: window, withIncidents: withIncidents,
            from: FlowLane.firstBucket(for: window).start.nanoseconds)
    }

    /// The slice with which a run begins that wants the records logged in `window`.
    ///
    /// It lies as far back as the longest window and the longest delay, so that late records are not missed.
    public static func firstBucket(for window: TimeWindow) -> TimeWindow {
        let lookBack = TimeSpan.nanoseconds(WindowGrid.longestDelay + WindowGrid.longestWindow)
        let start = (window.start - lookBack).floored(to: World.bucketLength)
        return TimeWindow(start: start, end: start + World.bucketLength)
    }

    /// Makes the sessions of this lane's sources that start in `bucket`; the first time, also those still open.
    ///
    /// The post is the lane's own and good until the next call.
    public func makeSessions(_ bucket: TimeWindow) -> SessionOutbox {
        outbox.removeAll()
        let send: (Session) -> Void = { [outbox] session in outbox.send(session) }
        if !isOpen {
            isOpen = true
            maker.makeOpenSessions(lane: lane, before: bucket.start, sink: send)
        }
        maker.makeSessions(lane: lane, window: bucket, sink: send)
        return outbox
    }

    /// Takes the sessions of a slice from the posts of all lanes.
    public func receive(_ outboxes: [SessionOutbox], of bucket: TimeWindow) {
        recorder.receive(outboxes, before: bucket.end.nanoseconds)
    }

    /// Records the windows that end after the last call's instant and not after this one, which lies in the slice whose
    /// sessions were received last.
    public func record(until end: Instant) { recorder.record(until: end.nanoseconds) }
}
