import Truth
package import ByteText
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
    ///
    /// - Parameter unknown: alerts about nobody in the tailnet, where that is known; nil leaves the key out.
    public func json(conditions: [(name: String, value: String)], unknown: UnknownEntities? = nil) -> String {
        JSONWriter.object { json in
            putMembers(into: &json, conditions: conditions)
            if let unknown {
                json.object("unknownEntities") { json in
                    json.member("alerts", unknown.alerts)
                    json.member("example", unknown.example)
                }
            }
        }
    }

    /// Puts the keys of a score into an object.
    package func putMembers(into json: inout JSONWriter, conditions: [(name: String, value: String)] = []) {
        json.member("schema", Score.resultSchema)
        overall.putMembers(into: &json)
        json.member("averagePrecision", JSONNumber(figure: curve?.average))
        json.member("unscoredAlerts", curve?.unscored ?? alerts.count)
        json.object("nab") { json in
            json.member("standard", JSONNumber(figure: numenta.standard))
            json.member("lowFalsePositives", JSONNumber(figure: numenta.lowFalsePositives))
            json.member("lowFalseNegatives", JSONNumber(figure: numenta.lowFalseNegatives))
        }
        json.object("range") { json in
            json.member("precision", JSONNumber(figure: ranges.precision))
            json.member("recall", JSONNumber(figure: ranges.recall))
            json.member("f1", JSONNumber(figure: ranges.f1))
        }
        json.member("alerts", alerts.count)
        json.member("window", window.map(WindowText.init))
        json.member("graceSeconds", JSONNumber(seconds: options.grace))
        json.member("matchRules", options.matchesRules)
        json.member("alertSpanSeconds", JSONNumber(seconds: options.alertSpan))
        json.object("conditions") { json in
            for (name, value) in conditions.sorted(by: { $0.name < $1.name }) {
                json.member(name, ConditionValue(text: value))
            }
        }
        json.member("silentRules", silentRules)
        json.objects("rulesOnQuietIncidents", rules.filter { $0.onUnder + $0.onLookalike > 0 }) { json, rule in
            json.member("rule", rule.rule)
            json.member("under", rule.onUnder)
            json.member("lookalike", rule.onLookalike)
        }
        json.member("missedIncidents", missed.map(\.id))
        json.objects("kinds", kinds) { json, kind in
            json.member("kind", kind.kind)
            kind.tally.putMembers(into: &json)
        }
        json.objects("rules", rules) { $1.putMembers(into: &$0) }
        json.objects("incidents", incidents) { $1.putMembers(into: &$0) }
        json.objects("curve", curve?.points ?? []) { $1.putMembers(into: &$0) }
    }

    /// The incidents that were to be detected and were not.
    var missed: [Outcome] { incidents.filter { $0.variant.isToBeDetected && !$0.isDetected } }
}

/// A window of time as an object.
private struct WindowText: JSONWritable {
    let window: TimeWindow

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("start", window.start)
            json.member("end", window.end)
        }
    }
}

/// What a condition was, as a number where it is one.
struct ConditionValue: JSONWritable {
    let text: String

    func write(to json: inout JSONWriter) {
        if let number = JSONNumber(text) { number.write(to: &json) } else { text.write(to: &json) }
    }
}

extension Tally {
    fileprivate func putMembers(into json: inout JSONWriter) {
        json.member("precision", JSONNumber(figure: precision))
        json.member("recall", JSONNumber(figure: recall))
        json.member("f1", JSONNumber(figure: f1))
        json.member("expected", incidents)
        json.member("detected", detected)
        json.member("missed", missed)
        json.member("falseAlerts", falseAlerts)
        json.member("falseAlertsPerDay", JSONNumber(figure: falseAlertsPerDay))
        json.member("duplicates", duplicates)
        json.member("alertsPerDetection", JSONNumber(figure: alertsPerDetection))
        json.member("medianTimeToDetectSeconds", JSONNumber(seconds: timeToDetect.median))
        json.member("p95TimeToDetectSeconds", JSONNumber(seconds: timeToDetect.p95))
        json.member("maximumTimeToDetectSeconds", JSONNumber(seconds: timeToDetect.maximum))
        json.member("medianTimeSinceLoggedSeconds", JSONNumber(seconds: timeSinceLogged.median))
        json.member("p95TimeSinceLoggedSeconds", JSONNumber(seconds: timeSinceLogged.p95))
    }
}

extension RuleTally {
    fileprivate func putMembers(into json: inout JSONWriter) {
        json.member("rule", rule)
        json.member("alerts", alerts)
        json.member("precision", JSONNumber(figure: precision))
        json.member("recall", JSONNumber(figure: recall))
        json.member("f1", JSONNumber(figure: f1))
        json.member("expected", expected)
        json.member("detected", detected)
        json.member("duplicates", duplicates)
        json.member("unexpected", unexpected)
        json.member("falseAlerts", falseAlerts)
        json.member("falseAlertsPerDay", JSONNumber(figure: falseAlertsPerDay))
        json.member("onUnder", onUnder)
        json.member("onLookalike", onLookalike)
        json.member("medianTimeToDetectSeconds", JSONNumber(seconds: timeToDetect.median))
        json.member("p95TimeToDetectSeconds", JSONNumber(seconds: timeToDetect.p95))
        json.member("missedIncidents", missed)
    }
}

extension Score.Outcome {
    fileprivate func putMembers(into json: inout JSONWriter) {
        json.member("id", id)
        json.member("kind", kind)
        json.member("variant", variant.rawValue)
        json.member("detected", isDetected)
        json.member("rule", rule)
        json.member("timeToDetectSeconds", JSONNumber(seconds: timeToDetect))
        json.member("timeSinceLoggedSeconds", JSONNumber(seconds: timeSinceLogged))
        json.member("alerts", alerts)
    }
}

extension PrecisionRecallCurve.Point {
    fileprivate func putMembers(into json: inout JSONWriter) {
        json.member("threshold", JSONNumber("\(threshold)"))
        json.member("precision", JSONNumber(figure: precision))
        json.member("recall", JSONNumber(figure: recall))
    }
}
