import BasicContainers
import SimTime
import TailnetModel

/// Records the windows of a lane's nodes, one after the other, in memory that is used again for each.
struct WindowRecorder: ~Copyable {
    let world: World
    /// The range of `logged` that is wanted.
    let window: TimeWindow
    var pool = FlowPool()
    var builder: RecordBuilder
    var count = WindowCount()
    var expected = FlowRecordBatch()
    let switches: LoggingSwitches
    let suppressions: SuppressionTable

    /// The records of the windows that ended in the step.
    var records = LabelledRecords()
    /// The records that are only in the run without incidents, with one label each.
    var missing = LabelledRecords()

    /// - Parameter withIncidents: whether incidents tamper with records; their sessions are those that are received.
    init(world: World, window: TimeWindow, withIncidents: Bool) {
        self.world = world
        self.window = window
        switches = LoggingSwitches(world.control)
        suppressions = SuppressionTable(withIncidents ? world.suppressions : [])
        builder = RecordBuilder(world: world, withIncidents: withIncidents)
    }

    /// Forgets the records of the last step and keeps the memory.
    mutating func removeRecords() {
        records.removeAll()
        missing.removeAll()
    }

    /// Records a node's windows that end at an instant or before it.
    mutating func record(_ recorder: inout Recorder, from inbox: borrowing Inbox, until end: Instant) {
        while recorder.grid.end <= end {
            if recorder.active.isEmpty {
                // Nothing is open: go straight to the window of the next session.
                let next = inbox.nextStart(recorder)
                if next >= recorder.grid.end {
                    recorder.grid.seek(to: min(next, end))
                    if recorder.grid.end > end { return }
                }
            }
            activate(&recorder, from: inbox, before: recorder.grid.end)
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
            if recorder.grid.end < window.start {
                recorder.isStale = true
                recorder.grid.seekLogged(from: window.start)
            }
        }
    }

    /// Whether a record of that time is written and lies in the wanted window.
    @inline(__always)
    func isWanted(from start: Instant, to end: Instant, logged: Instant) -> Bool {
        window.contains(logged) && switches.isOn(from: start, to: end)
    }

    /// Takes up the sessions of the inbox that start before an instant.
    @inline(__always)
    mutating func activate(_ recorder: inout Recorder, from inbox: borrowing Inbox, before end: Instant) {
        guard inbox.nextStart(recorder) < end else { return }
        // Looked up once, not for each session.
        let nodes = world.nodes
        let hosts = world.hosts
        while recorder.next < recorder.last {
            let item = inbox[recorder.next]
            guard item.start < end else { return }
            recorder.next += 1
            if recorder.next + 4 < recorder.last {
                let later = inbox[recorder.next + 4]
                if later.start < end { inbox.prefetchSession(later) }
            }
            let session = inbox.session(item)
            guard session.over > recorder.grid.start else { continue }
            let slot = pool.insert(
                ActiveFlow(session, isSource: item.isSource, from: recorder.grid.start, nodes: nodes, hosts: hosts))
            recorder.active.append(Recorder.Active(nextAt: item.start, slot: slot))
        }
    }

    /// Lets go of the sessions that are over when the current window ends.
    private mutating func letGo(_ recorder: inout Recorder) {
        let end = recorder.grid.end
        var kept = 0
        for index in recorder.active.indices {
            let item = recorder.active[index]
            if pool.flows[item.slot].session.over > end {
                recorder.active[kept] = item
                kept += 1
            } else {
                pool.remove(item.slot)
            }
        }
        recorder.keep(kept)
    }

    /// Brings the counts of the open sessions to the current window's start, where windows were passed over.
    mutating func refresh(_ recorder: inout Recorder) {
        guard recorder.isStale else { return }
        for index in recorder.active.indices {
            pool.flows[recorder.active[index].slot].recount(from: recorder.grid.start)
        }
        recorder.isStale = false
    }

    /// Counts what the open sessions add to the current window, and lets go of those that are over.
    private mutating func countWindow(_ recorder: inout Recorder) {
        count.removeAll()
        let start = recorder.grid.start
        let end = recorder.grid.end
        let logsExits = switches.logsExits(at: start)
        for index in 0..<min(2, recorder.active.count) { pool.prefetch(recorder.active[index].slot) }
        var kept = 0
        for index in recorder.active.indices {
            if index + 2 < recorder.active.count, recorder.active[index + 2].nextAt < end {
                pool.prefetch(recorder.active[index + 2].slot)
            }
            let item = recorder.active[index]
            if item.nextAt >= end {
                recorder.active[kept] = item
                kept += 1
                continue
            }
            let isBusy = count.add(&pool.flows[item.slot], from: start, to: end, logsExits: logsExits)
            if pool.flows[item.slot].session.over > end {
                // Only who was silent in this window may be so for long.
                let next = isBusy ? end : pool.flows[item.slot].nextInstant(after: end)
                recorder.active[kept] = Recorder.Active(nextAt: next, slot: item.slot)
                kept += 1
            } else {
                pool.remove(item.slot)
            }
        }
        recorder.keep(kept)
    }
}

extension Inbox {
    /// When the next session of a node starts; never where there is none.
    @inline(__always)
    func nextStart(_ recorder: borrowing Recorder) -> Instant {
        recorder.next < recorder.last ? self[recorder.next].start : .distantFuture
    }
}
