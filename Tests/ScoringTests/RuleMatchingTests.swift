import Truth
import Scoring
import SimTime
import TailnetModel
import TestSupport
import Testing

/// Where only an expected rule detects; the figures are worked out by hand.
@Suite("Rule matching") struct RuleMatchingTests {
    private func strict(_ alerts: [Alert], _ incidents: [Incident]) -> Score {
        Score(of: alerts, against: incidents, options: ScoreOptions(grace: .zero, matchesRules: true))
    }

    private let incidents = [
        incident("s1", 0...100, by: ["a"], rules: ["x/r1", "x/r2"]),
        incident("s2", 50...150, by: ["a"], rules: ["x/r3"]),
        incident("free", 0...100, by: ["b"], rules: []), incident("quiet", 0...100, by: ["c"], .lookalike),
    ]

    @Test("Only an expected rule detects") func onlyAnExpectedRuleDetects() {
        let result = strict(
            [
                alert(10, "a", rule: "x/other"), alert(20, "a", rule: "x/r2"), alert(60, "a", rule: "x/r1"),
                alert(70, "a", rule: "x/r3"), alert(80, "c", rule: "x/r1"), alert(90, "nobody", rule: "x/r1"),
            ], incidents)
        #expect(result.detections == ["s1": 20, "s2": 20])
        #expect(result.overall.duplicates == 2 && result.overall.falseAlerts == 2)
        #expect(result.overall.incidents == 3 && result.overall.precision == 0.5)
    }

    @Test("An incident that expects no rule is detected by any") func anIncidentThatExpectsNoRuleIsDetectedByAny() {
        #expect(strict([alert(10, "b", rule: "x/r9")], incidents).detections == ["free": 10])
    }

    @Test("Without it every rule detects") func withoutItEveryRuleDetects() {
        let alerts = [alert(10, "a", rule: "x/other")]
        #expect(score(alerts, incidents).detections == ["s1": 10])
        let result = strict(alerts, incidents)
        #expect(result.detections.isEmpty && result.overall.duplicates == 1 && result.overall.falseAlerts == 0)
    }

    @Test("The curve follows") func theCurveFollows() throws {
        func scored(_ second: Int64, _ rule: String, _ score: Double) -> Alert {
            Alert(time: at(second), rule: rule, entities: ["a"], score: score)
        }
        let alerts = [scored(10, "x/other", 0.9), scored(20, "x/r1", 0.5)]
        let curve = try #require(strict(alerts, incidents).curve)
        #expect(curve.points.map(\.recall) == [0, 1.0 / 3])
        #expect(try #require(score(alerts, incidents).curve).points.map(\.recall) == [1.0 / 3, 1.0 / 3])
    }

    /// Small random cases against every possible assignment; in any order.
    @Test("Agrees with exhaustive search", arguments: 0..<150) func agreesWithExhaustiveSearch(_ seed: Int) {
        var draws = Draws(state: UInt64(7_000 + seed))
        let names = ["a", "b", "c"]
        let rules = ["x/1", "x/2", "x/3"]
        let incidents = (0..<Int.random(in: 1...5, using: &draws)).map { number in
            let first = Int64.random(in: 0...20, using: &draws)
            return incident(
                "i\(number)", first...first + Int64.random(in: 0...15, using: &draws),
                by: names.filter { _ in Bool.random(using: &draws) },
                rules: rules.filter { _ in Bool.random(using: &draws) })
        }
        let alerts = (0..<Int.random(in: 0...6, using: &draws)).map { _ in
            Alert(
                time: at(Int64.random(in: 0...30, using: &draws)), rule: rules.randomElement(using: &draws) ?? "",
                entities: names.filter { _ in Bool.random(using: &draws) })
        }
        func isEdge(_ alert: Alert, _ incident: Incident) -> Bool {
            incident.firstRecord <= alert.time && alert.time <= incident.lastRecord
                && incident.actors.contains { alert.entities.contains(String($0.name.prefix { $0 != "." })) }
        }
        func most(_ index: Int, _ taken: Set<String>) -> Int {
            guard index < alerts.count else { return taken.count }
            var best = most(index + 1, taken)
            for incident in incidents where !taken.contains(incident.id) && isEdge(alerts[index], incident) {
                guard incident.expectedRules.isEmpty || incident.expectedRules.contains(alerts[index].rule) else {
                    continue
                }
                best = max(best, most(index + 1, taken.union([incident.id])))
            }
            return best
        }
        let result = strict(alerts, incidents)
        #expect(result.overall.detected == most(0, []))
        let related = alerts.count { alert in incidents.contains { isEdge(alert, $0) } }
        #expect(result.overall.falseAlerts == alerts.count - related)
        #expect(result.overall.duplicates == related - result.overall.detected)
        #expect(strict(alerts.shuffled(using: &draws), incidents.shuffled(using: &draws)) == result)
    }
}
