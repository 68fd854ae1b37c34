import Truth
import SimTime
import TestSupport
import Testing

@Suite("Alert text") struct AlertTextTests {
    @Test("Lines come back as they were") func linesComeBackAsTheyWere() throws {
        let alerts = [
            Alert(time: at(0) + .nanoseconds(5), rule: "a/b \"c\"", entities: ["n1", "ana@example.com"], score: 0.25),
            Alert(time: at(1), rule: "x", entities: []),
        ]
        let text = alerts.map { AlertText.encode($0) + "\n" }.joined()
        #expect(
            text == """
                {"time":"2026-08-01T09:00:00.000000005Z","rule":"a/b \\"c\\"","entities":["n1","ana@example.com"],"score":0.25}
                {"time":"2026-08-01T09:00:01Z","rule":"x","entities":[]}

                """)
        #expect(try AlertText.decode(Array(text.utf8)) == alerts)
    }

    @Test("Unknown fields blank lines and carriage returns pass") func unknownFieldsBlankLinesAndCarriageReturnsPass()
        throws
    {
        let line = #"{"extra":{"a":[1]},"rule":"r","time":"2026-08-01T11:00:00+02:00","entities":[],"score":null}"#
        let text = "\r\n\(line)\r\n \n"
        #expect(try AlertText.decode(Array(text.utf8)) == [Alert(time: at(0), rule: "r", entities: [])])
    }

    @Test("A score that JSON cannot write is left out") func aScoreThatJSONCannotWriteIsLeftOut() {
        let line = AlertText.encode(Alert(time: at(0), rule: "r", entities: [], score: .infinity))
        #expect(line == #"{"time":"2026-08-01T09:00:00Z","rule":"r","entities":[]}"#)
    }

    @Test("All wrong lines are named at once") func allWrongLinesAreNamedAtOnce() {
        let text = """
            {"time":"2026-08-01T09:00:00Z","rule":"r","entities":["a"]}
            {"time":"yesterday","rule":"r","entities":["a"]}

            {"time":"2026-08-01T09:00:00Z","entities":["a"]}
            {"time":"2026-08-01T09:00:00Z","rule":"r","entities":["a",1]}
            {"time":"2026-08-01T09:00:00Z","rule":"r","entities":"a"}
            {"time":"2026-08-01T09:00:00Z","rule":"r","entities":[],"score":"high"}
            [1]
            {"time":
            """
        let problems = #expect(throws: NDJSONProblems.self) { try AlertText.decode(Array(text.utf8)) }
        #expect(
            problems?.description == """
                line 2: 'time' must be an RFC 3339 time such as 2026-08-01T09:00:12Z, not 'yesterday'
                line 4: 'rule' is missing
                line 5: 'entities' must be a list of strings
                line 6: 'entities' must be a list of strings
                line 7: 'score' must be a number
                line 8: the line must be a JSON object
                line 9: column 9: the text ends where a value was expected
                """)
    }
}
