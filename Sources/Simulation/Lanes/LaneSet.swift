public import SimTime

/// The nodes of a world, spread over lanes that work side by side, one step of time after another.
///
/// What comes out does not depend on the number of tasks.
public final class LaneSet {
    private let lanes: [Guarded<FlowLane>]
    /// Those of the lanes whose nodes are recorded; the others only make their sessions for them.
    private let recorded: [Guarded<FlowLane>]
    private let parallel: Parallel
    /// The end of the bucket whose sessions have been made.
    private var bucketEnd: Instant
    /// How many records the last step had.
    private var lastCount = 0

    /// Makes the lanes of a world for records that are logged in `window`.
    ///
    /// - Parameters:
    ///   - withIncidents: false for the run as it would be without any.
    ///   - parallel: over how many tasks the lanes are spread.
    ///   - isRecorded: whether records of a lane's nodes are wanted.
    public init(
        world: World, window: TimeWindow, withIncidents: Bool, parallel: Parallel,
        isRecorded: (_ lane: Int) -> Bool = { _ in true }
    ) {
        self.parallel = parallel
        bucketEnd = LaneSet.firstBucket(for: window).start
        var lanes: [Guarded<FlowLane>] = []
        var recorded: [Guarded<FlowLane>] = []
        for lane in 0..<World.laneCount {
            let guarded = Guarded(
                FlowLane(
                    world: world, lane: lane, number: recorded.count, window: window, withIncidents: withIncidents))
            lanes.append(guarded)
            if isRecorded(lane) { recorded.append(guarded) }
        }
        self.lanes = lanes
        self.recorded = recorded
    }

    /// The bucket with which a run begins that wants the records logged in `window`.
    ///
    /// It lies as far back as the longest window and the longest delay, so that late records are not missed.
    public static func firstBucket(for window: TimeWindow) -> TimeWindow {
        let lookBack = WindowGrid.longestDelay + WindowGrid.longestWindow
        let start = (window.start - lookBack).floored(to: World.bucketLength)
        return TimeWindow(start: start, end: start + World.bucketLength)
    }

    /// Gives what each recorded lane logs in a step.
    ///
    /// The first step begins with the first bucket, and each of the others where the one before it ends. All are of one
    /// length, of which a bucket is a multiple. The memory of what is given is used again: let go of it before the next
    /// step, or that allocates its own.
    public func step(_ step: TimeWindow) async -> [LaneStep] {
        let outboxes = step.start < bucketEnd ? nil : await makeSessions(from: step.start)
        let bucket = TimeWindow(start: bucketEnd - World.bucketLength, end: bucketEnd)
        // A step of few records is over before other tasks are awake.
        let isSmall = outboxes == nil && lastCount < LaneSet.fewestForTasks
        let steps = await parallel.map(recorded.count, alone: isSmall) { [recorded] index in
            recorded[index].with { lane in
                if let outboxes { lane.receive(outboxes, of: bucket) }
                return lane.record(step)
            }
        }
        lastCount = steps.reduce(0) { $0 + $1.due.count }
        return steps
    }

    /// Steps with fewer records are left to one task.
    private static let fewestForTasks = 128

    /// Makes the sessions of the bucket that begins at an instant, in all lanes.
    private func makeSessions(from start: Instant) async -> [SessionOutbox] {
        let bucket = TimeWindow(start: start, end: start + World.bucketLength)
        bucketEnd = bucket.end
        return await parallel.map(lanes.count) { [lanes] index in lanes[index].with { $0.makeSessions(bucket) } }
    }
}
