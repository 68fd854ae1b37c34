import SimTime

/// A fixed part of the nodes: the sessions that they open, and their recorders.
///
/// All lanes make their sessions of a bucket before any records it; see `LaneSet`.
struct FlowLane: ~Copyable {
    private let lane: Int
    private var maker: SessionMaker
    private var outbox: SessionOutbox
    private var recorder: LaneRecorder
    private var queue: UploadQueue
    private var isOpen = false

    /// Makes lane number `lane` of a world for records that are logged in `window`.
    ///
    /// - Parameters:
    ///   - number: the lane's place among those that are recorded.
    ///   - withIncidents: false for the run as it would be without any.
    init(world: World, lane: Int, number: Int, window: TimeWindow, withIncidents: Bool) {
        self.lane = lane
        maker = SessionMaker(world: world, withIncidents: withIncidents)
        outbox = SessionOutbox(world: world)
        recorder = LaneRecorder(
            world: world, lane: lane, window: window, withIncidents: withIncidents,
            from: LaneSet.firstBucket(for: window).start)
        queue = UploadQueue(number: number)
    }

    /// Makes the sessions of this lane's sources that start in a bucket; the first time, also those still open.
    mutating func makeSessions(_ bucket: TimeWindow) -> SessionOutbox {
        outbox.removeAll()
        if !isOpen {
            isOpen = true
            maker.makeOpenSessions(lane: UInt32(lane), before: bucket.start) { outbox.append($0) }
        }
        maker.makeSessions(lane: UInt32(lane), window: bucket) { outbox.append($0) }
        return outbox
    }

    /// Takes the sessions of a bucket from the outboxes of all lanes.
    mutating func receive(_ outboxes: [SessionOutbox], of bucket: TimeWindow) {
        recorder.receive(outboxes, before: bucket.end)
    }

    /// Records the windows that end in a step, which lies in the bucket whose sessions were received last.
    mutating func record(_ step: TimeWindow) -> LaneStep {
        recorder.record(until: step.end)
        return queue.sort(recorder.windows.records, missing: recorder.windows.missing, in: step)
    }
}
