import Truth
import SimTime
import TailnetModel

extension Score {
    /// The most incidents that the page lists.
    private static let rowLimit = 500

    /// The score as one page of HTML that needs nothing from elsewhere, for light and dark screens.
    ///
    /// - Parameters:
    ///   - title: What stands at the top.
    ///   - goals: What the score was to come to.
    ///   - conditions: Under which conditions the alerts came about.
    public func html(
        title: String = "mocktail score", goals: [ScoreGoal] = [], conditions: [(name: String, value: String)] = []
    ) -> String {
        var page = HTMLPage(title: title)
        if let window {
            page.say(
                "\(window.start.rfc3339) to \(window.end.rfc3339) of simulated time, \(alerts.count) alerts, grace "
                    + options.grace.text)
        }
        if !conditions.isEmpty {
            page.say("Conditions: " + conditions.map { "\($0.name) \($0.value)" }.joined(separator: ", "))
        }
        page.tiles([
            ("recall", FigureText.percent(overall.recall)), ("precision", FigureText.percent(overall.precision)),
            ("F1", FigureText.percent(overall.f1)), ("detected", "\(overall.detected) of \(overall.incidents)"),
            ("false alerts", "\(overall.falseAlerts)"), ("false a day", FigureText.tenths(overall.falseAlertsPerDay)),
            ("duplicates", "\(overall.duplicates)"),
            ("median time to detect", FigureText.duration(overall.timeToDetect.median)),
            ("p95 time to detect", FigureText.duration(overall.timeToDetect.p95)),
        ])
        if !goals.isEmpty {
            let rows = goals.map { goal in
                [
                    goal.name, goal.isMet(by: self) ? "met" : "missed",
                    "\(goal.isUpper ? "at most" : "at least") \(FigureText.number(goal.limit))",
                    goal.value(in: self).map { FigureText.number($0) } ?? "-",
                ]
            }
            page.head("Goals")
            page.table(["goal", "", "asked", "found"], rows, texts: 2)
        }
        if let timeline = Timeline(self) {
            page.head("Timeline")
            page.add(Timeline.key)
            page.add(timeline.markup)
            page.say("Times are UTC. Point at a sign to read what it is.")
        }
        addTables(to: &page)
        addCurve(to: &page)
        if !metrics.isEmpty {
            page.head("Further figures")
            page.table(["figure", "value"], metrics.map { [$0.name, $0.value] }, texts: 2)
        }
        addIncidents(to: &page)
        return page.text
    }

    private func addTables(to page: inout HTMLPage) {
        page.head("Kinds")
        let rows = (kinds.map { ($0.kind, $0.tally) } + [("all", overall)]).map { name, tally in
            [
                name, "\(tally.incidents)", "\(tally.detected)", FigureText.percent(tally.recall),
                FigureText.percent(tally.precision), FigureText.percent(tally.f1), "\(tally.falseAlerts)",
                "\(tally.duplicates)", FigureText.duration(tally.timeToDetect.median),
                FigureText.duration(tally.timeToDetect.p95),
            ]
        }
        page.table(
            ["kind", "incidents", "detected", "recall", "precision", "F1", "false", "duplicates", "median", "p95"], rows
        )
        if rules.isEmpty { return }
        page.head("Rules")
        page.say(
            "Each rule alone, against the incidents that expect it. On quiet: alerts on incidents that no rule should notice. "
                + "Other: alerts on incidents that expect other rules.")
        let header = [
            "rule", "alerts", "expected", "detected", "recall", "precision", "F1", "false", "on quiet", "other",
            "median",
        ]
        page.table(header, rules.map(\.cells))
        if !silentRules.isEmpty { page.say("Never fired: " + silentRules.joined(separator: ", ")) }
    }

    private func addCurve(to page: inout HTMLPage) {
        guard let curve, curve.average != nil else { return }
        let points = curve.points.compactMap { point in
            point.recall.flatMap { recall in point.precision.map { (x: recall, y: $0) } }
        }
        page.head("Precision and recall by score")
        page.add("<div class=\"charts\">")
        page.add(
            LineChart(
                title: "Precision over recall; average precision \(FigureText.percent(curve.average))",
                labels: [(0, "0%"), (0.5, "50%"), (1, "100%")],
                lines: [LineChart.Line(name: "precision", points: points)]
            ).markup)
        page.add("</div>")
    }

    private func addIncidents(to page: inout HTMLPage) {
        if incidents.isEmpty { return }
        page.head("Incidents")
        let order = missed + incidents.filter { !($0.variant.isToBeDetected && !$0.isDetected) }
        let rows = order.prefix(Score.rowLimit).map { outcome in
            let verdict: String
            switch (outcome.variant.isToBeDetected, outcome.isDetected) {
            case (true, true): verdict = "detected"
            case (true, false): verdict = "MISSED"
            case (false, _): verdict = outcome.alerts == 0 ? "rightly ignored" : "false alert"
            }
            return [
                outcome.id, outcome.kind, outcome.variant.rawValue, verdict, outcome.actors.joined(separator: ", "),
                outcome.firstRecord.rfc3339, FigureText.duration(outcome.timeToDetect), "\(outcome.alerts)",
            ]
        }
        page.table(
            ["id", "kind", "variant", "verdict", "by", "first record", "time to detect", "alerts"], rows, texts: 6)
        if order.count > Score.rowLimit { page.say("\(order.count - Score.rowLimit) more are not listed.") }
    }
}
