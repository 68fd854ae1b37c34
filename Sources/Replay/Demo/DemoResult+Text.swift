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
        let title = "Incidents in these logs (\(score.incidents.count)), in simulated time"
        return [title] + table.lines + coverage
    }

    /// Why a miss may be no failure.
    private var coverage: [String] {
        let kinds = uncoveredKinds
        if kinds.isEmpty { return [] }
        return [
            "Not covered: none of these detections looks for \(kinds.joined(separator: ", ")) "
                + "(see Docs/ReferenceDetections.md)."
        ]
    }

    private func verdict(_ outcome: Score.Outcome) -> String {
        guard outcome.variant.isToBeDetected else {
            return outcome.alerts == 0 ? "rightly ignored" : "FALSE ALERT"
        }
        guard let time = outcome.timeToDetect else { return isCovered(outcome) ? "MISSED" : "not covered" }
        let seconds = time.nanoseconds / 1_000_000_000
        return seconds == 0 ? "detected at once" : "detected after \(TimeSpan.seconds(seconds).text)"
    }

    private var detectionLines: [String] {
        let fired = fired
        let title = "Reference detections (\(detections.count) ran, \(fired.count) with alerts)"
        if fired.isEmpty { return [title] }
        var table = TextTable([.left, .right, .right, .right], indent: 2)
        table.add(["", "alerts", "on incidents", "false"])
        for rule in fired {
            table.add([rule.rule, "\(rule.alerts)", "\(rule.alerts - rule.falseAlerts)", "\(rule.falseAlerts)"])
        }
        return [title] + table.lines
    }

    /// Recall and precision over all detections.
    private var totals: String { "  recall     \(recall)\n  precision  \(precision)" }

    private var recall: String {
        let overall = score.overall
        if overall.incidents == 0 { return "-, as there is nothing to detect" }
        let uncovered = score.incidents.count { isMissed($0) && !isCovered($0) }
        return "\(percent(overall.recall)): \(overall.detected) of \(overall.incidents) detected"
            + (uncovered == 0 ? "" : ", \(uncovered) not covered")
    }

    private var precision: String {
        let overall = score.overall
        if score.alerts.isEmpty { return "-, as there are no alerts" }
        let ratio = percent(overall.precision)
        let detected = "\(overall.detected) detected incident\(overall.detected == 1 ? "" : "s")"
        if overall.falseAlerts == 0 { return "\(ratio): \(detected), no false alert" }
        let wrong = "\(overall.falseAlerts) false alert\(overall.falseAlerts == 1 ? "" : "s")"
        return "\(ratio): \(detected), \(wrong); these rules also fire on ordinary activity"
    }

    private func percent(_ ratio: Double?) -> String { ratio.map { "\(Int(($0 * 100).rounded()))%" } ?? "-" }
}
