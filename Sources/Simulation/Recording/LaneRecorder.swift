import Truth
import CPrefetch
import ScenarioSpec
import SimTime
import TailnetModel

/// The recorders of a lane's nodes, with the memory that they work in.
struct LaneRecorder {
    let world: World
    private let nodes: NodeTable
    private let lane: UInt32
    /// The stretch of `logged` that is wanted.
    let window: TimeWindow
    private let recorders = RecorderTable()
    /// For each recorder, the instant from which on it has something to do.
    private var due: [Int64] = []
    private let inbox: Inbox
    /// The end of the slice whose sessions are in the inbox.
    private var bucketEnd = Int64.min
    /// The recorders that have something to do in the current step.
    private let work = UnsafeVector<UInt32>()
    /// Whether the lane's nodes are too many to stay in a core's cache.
    private let isLarge: Bool
    let pool = FlowPool()
    var builder: RecordBuilder
    var count = WindowCount()
    var expected = FlowRecordBatch()

    let switches: LoggingSwitches
    let suppressions: SuppressionTable

    var batch = FlowRecordBatch()
    var labels: [FlowLabel] = []
    /// The records that are only in the run without anomalies.
    var missing = FlowRecordBatch()
    /// The labels of the missing records, one each.
    var missingLabels: [FlowLabel] = []

    /// - Parameter withAnomalies: whether anomalies tamper with records; their sessions are those that are received.
    init(world: World, lane: Int, window: TimeWindow, withIncidents: Bool, from start: Int64) {
        self.world = world
        nodes = NodeTable(world)
        self.lane = UInt32(lane)
        self.window = window
        switches = LoggingSwitches(world.control)
        suppressions = SuppressionTable(withIncidents ? world.suppressions : [])
        for index in world.nodes.indices where Int(world.nodes[index].lane) == lane {
            let facts = world.nodes[index]
            var grid = WindowGrid(node: facts.key, habit: facts.habit, at: start)
            grid.seekLogged(from: window.start.nanoseconds)
            recorders.append(Recorder(node: UInt32(index), grid: grid))
        }
        let nodeCount = recorders.elements.count
        builder = RecordBuilder(world: world, nodes: nodes, withIncidents: withIncidents)
        due = [Int64](repeating: .max, count: nodeCount)
        inbox = Inbox(nodes: nodeCount)
        isLarge = nodeCount > LaneRecorder.mostNear
    }

    /// Takes the sessions of a slice, which ends at `end`, in which nodes of the lane take part.
    ///
    /// They stay in the posts until they are open, at the latest until the slice has been recorded.
    mutating func receive(_ outboxes: [SessionOutbox], before end: Int64) {
        inbox.receive(outboxes, lane: Int(lane))
        bucketEnd = end
        let recorders = recorders.elements
        for index in recorders.indices {
            let range = inbox.range(ofNode: index)
            recorders[index].next = UInt32(range.lowerBound)
            recorders[index].last = UInt32(range.upperBound)
            if !range.isEmpty { due[index] = min(due[index], inbox[UInt32(range.lowerBound)].start) }
        }
    }

    /// Records the windows that end after the last call's instant and not after this one.
    mutating func record(until end: Int64) {
        batch.removeAll()
        labels.removeAll(keepingCapacity: true)
        missing.removeAll()
        missingLabels.removeAll(keepingCapacity: true)
        let recorders = recorders.elements
        // At the slice's end the inbox is about to be filled anew.
        let isLast = end >= bucketEnd
        work.removeAll()
        for index in recorders.indices
        where due[index] < end || (isLast && recorders[index].next < recorders[index].last) {
            work.append(UInt32(index))
        }
        for position in 0..<work.count {
            if isLarge {
                prefetchAhead(of: position, recorders, until: end)
            } else {
                prefetchNext(at: position + 1, recorders, until: end)
            }
            let index = Int(work[position])
            record(&recorders[index], until: end)
            if isLast { activate(&recorders[index], before: .max) }
            due[index] =
                recorders[index].active.isEmpty ? nextStart(recorders[index]) : recorders[index].grid.end - 1
        }
    }

    /// A lane of fewer nodes stays in a core's cache with all that its recorders look at.
    private static let mostNear = 200

    /// Brings near what recorders further on in the step's work will look at: first their lists, then the sessions in these,
    /// then the nodes at their other ends.
    private func prefetchAhead(of position: Int, _ recorders: UnsafeMutableBufferPointer<Recorder>, until end: Int64) {
        if position + 6 < work.count {
            let recorder = recorders.baseAddress.unsafelyUnwrapped + Int(work[position + 6])
            if let base = recorder.pointee.active.baseAddress { CPrefetch.prefetch(base) }
            if recorder.pointee.next < recorder.pointee.last { inbox.prefetch(recorder.pointee.next) }
        }
        if position + 4 < work.count {
            let recorder = recorders.baseAddress.unsafelyUnwrapped + Int(work[position + 4])
            for item in recorder.pointee.active.prefix(LaneRecorder.mostAhead) where item.nextAt < end {
                prefetch(pool.flow(item.slot), lines: 4)
            }
            forEachNext(recorder, before: end) { prefetch($0.session, lines: 3) }
        }
        if position + 2 < work.count {
            let recorder = recorders.baseAddress.unsafelyUnwrapped + Int(work[position + 2])
            for item in recorder.pointee.active.prefix(LaneRecorder.mostAhead) where item.nextAt < end {
                prefetchNode(pool.flow(item.slot).pointee.peer)
            }
            forEachNext(recorder, before: end) {
                prefetchNode($0.isSource ? $0.session.pointee.target : $0.session.pointee.source)
            }
        }
    }

    /// Brings near the sessions of the recorder that is next: they have been out of the nearest cache since the last step.
    @inline(__always)
    private func prefetchNext(at position: Int, _ recorders: UnsafeMutableBufferPointer<Recorder>, until end: Int64) {
        guard position < work.count else { return }
        let recorder = recorders.baseAddress.unsafelyUnwrapped + Int(work[position])
        for item in recorder.pointee.active.prefix(4) where item.nextAt < end {
            prefetch(pool.flow(item.slot), lines: 4)
        }
    }

    /// So many sessions of a recorder are looked at ahead of time.
    private static let mostAhead = 8

    @inline(__always)
    private func forEachNext(
        _ recorder: UnsafeMutablePointer<Recorder>, before end: Int64, _ body: (Inbox.Item) -> Void
    ) {
        var place = recorder.pointee.next
        let last = min(recorder.pointee.last, place + UInt32(LaneRecorder.mostAhead))
        while place < last {
            let item = inbox[place]
            guard item.start < end else { return }
            body(item)
            place += 1
        }
    }

    @inline(__always)
    private func prefetch(_ address: UnsafeMutableRawPointer, lines: Int) {
        for line in 0..<lines { CPrefetch.prefetch(address + line * 64) }
    }

    @inline(__always)
    private func prefetchNode(_ node: UInt32) {
        if node != NodeFacts.nobody { world.prefetch(node) }
    }

    private mutating func record(_ recorder: inout Recorder, until end: Int64) {
        while recorder.grid.end <= end {
            if recorder.active.isEmpty {
                // Nothing is open: go straight to the window of the next session.
                let next = nextStart(recorder)
                if next >= recorder.grid.end {
                    recorder.grid.seek(to: min(next, end))
                    if recorder.grid.end > end { return }
                }
            }
            activate(&recorder, before: recorder.grid.end)
            let logged = recorder.grid.logged
            if recorder.active.count > RecordSize.fewSessions {
                recordCrowded(&recorder)
                letGo(&recorder)
            } else if isWanted(from: recorder.grid.start, to: recorder.grid.end, logged: logged) {
                refresh(&recorder)
                countWindow(&recorder)
                build(node: recorder.node, from: recorder.grid.start, to: recorder.grid.end, logged: logged)
            } else {
                recorder.isStale = true
                letGo(&recorder)
            }
            recorder.grid.advance()
            if recorder.grid.end < window.start.nanoseconds {
                recorder.isStale = true
                recorder.grid.seekLogged(from: window.start.nanoseconds)
            }
        }
    }

    /// Whether a record of that time is written and lies in the wanted window.
    @inline(__always)
    func isWanted(from start: Int64, to end: Int64, logged: Int64) -> Bool {
        window.contains(Instant(nanoseconds: logged)) && switches.isOn(from: start, to: end)
    }

    /// When the next session of the inbox starts.
    @inline(__always)
    private func nextStart(_ recorder: Recorder) -> Int64 {
        recorder.next < recorder.last ? inbox[recorder.next].start : .max
    }

    /// Takes up the sessions of the inbox that start before an instant.
    @inline(__always)
    private func activate(_ recorder: inout Recorder, before end: Int64) {
        while recorder.next < recorder.last {
            let item = inbox[recorder.next]
            guard item.start < end else { return }
            recorder.next += 1
            if recorder.next + 4 < recorder.last {
                let later = inbox[recorder.next + 4]
                if later.start < end { prefetch(later.session, lines: 3) }
            }
            guard item.session.pointee.over > recorder.grid.start else { continue }
            let slot = pool.take()
            (pool.flow(slot)).initialize(
                to: ActiveFlow(
                    item.session.pointee, isSource: item.isSource, from: recorder.grid.start, nodes: nodes.pointer,
                    hosts: world.hosts))
            recorder.open(Recorder.Active(nextAt: item.start, slot: slot))
        }
    }

    /// Lets go of the sessions that are over when the current window ends.
    private func letGo(_ recorder: inout Recorder) {
        let end = recorder.grid.end
        let active = recorder.active
        var kept = 0
        for item in active {
            if pool.flow(item.slot).pointee.session.over > end {
                active[kept] = item
                kept += 1
            } else {
                pool.remove(item.slot)
            }
        }
        recorder.keep(kept)
    }

    /// Brings the counts of the open sessions to the current window's start, where windows were passed over.
    func refresh(_ recorder: inout Recorder) {
        guard recorder.isStale else { return }
        for item in recorder.active { pool.flow(item.slot).pointee.recount(from: recorder.grid.start) }
        recorder.isStale = false
    }

    /// Counts what the open sessions add to the current window, and lets go of those that are over.
    private mutating func countWindow(_ recorder: inout Recorder) {
        count.removeAll()
        let start = recorder.grid.start
        let end = recorder.grid.end
        let logsExits = switches.logsExits(at: start)
        let active = recorder.active
        for item in active.prefix(2) { prefetch(pool.flow(item.slot), lines: 4) }
        var kept = 0
        for index in active.indices {
            if index + 2 < active.count, active[index + 2].nextAt < end {
                prefetch(pool.flow(active[index + 2].slot), lines: 4)
            }
            let item = active[index]
            if item.nextAt >= end {
                active[kept] = item
                kept += 1
                continue
            }
            let flow = pool.flow(item.slot)
            let isBusy = count.add(flow, from: start, to: end, logsExits: logsExits)
            if flow.pointee.session.over > end {
                // Only who was silent in this window may be so for long.
                let next = isBusy ? end : flow.pointee.nextInstant(after: end)
                active[kept] = Recorder.Active(nextAt: next, slot: item.slot)
                kept += 1
            } else {
                pool.remove(item.slot)
            }
        }
        recorder.keep(kept)
    }
}
