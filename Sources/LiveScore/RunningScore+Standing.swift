public import Scoring
public import SimTime
import ByteText
import TailnetModel

extension RunningScore {
    /// The score so far, and what it leaves out.
    public struct Standing: Sendable {
        public var score: Score
        /// The newest time of the records.
        public var reached: Instant?
        /// Incidents that have not begun.
        public var pendingIncidents: Int
        /// Alerts that are ahead of the records.
        public var pendingAlerts: Int
    }
}

extension RunningScore.Standing {
    /// The keys of a score, and behind them `reached`, `pendingIncidents` and `pendingAlerts`.
    public var json: String {
        JSONWriter.object { json in
            score.putMembers(into: &json)
            json.member("reached", reached)
            json.member("pendingIncidents", pendingIncidents)
            json.member("pendingAlerts", pendingAlerts)
        }
    }

    /// The score in a line.
    public var line: String {
        let overall = score.overall
        return "recall \(percent(overall.recall)) (\(overall.detected) of \(overall.incidents)), "
            + "precision \(percent(overall.precision)), \(score.alerts.count) alerts, \(overall.falseAlerts) false"
    }

    private func percent(_ ratio: Double?) -> String { ratio.map { "\(Int(($0 * 100).rounded())) %" } ?? "-" }
}
