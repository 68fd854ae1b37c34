import ByteText
import Delivery
import Scoring
import SimTime
import Truth

extension DemoResult {
    /// The result for somebody who sees it for the first time, without a newline at the end.
    public var text: String {
        (delivery + [""] + incidentLines + [""] + detectionLines + ["", totals]).joined(separator: "\n")
    }

    private var delivery: [String] {
        let account = report.account
        return [
            "",
            "  delivered  \(account.acknowledged) of \(account.generated) records (\(network) network, "
                + "\(configuration) configuration), \(lost) lost",
            "  speed      \(report.recordsPerSecond) records/s, \(report.megabytesPerSecond) MB/s in \(report.seconds) s",
        ]
    }

    /// Each incident with who did it, and whether it was detected.
    private var incidentLines: [String] {
        if score.incidents.isEmpty {
            return [
                "Incidents in these logs: none, so every alert below is false.",
                "Add one with --inject KIND@+2h; mocktail incident list shows the kinds.",
            ]
        }
        var table = TextTable([.left, .left, .left, .left], indent: 2)
        for outcome in score.incidents {
            guard let incident = incidents.first(where: { $0.id == outcome.id }) else { continue }
            let variant = outcome.variant == .attack ? "" : " (\(outcome.variant.rawValue))"
            let actor = actors[outcome.id].map { $0.isEmpty ? "" : "by \($0)" } ?? ""
            table.add([incident.start.rfc3339, outcome.kind + variant, actor, verdict(outcome)])
        }
        return ["Incidents in these logs (\(score.incidents.count)), in simulated time"] + table.lines
    }

    private func verdict(_ outcome: Score.Outcome) -> String {
        guard outcome.variant.isToBeDetected else {
            return outcome.alerts == 0 ? "rightly ignored" : "FALSE ALERT"
        }
        guard let time = outcome.timeToDetect else { return "MISSED" }
        let seconds = time.nanoseconds / 1_000_000_000
        return seconds == 0 ? "detected at once" : "detected after \(TimeSpan.seconds(seconds).text)"
    }

    private var detectionLines: [String] {
        let fired = fired
        let title = "Reference detections (\(detections) ran, \(fired.count) with alerts)"
        if fired.isEmpty { return [title] }
        var table = TextTable([.left, .right, .right, .right], indent: 2)
        table.add(["", "alerts", "on incidents", "false"])
        for rule in fired {
            table.add([rule.rule, "\(rule.alerts)", "\(rule.alerts - rule.falseAlerts)", "\(rule.falseAlerts)"])
        }
        return [title] + table.lines
    }

    /// Recall and precision over all detections.
    private var totals: String {
        let overall = score.overall
        let recall =
            overall.incidents == 0
            ? "  recall     -, as there is nothing to detect"
            : "  recall     \(percent(overall.recall)): \(overall.detected) of \(overall.incidents) detected"
        if score.alerts.isEmpty { return recall + "\n  precision  -, as there are no alerts" }
        let wrong = "\(overall.falseAlerts) false alert\(overall.falseAlerts == 1 ? "" : "s")"
        let right = " beside \(overall.detected) detected incident\(overall.detected == 1 ? "" : "s")"
        return recall + "\n  precision  \(percent(overall.precision)): \(wrong)\(overall.detected == 0 ? "" : right)"
            + (overall.falseAlerts > 0 ? "; ordinary activity sets off published rules too" : "")
    }

    private func percent(_ ratio: Double?) -> String { ratio.map { "\(Int(($0 * 100).rounded()))%" } ?? "-" }
}
