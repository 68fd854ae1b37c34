import Truth
import ByteText
import SimTime
import TailnetModel

extension Score {
    /// The score in the form of JUnit's XML, which build servers show: one test case an incident, a rule and a goal.
    ///
    /// - An incident that is to be detected fails when missed; one that no rule should notice fails when an alert fell on it.
    /// - A rule that fired fails with more than `falseBudget` false alerts; a rule that is expected and never fired is
    ///   skipped, as it may not be installed: its incidents tell.
    /// - A goal fails when it is missed.
    public func junit(goals: [ScoreGoal], falseBudget: Int) -> String {
        let incidentCases = incidents.map { outcome in
            JUnitCase(
                suite: "incidents", name: "\(outcome.kind) \(outcome.variant.rawValue) \(outcome.id)",
                failure: outcome.failure, seconds: outcome.timeToDetect)
        }
        let ruleCases = rules.map { rule in
            let failure: String? =
                rule.falseAlerts > falseBudget
                ? "\(rule.falseAlerts) false alerts, but at most \(falseBudget) are allowed" : nil
            return JUnitCase(
                suite: "rules", name: "\(rule.rule) false alerts", failure: failure,
                skipped: rule.alerts == 0 ? "the rule never fired" : nil)
        }
        let goalCases = goals.map { goal in
            JUnitCase(
                suite: "goals", name: goal.name, failure: goal.isMet(by: self) ? nil : goal.sentence(for: self))
        }
        let all = incidentCases + ruleCases + goalCases
        let failures = all.count { $0.failure != nil }
        let skipped = all.count { $0.skipped != nil }
        var lines = [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
            "<testsuites name=\"mocktail score\" tests=\"\(all.count)\" failures=\"\(failures)\" skipped=\"\(skipped)\">",
        ]
        for cases in [incidentCases, ruleCases, goalCases] where !cases.isEmpty {
            let failures = cases.count { $0.failure != nil }
            let skipped = cases.count { $0.skipped != nil }
            lines.append(
                "  <testsuite name=\"\(cases[0].suite)\" tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"0\" "
                    + "skipped=\"\(skipped)\">")
            lines += cases.map(\.text)
            lines.append("  </testsuite>")
        }
        return (lines + ["</testsuites>", ""]).joined(separator: "\n")
    }
}

/// One test case.
private struct JUnitCase {
    var suite: String
    var name: String
    var failure: String?
    var skipped: String?
    var seconds: TimeSpan?

    var text: String {
        let time = seconds.map { " time=\"\(DecimalText.shortest($0.nanoseconds / 1_000_000, decimals: 3))\"" } ?? ""
        let head = "    <testcase classname=\"mocktail.\(suite)\" name=\"\(MarkupText.escaped(name))\"\(time)"
        if let failure { return "\(head)><failure message=\"\(MarkupText.escaped(failure))\"/></testcase>" }
        if let skipped { return "\(head)><skipped message=\"\(MarkupText.escaped(skipped))\"/></testcase>" }
        return head + "/>"
    }
}

extension Score.Outcome {
    fileprivate var failure: String? {
        if variant.isToBeDetected {
            return isDetected ? nil : "no alert from \(firstRecord.rfc3339) on names \(actors.joined(separator: ", "))"
        }
        return alerts == 0 ? nil : "\(alerts) alerts fell on it, but no rule should notice it"
    }
}
