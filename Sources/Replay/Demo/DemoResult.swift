import ByteText
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
    /// The rules of the detections that ran.
    public var detections: [String]
    /// Who did each incident, by its id, in names that a reader knows.
    public var actors: [String: String]

    /// Makes a result.
    public init(
        report: RunReport, held: Int, network: Int, configuration: Int, incidents: [Incident], score: Score,
        detections: [String], actors: [String: String]
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

    /// Whether an incident was missed that one of the detections looks for.
    ///
    /// What none of them looks for is no failure of theirs.
    public var missesCovered: Bool { score.incidents.contains { isMissed($0) && isCovered($0) } }

    /// The kinds of missed incidents that none of the detections looks for, in the order of the incidents.
    var uncoveredKinds: [String] {
        var kinds: [String] = []
        for outcome in score.incidents where isMissed(outcome) && !isCovered(outcome) && !kinds.contains(outcome.kind) {
            kinds.append(outcome.kind)
        }
        return kinds
    }

    /// Whether the incident should be detected and was not.
    func isMissed(_ outcome: Score.Outcome) -> Bool { outcome.variant.isToBeDetected && !outcome.isDetected }

    /// Whether the incident expects a rule that ran.
    func isCovered(_ outcome: Score.Outcome) -> Bool { outcome.expectedRules.contains(where: detections.contains) }

    /// The detections that raised alerts: first those on an incident, then by name.
    var fired: [RuleTally] {
        score.rules.filter { $0.alerts > 0 }.sorted {
            ($0.alerts == $0.falseAlerts ? 1 : 0, $0.rule) < ($1.alerts == $1.falseAlerts ? 1 : 0, $1.rule)
        }
    }

    /// The result for scripts: the delivery's keys, then `incidents`, `score`, and `detections` with all that fired.
    public var json: String {
        JSONWriter.object { json in
            report.putMembers(into: &json)
            json.objects("incidents", score.incidents) { json, outcome in
                json.member("kind", outcome.kind)
                json.member("detected", outcome.isDetected)
                json.member("covered", outcome.variant.isToBeDetected ? isCovered(outcome) : nil)
                json.member(
                    "timeToDetectSeconds",
                    outcome.timeToDetect.map { JSONNumber(fixed: $0.nanoseconds / 1_000_000, decimals: 3) })
            }
            json.object("score") { json in
                json.member("precision", DemoResult.ratio(score.overall.precision))
                json.member("recall", DemoResult.ratio(score.overall.recall))
                json.member("f1", DemoResult.ratio(score.overall.f1))
            }
            json.objects("detections", score.rules.filter { $0.alerts > 0 }) { json, rule in
                json.member("rule", rule.rule)
                json.member("alerts", rule.alerts)
                json.member("falseAlerts", rule.falseAlerts)
            }
        }
    }

    private static func ratio(_ value: Double?) -> JSONNumber? {
        value.map { JSONNumber(fixed: Int(($0 * 10_000).rounded()), decimals: 4) }
    }
}
