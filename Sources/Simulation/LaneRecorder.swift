import ScenarioSpec
import SimTime
import TailnetModel

/// The recorders of a lane's nodes, with the memory that they work in.
struct LaneRecorder {
    private let world: World
    private let nodes: NodeTable
    private let lane: UInt32
    /// The stretch of `logged` that is wanted.
    private let window: TimeWindow
    private var recorders: [Recorder] = []
    /// For each recorder, the instant from which on it has something to do.
    private var due: [Int64] = []
    private let pool = FlowPool()
    private var builder: RecordBuilder
    private var count = WindowCount()
    private var expected = FlowRecordBatch()

    private let switches: LoggingSwitches

    private(set) var batch = FlowRecordBatch()
    private(set) var labels: [FlowLabel] = []

    init(world: World, lane: Int, window: TimeWindow, from start: Int64) {
        self.world = world
        nodes = NodeTable(world)
        self.lane = UInt32(lane)
        self.window = window
        switches = LoggingSwitches(world.control)
        builder = RecordBuilder(world: world, nodes: nodes)
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
            guard session.fate != .unanswered else { continue }
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
    private func isWanted(from start: Int64, to end: Int64, logged: Int64) -> Bool {
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
    private func refresh(_ recorder: inout Recorder) {
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

    /// Makes the record of what was counted between two instants, with its label.
    private mutating func build(_ recorder: Recorder, from start: Int64, to end: Int64, logged: Int64) {
        guard count.contributions.count > 0 else { return }
        count.sort()
        let isRecord = builder.build(
            node: recorder.node, start: start, end: end, logged: logged, count: count, withIncidents: true,
            into: &batch)
        guard count.hasIncident, isRecord else { return }
        expected.removeAll()
        _ = builder.build(
            node: recorder.node, start: start, end: end, logged: logged, count: count, withIncidents: false,
            into: &expected)
        addLabel()
    }

    /// Labels the last record by its difference to what is expected.
    private mutating func addLabel() {
        var anomalies: [Int] = []
        for contribution in count.contributions.elements where contribution.incident != 0 {
            let index = Int(contribution.incident) - 1
            if !anomalies.contains(index) { anomalies.append(index) }
        }
        let label = FlowLabel(
            comparing: batch.heads.count - 1, of: batch, with: expected, anomalies: anomalies.sorted(),
            faces: world.faces)
        // A handshake that ordinary life has anyway changes nothing.
        if !label.changes.isEmpty || label.effect == .added { labels.append(label) }
    }
}

/// The tailnet's switches of flow logging, without a look into the past where they never change.
private struct LoggingSwitches {
    private let control: ControlState
    private let changes: Bool
    private let isAlwaysOn: Bool
    private let alwaysLogsExits: Bool

    init(_ control: ControlState) {
        self.control = control
        changes = control.states(of: .flowLogging).count > 1 || control.states(of: .exitFlowLogging).count > 1
        isAlwaysOn = control.isFlowLoggingOn(at: Int64.min)
        alwaysLogsExits = control.logsExitFlows(at: Int64.min)
    }

    /// Whether nodes write flow logs from one instant to another.
    @inline(__always)
    func isOn(from start: Int64, to end: Int64) -> Bool {
        changes ? control.isFlowLoggingOn(at: start) && control.isFlowLoggingOn(at: end) : isAlwaysOn
    }

    /// Whether a window that begins at an instant keeps the destinations of exit traffic.
    @inline(__always)
    func logsExits(at start: Int64) -> Bool { changes ? control.logsExitFlows(at: start) : alwaysLogsExits }
}

// Windows that may be too large for one record.
extension LaneRecorder {
    /// Records a window in as many pieces as it takes.
    ///
    /// A piece ends where the next entry would not fit. Where anomalies take part, the pieces of the run without them are
    /// cut further, so that each record of that run has one in this run that begins at the same instant.
    private mutating func recordCrowded(_ recorder: inout Recorder) {
        refresh(&recorder)
        let hasIncident = recorder.active.contains { pool.flow($0.slot).pointee.session.incident != 0 }
        var start = recorder.grid.start
        while start < recorder.grid.end {
            let end = cut(recorder, from: start, to: recorder.grid.end, withIncidents: !hasIncident)
            let first = hasIncident ? cut(recorder, from: start, to: end, withIncidents: true) : end
            if first == end {
                countPiece(recorder, from: start, to: end)
                buildPiece(recorder, from: start, to: end)
            } else {
                recordPieces(recorder, from: start, to: first, of: end)
            }
            start = end
        }
    }

    /// Records the pieces of a stretch that is one record where there are no anomalies.
    private mutating func recordPieces(_ recorder: Recorder, from start: Int64, to first: Int64, of end: Int64) {
        let before = recorder.active.map { pool.flow($0.slot).pointee }
        countPiece(recorder, from: start, to: end)
        count.sort()
        expected.removeAll()
        _ = builder.build(
            node: recorder.node, start: start, end: end, logged: recorder.grid.logged(start: start, end: end),
            count: count, withIncidents: false, into: &expected)
        for (item, flow) in zip(recorder.active, before) { pool.flow(item.slot).pointee = flow }
        var from = start
        var to = first
        while from < end {
            countPiece(recorder, from: from, to: to)
            let logged = recorder.grid.logged(start: from, end: to)
            count.sort()
            if isWanted(from: from, to: to, logged: logged),
                builder.build(
                    node: recorder.node, start: from, end: to, logged: logged, count: count, withIncidents: true,
                    into: &batch)
            {
                addLabel()
            }
            expected.removeAll()
            from = to
            if from < end { to = cut(recorder, from: from, to: end, withIncidents: true) }
        }
    }

    private mutating func countPiece(_ recorder: Recorder, from start: Int64, to end: Int64) {
        count.removeAll()
        let logsExits = switches.logsExits(at: start)
        for item in recorder.active { count.add(pool.flow(item.slot), from: start, to: end, logsExits: logsExits) }
    }

    private mutating func buildPiece(_ recorder: Recorder, from start: Int64, to end: Int64) {
        let logged = recorder.grid.logged(start: start, end: end)
        if isWanted(from: start, to: end, logged: logged) { build(recorder, from: start, to: end, logged: logged) }
    }

    /// The last whole millisecond after `start` until which everything fits one record; `end` where all of it does.
    private mutating func cut(_ recorder: Recorder, from start: Int64, to end: Int64, withIncidents: Bool) -> Int64 {
        func fits(_ instant: Int64) -> Bool {
            builder.fits(
                recorder.active.lazy.map { [pool] in pool.flow($0.slot) }, from: start, to: instant,
                withIncidents: withIncidents)
        }
        if fits(end) { return end }
        let millisecond: Int64 = 1_000_000
        var low: Int64 = 1
        var high = (end - start) / millisecond
        while high - low > 1 {
            let middle = (low + high) / 2
            if fits(start + middle * millisecond) { low = middle } else { high = middle }
        }
        return start + low * millisecond
    }
}
