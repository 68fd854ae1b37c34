import Truth
import SimTime
import TailnetModel

extension Score {
    /// The version of the result's keys.
    public static let resultSchema = 1

    /// The score as one JSON object, with the keys always in the same order.
    ///
    /// A figure that is not defined (no alerts, no incidents, nothing detected) is `null`. The count of the incidents that
    /// are to be detected is `expected`, as `incidents` is the list of all of them.
    public var json: String { json(conditions: []) }

    /// The score as one JSON object with the conditions under which the alerts came about, by name.
    ///
    /// A condition's value that is a number is written as one.
    public func json(conditions: [(name: String, value: String)]) -> String {
        let kinds = kinds.map { JSONText.object([("kind", JSONText.string($0.kind))] + $0.tally.members) }
        let interval = window.map {
            JSONText.object([("start", JSONText.instant($0.start)), ("end", JSONText.instant($0.end))])
        }
        let quiet = rules.filter { $0.onUnder + $0.onLookalike > 0 }.map {
            JSONText.object([
                ("rule", JSONText.string($0.rule)), ("under", "\($0.onUnder)"), ("lookalike", "\($0.onLookalike)"),
            ])
        }
        var members = [("schema", "\(Score.resultSchema)")] + overall.members
        members += [
            ("averagePrecision", JSONText.ratio(curve?.average)),
            (
                "nab",
                JSONText.object([
                    ("standard", JSONText.number(numenta.standard)),
                    ("lowFalsePositives", JSONText.number(numenta.lowFalsePositives)),
                    ("lowFalseNegatives", JSONText.number(numenta.lowFalseNegatives)),
                ])
            ),
            (
                "range",
                JSONText.object([
                    ("precision", JSONText.ratio(ranges.precision)), ("recall", JSONText.ratio(ranges.recall)),
                    ("f1", JSONText.ratio(ranges.f1)),
                ])
            ),
            ("alerts", "\(alerts.count)"), ("window", interval ?? "null"),
            ("graceSeconds", JSONText.seconds(options.grace)), ("matchRules", "\(options.matchesRules)"),
            ("alertSpanSeconds", JSONText.seconds(options.alertSpan)),
        ]
        let sorted = conditions.sorted { $0.name < $1.name }
        let written = sorted.map { (JSONText.key($0.name), JSONText.numberOrString($0.value)) }
        members += [
            ("conditions", JSONText.object(written)),
            ("silentRules", JSONText.strings(silentRules)), ("rulesOnQuietIncidents", JSONText.array(quiet)),
            ("missedIncidents", JSONText.strings(missed.map(\.id))), ("kinds", JSONText.array(kinds)),
            ("rules", JSONText.array(rules.map(\.json))), ("incidents", JSONText.array(incidents.map(\.json))),
            ("curve", JSONText.array((curve?.points ?? []).map(\.json))),
        ]
        return JSONText.object(members)
    }

    /// The incidents that were to be detected and were not.
    var missed: [Outcome] { incidents.filter { $0.variant.isToBeDetected && !$0.isDetected } }
}

extension Tally {
    fileprivate var members: [(key: String, value: String)] {
        [
            ("precision", JSONText.ratio(precision)), ("recall", JSONText.ratio(recall)),
            ("f1", JSONText.ratio(f1)), ("expected", "\(incidents)"), ("detected", "\(detected)"),
            ("missed", "\(missed)"), ("falseAlerts", "\(falseAlerts)"),
            ("falseAlertsPerDay", JSONText.number(falseAlertsPerDay)), ("duplicates", "\(duplicates)"),
            ("alertsPerDetection", JSONText.number(alertsPerDetection)),
            ("medianTimeToDetectSeconds", JSONText.seconds(timeToDetect.median)),
            ("p95TimeToDetectSeconds", JSONText.seconds(timeToDetect.p95)),
            ("maximumTimeToDetectSeconds", JSONText.seconds(timeToDetect.maximum)),
            ("medianTimeSinceLoggedSeconds", JSONText.seconds(timeSinceLogged.median)),
            ("p95TimeSinceLoggedSeconds", JSONText.seconds(timeSinceLogged.p95)),
        ]
    }
}

extension RuleTally {
    fileprivate var json: String {
        JSONText.object([
            ("rule", JSONText.string(rule)), ("alerts", "\(alerts)"), ("precision", JSONText.ratio(precision)),
            ("recall", JSONText.ratio(recall)), ("f1", JSONText.ratio(f1)), ("expected", "\(expected)"),
            ("detected", "\(detected)"), ("duplicates", "\(duplicates)"), ("unexpected", "\(unexpected)"),
            ("falseAlerts", "\(falseAlerts)"), ("falseAlertsPerDay", JSONText.number(falseAlertsPerDay)),
            ("onUnder", "\(onUnder)"), ("onLookalike", "\(onLookalike)"),
            ("medianTimeToDetectSeconds", JSONText.seconds(timeToDetect.median)),
            ("p95TimeToDetectSeconds", JSONText.seconds(timeToDetect.p95)),
            ("missedIncidents", JSONText.strings(missed)),
        ])
    }
}

extension Score.Outcome {
    fileprivate var json: String {
        JSONText.object([
            ("id", JSONText.string(id)), ("kind", JSONText.string(kind)),
            ("variant", JSONText.string(variant.rawValue)), ("detected", "\(isDetected)"),
            ("rule", rule.map(JSONText.string) ?? "null"), ("timeToDetectSeconds", JSONText.seconds(timeToDetect)),
            ("timeSinceLoggedSeconds", JSONText.seconds(timeSinceLogged)), ("alerts", "\(alerts)"),
        ])
    }
}

extension PrecisionRecallCurve.Point {
    fileprivate var json: String {
        JSONText.object([
            ("threshold", "\(threshold)"), ("precision", JSONText.ratio(precision)), ("recall", JSONText.ratio(recall)),
        ])
    }
}
