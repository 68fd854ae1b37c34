import Truth
import Scoring
import SimTime
import TestSupport
import Testing

@Suite("Alert reader") struct AlertReaderTests {
    private func read(
        _ text: String, _ format: AlertFormat? = nil, _ mapping: AlertMapping = AlertPreset.mocktail.mapping
    ) throws -> [Alert] {
        try AlertReader.read(Array(text.utf8), format: format, mapping: mapping).alerts
    }

    private func problems(
        _ text: String, _ format: AlertFormat? = nil, _ mapping: AlertMapping = AlertPreset.mocktail.mapping
    ) -> String? {
        #expect(throws: NDJSONProblems.self) { try read(text, format, mapping) }?.description
    }

    private let two = [
        Alert(time: at(1), rule: "r", entities: ["a", "b"], score: 0.5), Alert(time: at(2), rule: "q", entities: ["c"]),
    ]

    @Test("One alert is the same in every form") func oneAlertIsTheSameInEveryForm() throws {
        let first = #"{"time":"2026-08-01T09:00:01Z","rule":"r","entities":["a","b"],"score":0.5}"#
        let second = #"{"time":"2026-08-01T09:00:02Z","rule":"q","entities":["c"]}"#
        let table = "time,rule,entities,score\n2026-08-01T09:00:01Z,r,\"a,b\",0.5\n2026-08-01T09:00:02Z,q,c,\n"
        for text in ["\(first)\n\(second)\n", "\r\n\(first)\r\n\r\n\(second)", "[\(first),\n \(second)]", table] {
            #expect(try read(text) == two)
        }
        #expect(try read("[\(first)]\n[\(second)]\n", .ndjson) == two)
        #expect(try read("").isEmpty)
        #expect(try read("[]").isEmpty)
        #expect(try read("time,rule,entities\n").isEmpty)
    }

    @Test("The form is seen at the beginning") func theFormIsSeenAtTheBeginning() {
        let cases: [(String, AlertFormat)] = [
            ("", .ndjson), (" \n{\"a\":1}\n{\"a\":2}\n", .ndjson), ("{\"a\":1}", .ndjson), ("{\n\"a\":1\n}", .json),
            ("[1,\n2]", .json), ("[{\"a\":1}]\n[{\"a\":2}]", .ndjson), ("{\"a\":\n{\"b\":1}}", .json),
            ("{broken\n{\"a\":2}\n", .ndjson), ("time,rule\n", .csv), ("\"time\",rule\n", .csv),
            ("\u{FEFF}time,rule\n", .csv),
        ]
        for (text, format) in cases { #expect(AlertFormat.detected(in: Array(text.utf8)) == format, "\(text)") }
    }

    @Test("Quoted cells hold commas quotes and lines") func quotedCellsHoldCommasQuotesAndLines() throws {
        let text =
            "rule,time,entities,note\r\n\"say \"\"hi\"\", x\",2026-08-01T09:00:01Z,a;b,\"two\r\nlines\"\r\n"
            + "\r\nlast,2026-08-01T09:00:02Z,\" c , d \",\"\"\r\n"
        let alerts = try read("\u{FEFF}" + text)
        #expect(alerts.map(\.rule) == ["say \"hi\", x", "last"])
        #expect(alerts.map(\.entities) == [["a", "b"], ["c", "d"]])
    }

    @Test("Wrong rows are named with their first line") func wrongRowsAreNamedWithTheirFirstLine() {
        let text = """
            time,rule,entities
            2026-08-01T09:00:01Z,"a
            b",x
            never,r,x
            2026-08-01T09:00:01Z,r
            2026-08-01T09:00:01Z,"r"s,x
            2026-08-01T09:00:01Z,,x
            2026-08-01T09:00:01Z,"open,x
            """
        #expect(
            problems(text) == """
                line 4: 'time' must be an RFC 3339 time such as 2026-08-01T09:00:12Z, or seconds or milliseconds since \
                1970, not 'never'
                line 5: the row has 2 cells, but the first line names 3
                line 6: a quoted cell goes on behind its closing quote; double a quote inside of a cell
                line 7: 'rule' is missing, or not a text
                line 8: a quoted cell has no closing quote
                """)
    }

    @Test("A table without the columns is one problem") func aTableWithoutTheColumnsIsOneProblem() {
        #expect(problems("name,host\na\nb\n") == "line 1: the first line must name the columns 'time', and 'rule'")
    }

    @Test("Wrong lines of a document are named") func wrongLinesOfADocumentAreNamed() {
        let text = """
            [
              {"time":1785574801,"rule":"r","entities":["a"]},
              {"time":true,"rule":"r","entities":["a"]},
              {"time":1785574801,"rule":["",{}],"entities":["a"]}, {"rule":"r"},
              7,
              {"time":1785574801,"rule":"r"},
              {"time":1785574801,"rule":"r","entities":["a",{}],"score":"high"}
            ]
            """
        #expect(
            problems(text) == """
                line 3: 'time' must be an RFC 3339 time such as 2026-08-01T09:00:12Z, or seconds or milliseconds since \
                1970, not 'that'
                line 4: 'rule' is missing, or not a text
                line 4: 'time' is missing
                line 5: the alert must be a JSON object
                line 6: 'entities' is missing
                line 7: 'entities' must be a list of texts
                """)
        #expect(problems("[1,\n2,]")?.hasPrefix("line 2: column ") == true)
        #expect(problems("{\"a\":1}\n{\"a\"\n", .ndjson)?.contains("line 2: column ") == true)
    }

    @Test(
        "Times of many forms",
        arguments: [
            ("\"2026-08-01T09:00:01.5Z\"", 1_500), ("\"2026-08-01T11:00:01+02:00\"", 1_000),
            ("\"2026-08-01T11:00:01.000+0200\"", 1_000), ("\"2026-08-01 09:00:01\"", 1_000),
            ("\"2026-08-01T09:00:01.25\"", 1_250), ("1785574801", 1_000), ("1785574801.25", 1_250),
            ("\"1785574801.2\"", 1_200),
            ("1785574801250", 1_250), ("\"1785574801250\"", 1_250), ("1785574801250000", 1_250),
            ("1785574801250000000", 1_250), ("1.785574801e9", 1_000),
        ] as [(String, Int64)])
    func timesOfManyForms(_ text: String, _ milliseconds: Int64) throws {
        let alerts = try read("{\"time\":\(text),\"rule\":\"r\",\"entities\":[]}")
        #expect(alerts.map(\.time) == [epoch + .milliseconds(milliseconds)])
    }

    @Test(
        "What is no time is refused",
        arguments: [
            "\"\"", "\"09:00\"", "-5", "\"1785574801x\"", "99999999999999999999", "\"2026-13-01T00:00:00Z\"", "{}",
        ])
    func whatIsNoTimeIsRefused(_ text: String) {
        #expect(problems("{\"time\":\(text),\"rule\":\"r\",\"entities\":[]}")?.hasPrefix("line 1: 'time'") == true)
    }

    @Test(
        "What is no decimal number is no score",
        arguments: [
            #""0x1p3""#, #""inf""#, #""nan""#, #""1e999""#, "1e999", #""0.5 ""#, "[]", "[[]]", "[null]", "{}", "true",
            #""high""#,
        ])
    func whatIsNoScoreIsRefused(_ text: String) {
        let line = "{\"time\":1785574801,\"rule\":\"r\",\"entities\":[],\"score\":\(text)}"
        guard text != #""0.5 ""# else {
            #expect((try? read(line))?.map(\.score) == [0.5])
            return
        }
        #expect(problems(line)?.hasPrefix("line 1: 'score' must be a number, such as 0.9") == true)
    }

    @Test("Scores of many forms", arguments: [("0.5", 0.5), ("-1e2", -100), (#""+.5""#, 0.5), (#"["7"]"#, 7)])
    func scoresOfManyForms(_ text: String, _ score: Double) throws {
        let line = "{\"time\":1785574801,\"rule\":\"r\",\"entities\":[],\"score\":\(text)}"
        #expect(try read(line).map(\.score) == [score])
        for empty in ["null", #""""#] {
            #expect(try read(line.replacing("\"score\":\(text)", with: "\"score\":\(empty)")).map(\.score) == [nil])
        }
    }

    @Test("A field of 2 MB is shortened in a message", arguments: ["time", "score"])
    func longFields(_ field: String) throws {
        let long = String(repeating: "x", count: 2_000_000)
        let values = ["time": "1785574801", "rule": "\"r\"", "entities": "[]"].merging([field: "\"\(long)\""]) { $1 }
        let line = "{" + values.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
        let problem = try #require(problems(line))
        #expect(problem.contains("xxx…xxx") && problem.count < 400)
    }

    @Test("Fields are found by path") func fieldsAreFoundByPath() throws {
        let paths = { (texts: [String]) in texts.compactMap { FieldPath($0) } }
        let mapping = AlertMapping(
            time: paths(["missing", "event.created"]), rule: paths(["kibana.rule.name"]),
            entities: paths(["hosts.name", "user", "raw.**", "inner.*.id"]), score: paths(["risk"]))
        let text =
            #"{"event":{"created":1785574801},"kibana.rule.name":"flat","hosts":[{"name":"a"},{"name":"b"}],"#
            + #""user":7,"raw":"{\"deep\":[\"c\",{\"x\":\"d\"}],\"no\":null,\"yes\":true}","#
            + #""inner":{"p":{"id":"e"},"q":{"id":"f"}},"risk":"73"}"#
        let alert = Alert(
            time: at(1), rule: "flat", entities: ["a", "b", "7", "c", "d", "e", "f"], score: 73)
        #expect(try read(text, nil, mapping) == [alert])
    }

    @Test("Paths with empty steps are none") func pathsWithEmptyStepsAreNone() {
        #expect(FieldPath("") == nil && FieldPath("a..b") == nil && FieldPath(".a") == nil && FieldPath("a.") == nil)
        #expect(FieldPath("a.b")?.description == "a.b")
    }

    @Test("Nameless alerts are counted") func namelessAlertsAreCounted() throws {
        let text = #"{"time":1,"rule":"r","entities":[]}"# + "\n" + #"{"time":1,"rule":"r","entities":["a"]}"#
        #expect(try AlertReader.read(Array(text.utf8)).nameless == 1)
    }
}
