import Delivery
public import Scoring
import SimTime
import TailnetModel
public import Truth

/// The result of a demo: the delivery, what the receiver holds, what was detected.
public struct DemoResult: Sendable {
    public var report: RunReport
    /// Records that the receiver holds, duplicates not counted.
    public var held: Int
    /// Records of the network log that the receiver took.
    public var network: Int
    /// Records of the configuration log that the receiver took.
    public var configuration: Int
    public var incidents: [Incident]
    /// Of all detections that ran.
    public var score: Score
    /// How many detections ran.
    public var detections: Int
    /// Who did each incident, by its id, in names that a reader knows.
    public var actors: [String: String]

    /// Makes a result.
    public init(
        report: RunReport, held: Int, network: Int, configuration: Int, incidents: [Incident], score: Score,
        detections: Int, actors: [String: String]
    ) {
        self.report = report
        self.held = held
        self.network = network
        self.configuration = configuration
        self.incidents = incidents
        self.score = score
        self.detections = detections
        self.actors = actors
    }

    /// Records that were generated and that neither the account nor the receiver knows of.
    public var lost: Int {
        max(report.account.lost, report.account.generated - report.account.refused - report.account.givenUp - held)
    }

    /// The detections that raised alerts: first those on an incident, then by name.
    var fired: [RuleTally] {
        score.rules.filter { $0.alerts > 0 }.sorted {
            ($0.alerts == $0.falseAlerts ? 1 : 0, $0.rule) < ($1.alerts == $1.falseAlerts ? 1 : 0, $1.rule)
        }
    }

    /// The result for scripts: the delivery's keys, then `incidents`, `score`, and `detections` with all that fired.
    public var json: String {
        var text = report.jsonText
        text.removeLast()
        let incidents = score.incidents.map { outcome in
            let time = outcome.timeToDetect.map { seconds($0.nanoseconds) } ?? "null"
            return "{\"kind\":\"\(outcome.kind)\",\"detected\":\(outcome.isDetected),\"timeToDetectSeconds\":\(time)}"
        }
        text += ",\"incidents\":[\(incidents.joined(separator: ","))]"
        text += ",\"score\":{\"precision\":\(ratio(score.overall.precision)),\"recall\":\(ratio(score.overall.recall))"
        text += ",\"f1\":\(ratio(score.overall.f1))}"
        let rules = score.rules.filter { $0.alerts > 0 }.map { rule in
            "{\"rule\":\"\(rule.rule)\",\"alerts\":\(rule.alerts),\"falseAlerts\":\(rule.falseAlerts)}"
        }
        return text + ",\"detections\":[\(rules.joined(separator: ","))]}"
    }

    private func ratio(_ value: Double?) -> String {
        guard let value else { return "null" }
        let millis = Int((value * 10_000).rounded())
        let digits = String(millis % 10_000)
        return "\(millis / 10_000).\(String(repeating: "0", count: 4 - digits.count))\(digits)"
    }

    private func seconds(_ nanoseconds: Int64) -> String {
        let digits = String(nanoseconds / 1_000_000 % 1_000)
        return "\(nanoseconds / 1_000_000_000).\(String(repeating: "0", count: 3 - digits.count))\(digits)"
    }
}
