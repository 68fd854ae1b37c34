import Chance
import SimTime
import TailnetModel

extension World {
    /// The records that an anomaly of traffic touches: the earliest `start` and the latest `logged`, over the whole run.
    ///
    /// Found from the anomaly's own sessions, whatever window of the scenario is generated.
    func flowExtent(ofAnomaly index: Int) -> (first: Instant, last: Instant)? {
        var first = Int64.max
        var last = Int64.min
        let maker = SessionMaker(world: self, withAnomalies: true)
        let table = NodeTable(self)
        maker.forEachSession(of: anomalies[index], index: index) { session in
            for (node, isSource) in [(session.source, true), (session.target, false)] {
                if !isSource, !session.isSeenByTarget { continue }
                let facts = table[node]
                guard facts.logsFlows else { continue }
                var grid = WindowGrid(node: facts.key, habit: facts.habit, at: session.start)
                var flow = ActiveFlow(
                    session, isSource: isSource, from: grid.start, nodes: table.pointer, hosts: hosts)
                var count = WindowCount()
                while session.over > grid.start {
                    count.removeAll()
                    count.add(&flow, from: grid.start, to: grid.end, logsExits: true)
                    if count.contributions.count > 0 {
                        first = min(first, grid.start)
                        last = max(last, grid.logged)
                    }
                    grid.advance()
                }
            }
        }
        guard first <= last else { return nil }
        return (Instant(nanoseconds: first), Instant(nanoseconds: last))
    }
}
