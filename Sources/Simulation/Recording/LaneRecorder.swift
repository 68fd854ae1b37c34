import BasicContainers
import SimTime
import TailnetModel

/// The recorders of a lane's nodes: which of them have something to do, and when.
struct LaneRecorder: ~Copyable {
    private let world: World
    private let lane: Int
    private var recorders = UniqueArray<Recorder>()
    /// For each recorder, the instant from which on it has something to do.
    private var due: UniqueArray<Instant>
    private var inbox: Inbox
    /// The end of the bucket whose sessions are in the inbox.
    private var bucketEnd = Instant.distantPast
    /// The recorders that have something to do in the current step.
    private var work = UniqueArray<Int>()
    /// Whether the lane's nodes are too many to stay in a core's cache.
    private let isLarge: Bool
    private(set) var windows: WindowRecorder

    /// - Parameter withIncidents: whether incidents tamper with records; their sessions are those that are received.
    init(world: World, lane: Int, window: TimeWindow, withIncidents: Bool, from start: Instant) {
        self.world = world
        self.lane = lane
        for index in world.nodes.indices where Int(world.nodes[index].lane) == lane {
            let facts = world.nodes[index]
            var grid = WindowGrid(node: facts.key, habit: facts.habit, at: start)
            grid.seekLogged(from: window.start)
            recorders.append(Recorder(node: UInt32(index), grid: grid))
        }
        windows = WindowRecorder(world: world, window: window, withIncidents: withIncidents)
        due = UniqueArray(repeating: .distantFuture, count: recorders.count)
        inbox = Inbox(nodes: recorders.count)
        isLarge = recorders.count > LaneRecorder.mostNear
    }

    /// Takes the sessions of a bucket, which ends at `end`, in which nodes of the lane take part.
    mutating func receive(_ outboxes: [SessionOutbox], before end: Instant) {
        inbox.receive(outboxes, lane: lane)
        bucketEnd = end
        for index in recorders.indices {
            let range = inbox.range(ofNode: index)
            recorders[index].next = range.lowerBound
            recorders[index].last = range.upperBound
            if !range.isEmpty { due[index] = min(due[index], inbox[range.lowerBound].start) }
        }
    }

    /// Records the windows that end after the last call's instant and not after this one.
    mutating func record(until end: Instant) {
        windows.removeRecords()
        // At the bucket's end the inbox is about to be filled anew.
        let isLast = end >= bucketEnd
        work.removeAll(keepingCapacity: true)
        for index in recorders.indices
        where due[index] < end || (isLast && recorders[index].next < recorders[index].last) {
            work.append(index)
        }
        for position in work.indices {
            if isLarge {
                prefetchAhead(of: position, until: end)
            } else {
                prefetchNext(at: position + 1, until: end)
            }
            let index = work[position]
            windows.record(&recorders[index], from: inbox, until: end)
            if isLast { windows.activate(&recorders[index], from: inbox, before: .distantFuture) }
            due[index] =
                recorders[index].active.isEmpty
                ? inbox.nextStart(recorders[index]) : recorders[index].grid.end - .nanoseconds(1)
        }
        if isLast { inbox.removeAll() }
    }

    /// A lane of fewer nodes stays in a core's cache with all that its recorders look at.
    private static let mostNear = 200

    /// Brings near what recorders further on in the step's work will look at: first their lists, then the sessions in these,
    /// then the nodes at their other ends.
    private func prefetchAhead(of position: Int, until end: Instant) {
        if position + 6 < work.count {
            let index = work[position + 6]
            recorders[index].active.prefetch(0)
            if recorders[index].next < recorders[index].last { inbox.prefetch(recorders[index].next) }
        }
        if position + 4 < work.count {
            let index = work[position + 4]
            forEachActive(recorders[index], most: LaneRecorder.mostAhead, before: end) { windows.pool.prefetch($0) }
            forEachNext(recorders[index], before: end) { inbox.prefetchSession($0) }
        }
        if position + 2 < work.count {
            let index = work[position + 2]
            forEachActive(recorders[index], most: LaneRecorder.mostAhead, before: end) {
                prefetchNode(windows.pool.flows[$0].peer)
            }
            forEachNext(recorders[index], before: end) { prefetchNode(inbox.peer($0)) }
        }
    }

    /// Brings near the sessions of the recorder that is next: they have been out of the nearest cache since the last step.
    @inline(__always)
    private func prefetchNext(at position: Int, until end: Instant) {
        guard position < work.count else { return }
        forEachActive(recorders[work[position]], most: 4, before: end) { windows.pool.prefetch($0) }
    }

    /// So many sessions of a recorder are looked at ahead of time.
    private static let mostAhead = 8

    /// The slots of the first open sessions that add something before an instant.
    @inline(__always)
    private func forEachActive(_ recorder: borrowing Recorder, most: Int, before end: Instant, _ body: (Int) -> Void) {
        for index in 0..<min(most, recorder.active.count) where recorder.active[index].nextAt < end {
            body(recorder.active[index].slot)
        }
    }

    /// The first sessions to come that start before an instant.
    @inline(__always)
    private func forEachNext(_ recorder: borrowing Recorder, before end: Instant, _ body: (Inbox.Item) -> Void) {
        for place in recorder.next..<min(recorder.last, recorder.next + LaneRecorder.mostAhead) {
            let item = inbox[place]
            guard item.start < end else { return }
            body(item)
        }
    }

    @inline(__always)
    private func prefetchNode(_ node: UInt32) {
        if node != NodeFacts.nobody { world.prefetch(node) }
    }
}
