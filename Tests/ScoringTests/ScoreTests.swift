import Truth
import Scoring
import SimTime
import TailnetModel
import TestSupport
import Testing

@Suite("Score") struct ScoreTests {
    /// Two kinds with every variant, and alerts of every sort; the figures below are worked out by hand.
    private let incidents = [
        incident("s1", 0...100, by: ["a"]), incident("s2", 200...300, by: ["a"], .over),
        incident("s3", 0...100, by: ["b"]), incident("s4", 0...100, by: ["c"], .under),
        incident("k1", 0...100, by: ["d"], kind: "keys", rules: ["mocktail/keys", "other/keys"]),
        incident("k2", 0...100, by: ["e"], kind: "keys", .lookalike),
        incident("q1", 0...100, by: ["f"], kind: "quiet", .lookalike),
    ]
    private let alerts = [
        alert(10, "a"), alert(11, "a"), alert(230, "a"),  // s1 and a duplicate, s2
        alert(20, "c"),  // false, on the sweep s4
        alert(40, "d", rule: "mocktail/keys"),  // k1
        alert(50, "e", rule: "mocktail/sweep"),  // false: on keys, and the rule of sweeps
        alert(60, "nobody", rule: "mocktail/keys"), alert(61, "nobody", rule: "odd/rule"),  // false
        alert(150, "a"),  // false: between s1 and s2
        alert(70, "a", "c"),  // a duplicate for s1, not a false alert on s4
    ]

    @Test("Tallies are those of the hand") func talliesAreThoseOfTheHand() {
        let result = score(alerts, incidents)
        #expect(result.overall.incidents == 4)
        #expect(result.overall.detected == 3)
        #expect(result.overall.falseAlerts == 5)
        #expect(result.overall.duplicates == 2)
        #expect(result.overall.precision == 3.0 / 8)
        #expect(result.overall.recall == 3.0 / 4)
        #expect(result.overall.f1 == 6.0 / 12)
        #expect(result.overall.medianTimeToDetect == .seconds(30))
        #expect(result.overall.maximumTimeToDetect == .seconds(40))
        #expect(result.kinds.map(\.kind) == ["keys", "quiet", "sweep"])
        let keys = result.kinds[0].tally
        #expect([keys.incidents, keys.detected, keys.falseAlerts, keys.duplicates] == [1, 1, 2, 0])
        let quiet = result.kinds[1].tally
        #expect([quiet.incidents, quiet.detected, quiet.falseAlerts, quiet.duplicates] == [0, 0, 0, 0])
        let sweep = result.kinds[2].tally
        #expect([sweep.incidents, sweep.detected, sweep.falseAlerts, sweep.duplicates] == [3, 2, 3, 2])
        #expect(sweep.medianTimeToDetect == .seconds(20))
        #expect(result.silentRules == ["other/keys"])
    }

    @Test("Variants that no rule should notice count the alerts that fell on them")
    func variantsThatNoRuleShouldNoticeCountTheAlertsThatFellOnThem() {
        let result = score(alerts, incidents)
        let alertsOf = Dictionary(uniqueKeysWithValues: result.incidents.map { ($0.id, $0.alerts) })
        #expect(alertsOf == ["s1": 3, "s2": 1, "s3": 0, "s4": 1, "k1": 1, "k2": 1, "q1": 0])
        #expect(result.incidents.filter(\.isDetected).map(\.id) == ["k1", "s1", "s2"])
    }

    @Test("Figures that are not defined are nil") func figuresThatAreNotDefinedAreNil() {
        let nothing = Score(of: [], against: []).overall
        #expect(nothing.precision == nil && nothing.recall == nil && nothing.f1 == nil)
        let silent = score([], [incident("i", 0...9, by: ["a"])]).overall
        #expect(silent.precision == nil && silent.recall == 0 && silent.f1 == 0)
        #expect(silent.medianTimeToDetect == nil && silent.maximumTimeToDetect == nil)
        let noisy = score([alert(1, "a")], []).overall
        #expect(noisy.precision == 0 && noisy.recall == nil && noisy.f1 == 0)
    }

    @Test("The order of alerts and incidents does not matter") func theOrderOfAlertsAndIncidentsDoesNotMatter() {
        let expected = score(alerts, incidents)
        var draws = Draws(state: 1)
        for _ in 0..<50 {
            #expect(score(alerts.shuffled(using: &draws), incidents.shuffled(using: &draws)) == expected)
        }
    }

    @Test("JSON writes fractions of seconds") func jsonWritesFractionsOfSeconds() {
        var sweep = incident("i", 0...9, by: ["a"])
        sweep.firstRecord = at(0) + .nanoseconds(950_999_999)
        let json = score([alert(2, "a")], [sweep]).json
        #expect(json.contains(#""timeToDetectSeconds":1.049,"#))
    }

    /// Many alerts for few incidents of few actors: quadratic work would take hours.
    @Test("Many alerts are scored in one sweep") func manyAlertsAreScoredInOneSweep() {
        let names = (0..<20).map { "v\($0)" }
        let incidents = (0..<1_000).map { incident("i\($0)", Int64($0)...Int64($0) + 400, by: [names[$0 % 20]]) }
        let alerts = (0..<50_000).map { alert(Int64($0 % 1_400), names[$0 % 20]) }
        let result = score(alerts, incidents)
        #expect(result.overall.detected == 1_000)
        #expect(result.overall.detected + result.overall.duplicates + result.overall.falseAlerts == 50_000)
    }

    /// The promise of the page of scoring: a million alerts against ten thousand incidents in seconds, whatever their order.
    @Test("A million alerts against ten thousand incidents", .timeLimit(.minutes(2)))
    func aMillionAlertsAgainstTenThousandIncidents() {
        let actors = (0..<2_000).map { "v\($0)" }
        // Each actor has five incidents of half an hour each within a week; every tenth is to be left alone.
        let incidents = (0..<10_000).map { number in
            let start = Int64(number / 2_000) * 100_000 + Int64(number % 2_000)
            return incident(
                "i\(number)", start...start + 1_800, by: [actors[number % 2_000], actors[(number + 1) % 2_000]],
                kind: "kind\(number % 59)", number % 10 == 0 ? .lookalike : .attack, rules: ["x/r\(number % 40)"])
        }
        var draws = Draws(state: 7)
        let alerts = (0..<1_000_000).map { number in
            // Half of them within an incident of their actor, half at any time.
            let actor = Int.random(in: 0..<2_000, using: &draws)
            let time =
                number % 2 == 0
                ? Int64.random(in: 0..<5, using: &draws) * 100_000 + Int64(actor)
                    + Int64.random(in: 0...1_800, using: &draws)
                : Int64.random(in: 0..<500_000, using: &draws)
            return alert(time, actors[actor], rule: "x/r\(number % 50)")
        }
        let result = score(alerts, incidents)
        #expect(result.overall.incidents == 9_000 && result.overall.detected == 9_000)
        #expect(result.overall.detected + result.overall.duplicates + result.overall.falseAlerts == 1_000_000)
        #expect(result.overall.falseAlerts > 400_000 && result.overall.duplicates > 300_000)
    }
}
