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
    private var recorders: [Recorder] = []
    /// For each recorder, the instant from which on it has something to do.
    private var due: [Int64] = []
    let pool = FlowPool()
    var builder: RecordBuilder
    var count = WindowCount()
    var expected = FlowRecordBatch()

    let switches: LoggingSwitches
    let hidings: HidingTable

    var batch = FlowRecordBatch()
    var labels: [FlowLabel] = []
    /// The records that are only in the run without anomalies.
    var missing = FlowRecordBatch()
    /// The labels of the missing records, one each.
    var missingLabels: [FlowLabel] = []

    /// - Parameter withAnomalies: whether anomalies tamper with records; their sessions are those that are received.
    init(world: World, lane: Int, window: TimeWindow, withAnomalies: Bool, from start: Int64) {
        self.world = world
        nodes = NodeTable(world)
        self.lane = UInt32(lane)
        self.window = window
        switches = LoggingSwitches(world.control)
        hidings = HidingTable(withAnomalies ? world.hidings : [])
        builder = RecordBuilder(world: world, nodes: nodes, withAnomalies: withAnomalies)
        for index in world.nodes.indices where Int(world.nodes[index].lane) == lane {
            let facts = world.nodes[index]
            var grid = WindowGrid(node: facts.key, habit: facts.habit, at: start)
            grid.seekLogged(from: window.start.nanoseconds)
            recorders.append(Recorder(node: UInt32(index), grid: grid))
        }
        due = [Int64](repeating: .max, count: recorders.count)
    }

    /// Takes sessions in which nodes of the lane take part.
    mutating func receive(_ sessions: [Session]) {
        for session in sessions {
            let source = nodes[session.source]
            if source.lane == lane, source.logsFlows { enqueue(session, isSource: true, at: Int(source.indexInLane)) }
            guard session.isSeenByTarget else { continue }
            let target = nodes[session.target]
            if target.lane == lane, target.logsFlows { enqueue(session, isSource: false, at: Int(target.indexInLane)) }
        }
    }

    private mutating func enqueue(_ session: Session, isSource: Bool, at index: Int) {
        let start = recorders[index].grid.start
        guard session.over > start else { return }
        let flow = ActiveFlow(
            session, isSource: isSource, from: start, nodes: nodes.pointer, hosts: world.hosts)
        due[index] = min(due[index], session.start)
        recorders[index].queue.append(Recorder.Waiting(start: session.start, slot: pool.insert(flow)))
    }

    /// Puts the sessions to come in order.
    mutating func sortQueues() {
        for index in recorders.indices where recorders[index].queue.count > 1 {
            recorders[index].queue.sort(by: Recorder.Waiting.isLater)
        }
    }

    /// Records the windows that end after the last call's instant and not after this one.
    mutating func record(until end: Int64) {
        batch.removeAll()
        labels.removeAll(keepingCapacity: true)
        missing.removeAll()
        missingLabels.removeAll(keepingCapacity: true)
        // Out of their place while they work, so that nothing is copied and nothing is accessed twice.
        var working: [Recorder] = []
        swap(&working, &recorders)
        for index in working.indices where due[index] < end {
            record(&working[index], until: end)
            due[index] =
                working[index].active.isEmpty ? working[index].queue.last?.start ?? .max : working[index].grid.end - 1
        }
        swap(&working, &recorders)
    }

    private mutating func record(_ recorder: inout Recorder, until end: Int64) {
        while recorder.grid.end <= end {
            if recorder.active.isEmpty {
                // Nothing is open: go straight to the window of the next session.
                let next = recorder.queue.last?.start ?? Int64.max
                if next >= recorder.grid.end {
                    recorder.grid.seek(to: min(next, end))
                    if recorder.grid.end > end { return }
                }
            }
            activateDue(&recorder)
            let logged = recorder.grid.logged
            if recorder.active.count > RecordSize.fewSessions {
                recordCrowded(&recorder)
                letGo(&recorder)
            } else if isWanted(from: recorder.grid.start, to: recorder.grid.end, logged: logged) {
                refresh(&recorder)
                countWindow(&recorder)
                build(recorder, from: recorder.grid.start, to: recorder.grid.end, logged: logged)
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

    /// Takes up the queued sessions that start before the current window ends.
    private func activateDue(_ recorder: inout Recorder) {
        while let next = recorder.queue.last, next.start < recorder.grid.end {
            recorder.queue.removeLast()
            if pool.flow(next.slot).pointee.session.over > recorder.grid.start {
                recorder.active.append(Recorder.Active(nextAt: next.start, slot: next.slot))
            } else {
                pool.remove(next.slot)
            }
        }
    }

    /// Lets go of the sessions that are over when the current window ends.
    private func letGo(_ recorder: inout Recorder) {
        let end = recorder.grid.end
        recorder.active.removeAll { item in
            guard pool.flow(item.slot).pointee.session.over <= end else { return false }
            pool.remove(item.slot)
            return true
        }
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
        var kept = 0
        recorder.active.withUnsafeMutableBufferPointer { active in
            for item in active {
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
        }
        recorder.active.removeLast(recorder.active.count - kept)
    }
}
