import ByteText
import SimTime
import TailnetModel

extension Score {
    /// The most lines of a list in the table; the rest is counted.
    private static let listLimit = 20

    /// The score as aligned plain text, a line a kind and one for all, then a line a rule and what to look at; each line
    /// with a newline.
    ///
    /// A figure that is not defined (no alerts, no incidents, nothing detected) is `-`.
    public var table: String {
        var rows = [
            [
                "kind", "incidents", "detected", "recall", "precision", "f1", "false", "false/day", "duplicates",
                "median",
                "p95", "longest",
            ]
        ]
        rows += kinds.map { [$0.kind.printable] + $0.tally.cells }
        rows.append(["all"] + overall.cells)
        var text = TextTable(figures: rows).text
        if !rules.isEmpty {
            let header = [
                "rule", "alerts", "expected", "detected", "recall", "precision", "f1", "false", "on quiet", "other",
                "median",
            ]
            text += "\n" + TextTable(figures: [header] + rules.map(\.cells)).text
        }
        text += "\n" + metrics.map { "\($0.name): \($0.value)\n" }.joined()
        if !silentRules.isEmpty {
            text += "Rules that never fired: \(silentRules.map(\.printable).joined(separator: ", "))\n"
        }
        for rule in rules where rule.onUnder + rule.onLookalike > 0 {
            text += "\(rule.rule.printable) fired where it should not: \(rule.onUnder) on under, "
            text += "\(rule.onLookalike) on look-alikes\n"
        }
        for outcome in missed.prefix(Score.listLimit) {
            let actors = outcome.actors.map(\.printable).joined(separator: ", ")
            text += "Missed: \(outcome.id.printable) (\(outcome.kind.printable)) by \(actors), "
            text += "from \(outcome.firstRecord.rfc3339)\n"
        }
        if missed.count > Score.listLimit { text += "Missed: \(missed.count - Score.listLimit) more\n" }
        return text
    }

    /// Further figures that are defined here, for people.
    var metrics: [(name: String, value: String)] {
        var metrics: [(name: String, value: String)] = []
        func add(_ name: String, _ value: String, if isDefined: Bool) {
            if isDefined { metrics.append((name, value)) }
        }
        let logged = overall.timeSinceLogged
        add(
            "Time to detect since the ingester had the first record",
            "median \(FigureText.duration(logged.median)), p95 \(FigureText.duration(logged.p95))",
            if: logged.median != nil)
        add(
            "Alerts for each detected incident", FigureText.tenths(overall.alertsPerDetection),
            if: overall.alertsPerDetection != nil)
        add(
            "Average precision", FigureText.percent(curve?.average) + (curve?.unscoredText ?? ""),
            if: curve?.average != nil)
        add(
            "NAB score",
            "standard \(FigureText.tenths(numenta.standard)), low false positives "
                + "\(FigureText.tenths(numenta.lowFalsePositives)), low false negatives "
                + FigureText.tenths(numenta.lowFalseNegatives), if: numenta.standard != nil)
        add(
            "Range-based",
            "recall \(FigureText.percent(ranges.recall)), precision \(FigureText.percent(ranges.precision)), "
                + "f1 \(FigureText.percent(ranges.f1))", if: ranges.recall != nil || ranges.precision != nil)
        return metrics
    }
}

extension PrecisionRecallCurve {
    fileprivate var unscoredText: String {
        switch unscored {
        case 0: ""
        case 1: " (without the 1 alert that has no score)"
        default: " (without the \(unscored) alerts that have no score)"
        }
    }
}

extension Tally {
    fileprivate var cells: [String] {
        [
            "\(incidents)", "\(detected)", FigureText.percent(recall), FigureText.percent(precision),
            FigureText.percent(f1), "\(falseAlerts)", FigureText.tenths(falseAlertsPerDay), "\(duplicates)",
            FigureText.duration(timeToDetect.median), FigureText.duration(timeToDetect.p95),
            FigureText.duration(timeToDetect.maximum),
        ]
    }
}

extension RuleTally {
    var cells: [String] {
        [
            rule.printable, "\(alerts)", "\(expected)", "\(detected)", FigureText.percent(recall),
            FigureText.percent(precision), FigureText.percent(f1), "\(falseAlerts)", "\(onUnder + onLookalike)",
            "\(unexpected)",
            FigureText.duration(timeToDetect.median),
        ]
    }
}
