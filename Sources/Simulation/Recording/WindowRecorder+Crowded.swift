import BasicContainers
import SimTime
import TailnetModel

// Windows that may be too large for one record.
extension WindowRecorder {
    /// Records a window in as many pieces as it takes.
    ///
    /// A piece ends where the next entry would not fit. Where incidents take part, the pieces of the run without them are
    /// cut further, so that each record of that run has one in this run that begins at the same instant.
    mutating func recordCrowded(_ recorder: inout Recorder) {
        refresh(&recorder)
        let hasIncident = hasIncidentSession(recorder)
        var start = recorder.grid.start
        while start < recorder.grid.end {
            let end = cut(recorder, from: start, to: recorder.grid.end, run: .withoutIncidents)
            let first = hasIncident ? cut(recorder, from: start, to: end, run: .withIncidents) : end
            if first == end {
                countPiece(recorder, from: start, to: end)
                buildPiece(recorder, from: start, to: end)
            } else {
                recordPieces(recorder, from: start, to: first, of: end)
            }
            start = end
        }
    }

    private func hasIncidentSession(_ recorder: borrowing Recorder) -> Bool {
        for index in recorder.active.indices
        where pool.flows[recorder.active[index].slot].session.incident != 0 { return true }
        return false
    }

    /// Records the pieces of a range that is one record where there are no incidents.
    private mutating func recordPieces(
        _ recorder: borrowing Recorder, from start: Instant, to first: Instant, of end: Instant
    ) {
        var before: [ActiveFlow] = []
        for index in recorder.active.indices { before.append(pool.flows[recorder.active[index].slot]) }
        countPiece(recorder, from: start, to: end)
        count.sort()
        // Any incident that adds something in the range may be the reason for the cut.
        let cutting = touchingIncidents([])
        expected.removeAll()
        if switches.isOn(from: start, to: end) {
            _ = builder.build(
                node: recorder.node, start: start, end: end, logged: logged(recorder, from: start, to: end),
                count: count, run: .withoutIncidents, into: &expected)
        }
        for index in recorder.active.indices { pool.flows[recorder.active[index].slot] = before[index] }
        var from = start
        var to = first
        while from < end {
            countPiece(recorder, from: from, to: to)
            let logged = logged(recorder, from: from, to: to)
            count.sort()
            let suppression = hide(node: recorder.node, from: from, to: to)
            // A piece that is logged elsewhere in time is there all the same, and no record is missing.
            let isOn = switches.isOn(from: from, to: to)
            let isRecord =
                isOn
                && builder.build(
                    node: recorder.node, start: from, end: to, logged: logged, count: count, run: .withIncidents,
                    into: &records.batch)
            if isRecord, !window.contains(logged) {
                records.batch.removeLast()
            } else {
                let touching = touchingIncidents(suppression + (isOn ? builder.relocated : []))
                addLabel(isRecord: isRecord, touchedBy: touching.isEmpty ? cutting : touching)
            }
            expected.removeAll()
            from = to
            if from < end { to = cut(recorder, from: from, to: end, run: .withIncidents) }
        }
    }

    /// When the record of a piece is logged: not before the step in which its window ends and is recorded.
    ///
    /// The steps are the shortest ones, so that it does not depend on those of a run.
    private func logged(_ recorder: borrowing Recorder, from start: Instant, to end: Instant) -> Instant {
        let logged = recorder.grid.logged(start: start, end: end)
        let step = (recorder.grid.end - .nanoseconds(1)).floored(to: world.shortestStep)
        return logged < step ? step + (logged - end) : logged
    }

    private mutating func countPiece(_ recorder: borrowing Recorder, from start: Instant, to end: Instant) {
        count.removeAll()
        let logsExits = switches.logsExits(at: start)
        for index in recorder.active.indices {
            count.add(&pool.flows[recorder.active[index].slot], from: start, to: end, logsExits: logsExits)
        }
    }

    private mutating func buildPiece(_ recorder: borrowing Recorder, from start: Instant, to end: Instant) {
        let logged = logged(recorder, from: start, to: end)
        if isWanted(from: start, to: end, logged: logged) {
            build(node: recorder.node, from: start, to: end, logged: logged)
        }
    }

    /// The last whole millisecond after `start` until which everything fits one record; `end` where all of it does.
    private mutating func cut(_ recorder: borrowing Recorder, from start: Instant, to end: Instant, run: RunSet)
        -> Instant
    {
        if builder.fits(recorder.active, of: pool, from: start, to: end, run: run) { return end }
        var low: Int64 = 1
        var high = (end - start) / .milliseconds(1)
        while high - low > 1 {
            let middle = (low + high) / 2
            let instant = start + .milliseconds(middle)
            if builder.fits(recorder.active, of: pool, from: start, to: instant, run: run) {
                low = middle
            } else {
                high = middle
            }
        }
        return start + .milliseconds(low)
    }
}
