import Truth
import ByteText
import Scoring
import SimTime
import TailnetModel
import TestSupport
import Testing

@Suite("Score output") struct ScoreOutputTests {
    private let nasty = "a<b>&\"c'\u{1}"

    private var result: Score {
        let incidents = [
            incident("s1", 0...100, by: ["a"]), incident("s2", 200...300, by: ["b"], .over),
            incident("k1", 0...100, by: ["e"], kind: "keys", .lookalike),
            incident(nasty, 50...60, by: ["f"], kind: nasty, rules: [nasty]),
        ]
        let alerts = [
            Alert(time: at(10), rule: "mocktail/sweep", entities: ["a"], score: 0.5), alert(20, "a"), alert(30, "e"),
            alert(40, "nobody", rule: nasty),
        ]
        return Score(
            of: alerts, against: incidents, options: ScoreOptions(window: TimeWindow(start: at(0), end: at(86_400))))
    }

    @Test("JSON has stable keys") func jsonHasStableKeys() throws {
        let result = score(
            [Alert(time: at(10), rule: "mocktail/sweep", entities: ["a"], score: 0.5), alert(40, "x")],
            [incident("s1", 0...100, by: ["a"])])
        let tally = [
            #""precision":0.5,"recall":1,"f1":0.6667,"expected":1,"detected":1,"missed":0,"falseAlerts":1,"#,
            #""falseAlertsPerDay":864,"duplicates":0,"alertsPerDetection":1,"medianTimeToDetectSeconds":10,"#,
            #""p95TimeToDetectSeconds":10,"maximumTimeToDetectSeconds":10,"medianTimeSinceLoggedSeconds":null,"#,
            #""p95TimeSinceLoggedSeconds":null"#,
        ].joined()
        let expected = [
            #"{"schema":1,\#(tally),"averagePrecision":1,"unscoredAlerts":1,"nab":{"standard":94.0648,"#,
            #""lowFalsePositives":88.5648,"lowFalseNegatives":96.0432},"range":{"precision":0.15,"recall":0.95,"#,
            #""f1":0.2591},"alerts":2,"window":{"start":"2026-08-01T09:00:00Z","end":"2026-08-01T09:01:40Z"},"#,
            #""graceSeconds":0,"matchRules":false,"alertSpanSeconds":300,"conditions":{"loss":0.1,"mode":"fast"},"silentRules":[],"#,
            #""rulesOnQuietIncidents":[],"missedIncidents":[],"kinds":[{"kind":"sweep",\#(tally)}],"rules":[{"#,
            #""rule":"mocktail/sweep","alerts":2,"precision":0.5,"recall":1,"f1":0.6667,"expected":1,"detected":1,"#,
            #""duplicates":0,"unexpected":0,"falseAlerts":1,"falseAlertsPerDay":864,"onUnder":0,"onLookalike":0,"#,
            #""medianTimeToDetectSeconds":10,"p95TimeToDetectSeconds":10,"missedIncidents":[]}],"incidents":[{"id":"s1","#,
            #""kind":"sweep","variant":"attack","detected":true,"rule":"mocktail/sweep","timeToDetectSeconds":10,"#,
            #""timeSinceLoggedSeconds":null,"alerts":1}],"curve":[{"threshold":0.5,"precision":1,"recall":1}]}"#,
        ].joined()
        #expect(result.json(conditions: [("mode", "fast"), ("loss", "0.1")]) == expected)
    }

    @Test("Every output is well formed") func everyOutputIsWellFormed() throws {
        for score in [result, score([], []), score([alert(1, "x")], []), score([], [incident("i", 0...0, by: [])])] {
            _ = try JSONValue.parse(Array(score.json(conditions: [(nasty, nasty), ("n", "-1.5e3")]).utf8))
            #expect(Markup.problem(in: score.html(conditions: [("k", nasty)])) == nil)
            let goals = try ScoreGoal.parse("recall=0.9,nab=3", upper: false)
            #expect(Markup.problem(in: score.junit(goals: goals, falseBudget: 0)) == nil)
            #expect(!score.table.isEmpty && score.table.hasSuffix("\n"))
        }
    }

    @Test("The page needs nothing from elsewhere") func thePageNeedsNothingFromElsewhere() {
        let page = result.html()
        for word in ["http:", "https:", "url(", "@import", "<script", "<link", "src="] {
            #expect(!page.contains(word), "\(word)")
        }
        #expect(page.contains("prefers-color-scheme: dark"))
        #expect(!page.contains("<b>"))
        // Every incident and every verdict has its sign and its hover text.
        #expect(page.contains("<rect class=\"found\"") && page.contains("<rect class=\"missed\""))
        #expect(page.contains("s1 (attack) by a, 2026-08-01T09:00:00Z to 2026-08-01T09:01:40Z: detected after 10s by"))
        #expect(page.contains("mocktail/sweep: a (duplicate on s1)") && page.contains("(false on k1)"))
    }

    @Test("Junit has a case for each incident rule and goal") func junitHasACaseForEachIncidentRuleAndGoal() throws {
        let goals = try ScoreGoal.parse("recall=0.9,precision=0.1", upper: false)
        let text = result.junit(goals: goals, falseBudget: 0)
        #expect(text.contains(#"<testsuites name="mocktail score" tests="8" failures="6" skipped="0">"#))
        #expect(text.contains(#"<testsuite name="incidents" tests="4" failures="3" errors="0" skipped="0">"#))
        #expect(text.contains(#"<testcase classname="mocktail.incidents" name="sweep attack s1" time="10"/>"#))
        #expect(text.contains(#"<failure message="1 alerts fell on it, but no rule should notice it"/>"#))
        #expect(text.contains(#"<failure message="recall is 0.3333, but at least 0.9 was asked"/>"#))
        #expect(result.junit(goals: [], falseBudget: 1).contains(#"<testsuite name="rules" tests="2" failures="0""#))
    }

    @Test("The table is aligned") func theTableIsAligned() {
        let result = score(
            [alert(10, "a"), alert(20, "a"), alert(30, "e")],
            [
                incident("s1", 0...100, by: ["a"]), incident("s2", 200...300, by: ["b"]),
                incident("k1", 0...100, by: ["e"], kind: "keys", .lookalike),
            ])
        #expect(
            result.table == """
                kind   incidents  detected  recall  precision     f1  false  false/day  duplicates  median  p95  longest
                keys           0         0       -       0.0%   0.0%      1      288.0           0       -    -        -
                sweep          2         1   50.0%      50.0%  50.0%      1      288.0           1     10s  10s      10s
                all            2         1   50.0%      50.0%  50.0%      1      288.0           1     10s  10s      10s

                rule            alerts  expected  detected  recall  precision     f1  false  on quiet  other  median
                mocktail/sweep       3         2         1   50.0%      50.0%  50.0%      1         1      0     10s

                Alerts for each detected incident: 2.0
                NAB score: standard 47.0, low false positives 44.3, low false negatives 48.0
                Range-based: recall 47.5%, precision 14.5%, f1 22.2%
                mocktail/sweep fired where it should not: 0 on under, 1 on look-alikes
                Missed: s2 (sweep) by b, from 2026-08-01T09:03:20Z

                """)
    }

    @Test("Series show what recall depends on") func seriesShowWhatRecallDependsOn() throws {
        func run(_ name: String, _ recall: String, _ conditions: String) throws -> ScoreSeries.Run {
            let text = #"{"schema":1,"recall":\#(recall),"precision":0.5,"conditions":{\#(conditions)}}"#
            return try ScoreSeries.Run(name: name, result: Array(text.utf8))
        }
        let series = ScoreSeries([
            try run("b", "0.5", #""load":1000,"mode":"x""#), try run("a", "1", #""load":"90""#),
            try run("c", "0.25", #""load":1000,"mode":"w""#), try run("d", "null", #""load":"90""#),
        ])
        #expect(series.runs.map(\.name) == ["a", "b", "c", "d"])
        #expect(series.conditions.map(\.name) == ["load", "mode"])
        #expect(series.conditions[0].steps.map(\.value) == ["90", "1000"])
        #expect(series.conditions[0].steps.map(\.recall) == [1, 0.375])
        #expect(series.conditions[0].steps.map(\.runs) == [2, 2])
        #expect(series.conditions[1].steps.map(\.value) == ["w", "x"])
        #expect(
            series.table.hasPrefix(
                "load  runs  recall  precision  f1  median time, s\n90       2  100.0%      50.0%   -"))
        _ = try JSONValue.parse(Array(series.json.utf8))
        #expect(Markup.problem(in: series.html) == nil)
        #expect(series.html.contains("<title>recall 37.5% at 1000</title>"))
        for text in ["{}", "{", #"{"schema":2,"recall":1,"precision":1}"#] {
            #expect(throws: ScoreProblem.self) { try ScoreSeries.Run(name: "x", result: Array(text.utf8)) }
        }
    }

    @Test("Values stand in their order") func valuesStandInTheirOrder() throws {
        let values = ["words", "1h", "30s", "5m", "0s"]
        let runs = try values.map { value in
            let text = #"{"recall":1,"precision":1,"conditions":{"delay":"\#(value)","loss":"\#(value.count * 5)%"}}"#
            return try ScoreSeries.Run(name: value, result: Array(text.utf8))
        }
        let series = ScoreSeries(runs)
        #expect(series.conditions[0].steps.map(\.value) == ["0s", "30s", "5m", "1h", "words"])
        #expect(series.conditions[1].steps.map(\.value) == ["10%", "15%", "25%"])
    }

    @Test("A score can be read back as a run") func aScoreCanBeReadBackAsARun() throws {
        let run = try ScoreSeries.Run(
            name: "x", result: Array(result.json(conditions: [("load", "5000")]).utf8))
        #expect(run.conditions.map(\.name) == ["load"] && run.conditions.map(\.value) == ["5000"])
        #expect(run.metrics["falseAlerts"] == 2 && run.metrics["alerts"] == 4)
    }
}

/// Checks that tags close in order and attributes and entities are whole.
enum Markup {
    static func problem(in text: String) -> String? {
        var open: [Substring] = []
        var rest = text[...]
        while let start = rest.firstIndex(of: "<") {
            if let entity = broken(rest[..<start]) { return "broken entity \(entity)" }
            guard let end = rest[start...].firstIndex(of: ">") else { return "an open tag" }
            var tag = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            if tag.hasPrefix("?") || tag.hasPrefix("!") { continue }
            if tag.hasPrefix("/") {
                guard open.popLast() == tag.dropFirst() else { return "</\(tag.dropFirst())> closes another tag" }
                continue
            }
            if tag.count(where: { $0 == "\"" }) % 2 != 0 { return "an open quote in <\(tag)>" }
            if let entity = broken(tag) { return "broken entity \(entity)" }
            let isClosed = tag.hasSuffix("/")
            if isClosed { tag.removeLast() }
            let name = tag.prefix { $0 != " " }
            if !isClosed, name != "meta" { open.append(name) }
            // Style sheets may hold > and quotes of their own.
            if name == "style", let close = rest.firstRange(of: "</style>") { rest = rest[close.lowerBound...] }
        }
        return open.isEmpty ? nil : "\(open) is not closed"
    }

    private static func broken(_ text: Substring) -> Substring? {
        var rest = text
        while let start = rest.firstIndex(of: "&") {
            let name = rest[rest.index(after: start)...].prefix(6).prefix { $0 != ";" }
            guard ["amp", "lt", "gt", "quot", "#39"].contains(name) else { return name }
            rest = rest[rest.index(after: start)...]
        }
        return text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" } ? "a control character" : nil
    }
}
