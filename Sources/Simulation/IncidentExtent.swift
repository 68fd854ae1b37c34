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
        maker.forEachSession(of: anomalies[index], index: index) { session in
            for (node, isSource) in [(session.source, true), (session.target, false)] {
                if !isSource, session.fate == .unanswered { continue }
                var recorder = Recorder(
                    node: node, grid: WindowGrid(key: nodes[Int(node)].key.key("grid"), at: session.start))
                recorder.queue = [session]
                recorder.activateDue(nodes: nodes)
                var contributions: [Contribution] = []
                while !recorder.active.isEmpty {
                    contributions.removeAll(keepingCapacity: true)
                    if recorder.count(into: &contributions) {
                        first = min(first, recorder.grid.start)
                        last = max(last, recorder.grid.logged)
                    }
                    recorder.grid.advance()
                }
            }
        }
        guard first <= last else { return nil }
        return (Instant(nanoseconds: first), Instant(nanoseconds: last))
    }
}
