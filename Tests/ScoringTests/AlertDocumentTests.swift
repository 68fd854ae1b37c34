import Scoring
import SimTime
import TestSupport
import Testing
import Truth

@Suite("Alert document") struct AlertDocumentTests {
    private func read(
        _ text: String, lists: [String] = [], _ preset: AlertPreset = .mocktail, _ format: AlertFormat? = nil,
        namesOptions: Bool = false
    ) throws -> AlertReading {
        var mapping = preset.mapping
        mapping.namesOptions = namesOptions
        if !lists.isEmpty {
            mapping.lists = lists.compactMap { FieldPath($0) }
            mapping.requiresList = true
        }
        return try AlertReader.read(Array(text.utf8), format: format, mapping: mapping)
    }

    private func problem(_ text: String, lists: [String] = [], _ preset: AlertPreset = .mocktail) -> String? {
        #expect(throws: NDJSONProblems.self) { try read(text, lists: lists, preset) }?.description
    }

    private func document(_ second: Int, rule: String = "r") -> String {
        """
        {
          "time": "2026-08-01T09:00:0\(second)Z",
          "rule": "\(rule)", "entities": ["lap"]
        }
        """
    }

    private func line(_ second: Int) -> String { document(second).split(separator: "\n").joined() }

    @Test("Documents may follow each other, on many lines, on one, or both")
    func sequences() throws {
        for text in [
            document(1) + "\n" + document(2), document(1) + document(2), line(1) + line(2),
            line(1) + " " + line(2) + "\n",
            line(1) + "\n" + document(2) + "\n", document(1) + "\n" + line(2), "[\(line(1))]\n\n\(document(2))\n\n",
            "\n\n" + document(1) + "\r\n\r\n" + document(2) + "\r\n",
        ] {
            #expect(try read(text).alerts.map(\.time) == [at(1), at(2)], "\(text)")
            #expect(try read(text, .mocktail, .json).alerts.count == 2, "\(text)")
        }
        #expect(try read(line(1) + line(2) + "\n" + line(3) + line(4) + "\n").alerts.count == 4)
    }

    @Test("What is wrong in a later document is named with its line")
    func laterProblems() {
        #expect(problem(document(1) + "\n" + document(2, rule: "")) == "line 5: 'rule' is missing, or not a text")
        #expect(
            problem(document(1) + "\n{\n  \"time\": 1,\n")
                == "line 7: column 1: the text ends where a key in double quotes was expected")
        #expect(problem(document(1) + "\n}")?.hasPrefix("line 5: column 1: found '}'") == true)
    }

    @Test("Documents that are nested too deeply are refused")
    func nesting() {
        let deep = String(repeating: "[", count: 600) + String(repeating: "]", count: 600)
        #expect(problem(deep)?.contains("nested more than 512 levels deep") == true)
        let objects = String(repeating: "{\"a\":", count: 600) + "1" + String(repeating: "}", count: 600)
        #expect(problem(objects)?.contains("nested more than 512 levels deep") == true)
    }

    @Test("A list within objects is found by its path")
    func listPath() throws {
        let text = "{\"data\":{\"alerts\":[\(line(1)),\n\(line(2))],\"next\":null}}"
        #expect(try read(text, lists: ["data.alerts"]).alerts.map(\.time) == [at(1), at(2)])
        #expect(try read(text + "\n" + text, lists: ["data.alerts"]).alerts.count == 4)
        // Lists on the way need no name, and the first path that is there counts.
        let edges = "{\"alerts\":[{\"edges\":[{\"node\":\(line(1))},{\"node\":\(line(2))}]}]}"
        #expect(try read(edges, lists: ["data.alerts", "alerts.edges.node"]).alerts.count == 2)
        #expect(try read("{\"data\":{\"alerts\":[]}}", lists: ["data.alerts"]).alerts.isEmpty)
        #expect(try read("{\"data\":{\"alerts\":null}}", lists: ["data.alerts"]).alerts.isEmpty)
        #expect(try read("[]", lists: ["data.alerts"]).alerts.isEmpty)
    }

    @Test("A document without the list is refused, one with another list says where it is")
    func missingLists() {
        let text = "{\"data\":{\"alerts\":[\(line(1))]}}"
        #expect(problem(text, lists: ["alerts"]) == "line 1: there is no list at 'alerts'")
        #expect(problem(text) == "line 1: 'time' is missing")
        #expect(
            advice(text) == "line 1: 'time' is missing; --list-path data.alerts takes the alerts from the list there")
        let numbers = "{\"data\":{\"alerts\":[1]}}"
        #expect(advice(numbers) == "line 1: 'time' is missing; --time-field names another field")
    }

    @Test("Those who can give options are told the one that would help")
    func options() {
        let lines = [
            #"{"when":"2026-08-01T09:00:01Z","rule":"r","entities":["lap"]}"#, #"{"time":1,"entities":["lap"]}"#,
            #"{"time":1,"rule":"r"}"#, #"{"time":"never","rule":"r","entities":[]}"#,
        ]
        #expect(
            advice(lines.joined(separator: "\n")) == """
                line 1: 'time' is missing; --time-field names another field
                line 2: 'rule' is missing, or not a text; --rule-field names another field
                line 3: 'entities' is missing; --entity-field names another field
                line 4: 'time' must be an RFC 3339 time such as 2026-08-01T09:00:12Z, or seconds or milliseconds since \
                1970, not 'never'; --time-format says how it is written
                """)
        let columns = "line 1: the first line must name the columns 'time', and 'rule'; "
        #expect(advice("when,rule\n") == columns + "--time-field names another")
        #expect(advice("time,name\n") == columns + "--rule-field names another")
        #expect(advice("when,name\n") == columns + "--time-field and --rule-field name others")
    }

    private func advice(_ text: String) -> String? {
        #expect(throws: NDJSONProblems.self) { try read(text, namesOptions: true) }?.description
    }

    @Test("Tables of names and values are read in every shape")
    func tables() throws {
        let rows = #"[["2026-08-01T09:00:01Z","r",["lap","x"]],["2026-08-01T09:00:02Z","q","db"]]"#
        let columns = #"[["2026-08-01T09:00:01Z","2026-08-01T09:00:02Z"],["r","q"],[["lap","x"],"db"]]"#
        let names = #"["time","rule","entities"]"#
        let typed = #"[{"name":"time","type":"datetime"},{"name":"rule"},{"name":"entities"}]"#
        let wanted = [
            Alert(time: at(1), rule: "r", entities: ["lap", "x"]), Alert(time: at(2), rule: "q", entities: ["db"]),
        ]
        for text in [
            #"{"preview":false,"fields":\#(names),"rows":\#(rows)}"#, #"{"fields":\#(typed),"rows":\#(rows)}"#,
            #"{"fields":\#(names),"columns":\#(columns)}"#, #"{"columns":\#(typed),"rows":\#(rows)}"#,
            #"{"columns":\#(typed),"values":\#(rows)}"#,
            #"{"tables":[{"name":"PrimaryResult","columns":\#(typed),"rows":\#(rows)}]}"#,
        ] {
            #expect(try read(text).alerts == wanted, "\(text)")
        }
        #expect(try read(#"{"fields":\#(names),"rows":[]}"#).alerts.isEmpty)
        #expect(problem(#"{"fields":\#(names),"rows":[["1"]]}"#) == "line 1: a row has 1 values, but the table names 3")
        #expect(
            problem(#"{"fields":\#(names),"columns":[["1"],[]]}"#) == "line 1: the table has 2 columns, but names 3")
        #expect(
            problem(#"{"fields":\#(names),"columns":[["1"],[],[]]}"#)
                == "line 1: the columns of the table are not equally long")
    }

    @Test("Any depth and keys with dots are found by path")
    func paths() throws {
        var mapping = AlertPreset.mocktail.mapping
        mapping.entities = ["**.client.ip", "a.**", "b.*.id", "**.deep.**"].compactMap { FieldPath($0) }
        let text =
            #"{"time":1785574801,"rule":"r","client":{"ip":"1"},"x":[{"y.client.ip":"2"},{"client":{"ip":["3"]}}],"#
            + #""a.one":"4","a":{"two":"5"},"a.b.c{}":["6"],"ab.c":"no","b.x.id":"7","b":{"y":{"id":8}},"z.deep.q":"9"}"#
        let alerts = try AlertReader.read(Array(text.utf8), mapping: mapping).alerts
        #expect(alerts.first?.entities.sorted() == ["1", "2", "3", "4", "5", "6", "7", "8", "9"])
    }
}
