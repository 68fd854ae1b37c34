import Truth
import Scoring
import SimTime
import TailnetModel
import Testing

@Suite("Rule tally") struct RuleTallyTests {
    private let incidents = [
        incident("s1", 0...100, by: ["a"], rules: ["x/r1", "x/r2"]),
        incident("s2", 0...100, by: ["b"], rules: ["x/r1"]),
        incident("l", 0...100, by: ["c"], .lookalike), incident("u", 0...100, by: ["d"], .under),
        incident("s3", 0...100, by: ["e"], rules: ["x/never"]),
    ]
    private let alerts = [
        alert(10, "a", rule: "x/r1"), alert(20, "a", rule: "x/r1"), alert(30, "c", rule: "x/r1"),
        alert(31, "d", rule: "x/r1"), alert(40, "b", rule: "x/r2"), alert(50, "b", rule: "x/r3"),
    ]

    @Test("Each rule is measured alone") func eachRuleIsMeasuredAlone() throws {
        let rules = score(alerts, incidents).rules
        #expect(rules.map(\.rule) == ["x/never", "x/r1", "x/r2", "x/r3"])
        let first = rules[1]
        #expect([first.alerts, first.expected, first.detected, first.duplicates] == [4, 2, 1, 1])
        #expect([first.unexpected, first.falseAlerts, first.onUnder, first.onLookalike] == [0, 2, 1, 1])
        #expect(first.precision == 1.0 / 3 && first.recall == 0.5 && first.f1 == 2.0 / 5)
        #expect(first.timeToDetect.median == .seconds(10))
        #expect(first.missed == ["s2"])
        // It speaks of an incident that expects another rule: neither right nor wrong.
        let second = rules[2]
        #expect([second.detected, second.unexpected, second.falseAlerts] == [0, 1, 0])
        #expect(second.precision == nil && second.recall == 0 && second.missed == ["s1"])
        // Nothing expects it, so all incidents that are to be detected count.
        let third = rules[3]
        #expect([third.expected, third.detected] == [0, 1])
        #expect(third.precision == 1 && third.recall == nil && third.f1 == nil && third.missed.isEmpty)
    }

    @Test("A rule is not worse for another having been first") func aRuleIsNotWorseForAnotherHavingBeenFirst() {
        let one = [incident("s1", 0...100, by: ["a"], rules: ["x/r1", "x/r2"])]
        let result = score([alert(1, "a", rule: "x/r1"), alert(2, "a", rule: "x/r2")], one)
        #expect(result.rules.map(\.detected) == [1, 1])
        #expect(result.overall.detected == 1 && result.overall.duplicates == 1)
    }

    @Test("Rules that never fired are named") func rulesThatNeverFiredAreNamed() {
        #expect(score(alerts, incidents).silentRules == ["x/never"])
        #expect(score([], incidents).silentRules == ["x/never", "x/r1", "x/r2"])
    }

    @Test("Rules are renamed") func rulesAreRenamed() throws {
        var map = RuleMap()
        #expect(map.add("SSH = sweep=x/r1") == nil)
        #expect(map.add("Sweep detection=x/r2") == nil)
        #expect(map.name(of: "SSH = sweep") == "x/r1")
        #expect(map.name(of: "other") == "other")
        #expect(
            map.applied(to: [alert(1, rule: "Sweep detection"), alert(2, rule: "q")]).map(\.rule) == ["x/r2", "q"])
        #expect(map.add("SSH = sweep=x/r9")?.contains("keep one") == true)
        #expect(map.add("nothing") == "'nothing' has no '='; write RULE=source/slug")
        let file = try RuleMap.decode("# names\n\nA=x/a\r\n B = x/b \n")
        #expect(map.add(file).isEmpty)
        #expect(map.name(of: "A") == "x/a" && map.name(of: "B") == "x/b")
        let problems = #expect(throws: NDJSONProblems.self) { try RuleMap.decode("A=x/a\nB\n=x\nA=x/c") }
        #expect(problems?.problems.map(\.line) == [2, 3, 4])
    }
}
