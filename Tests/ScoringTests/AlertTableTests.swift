import Scoring
import SimTime
import TestSupport
import Testing
import Truth

@Suite("Alert table") struct AlertTableTests {
    private let wanted = [
        Alert(time: at(1), rule: "SSH; sweep", entities: ["lap", "100.64.0.9"]),
        Alert(time: at(2), rule: "b", entities: ["db-1"]),
    ]

    private func table(_ separator: String) -> String {
        [
            ["time", "rule", "entities"], ["2026-08-01T09:00:01Z", "\"SSH; sweep\"", "\"lap,100.64.0.9\""],
            ["2026-08-01T09:00:02Z", "b", "db-1"],
        ].map { $0.joined(separator: separator) + "\r\n" }.joined()
    }

    private func read(_ text: String, _ mapping: AlertMapping = AlertPreset.mocktail.mapping) throws -> [Alert] {
        try AlertReader.read(Array(text.utf8), mapping: mapping).alerts
    }

    private func problem(_ text: String) -> String? {
        #expect(throws: NDJSONProblems.self) { try read(text) }?.description
    }

    @Test("The separator is seen in the row of names", arguments: [",", ";", "\t", "|"])
    func separators(separator: String) throws {
        #expect(try read(table(separator)) == wanted)
    }

    @Test(
        "A first line names the separator",
        arguments: [("sep=,\r\n", ","), ("sep=;\n", ";"), ("SEP=\t\n", "\t"), ("\"sep=;\"\r\n", ";"), ("sep=:\n", ":")])
    func namedSeparator(line: String, separator: String) throws {
        guard separator == ":" else {
            #expect(try read(line + table(separator)) == wanted)
            return
        }
        #expect(try read(line + "time:rule:entities\n1785574801:r:lap\n").map(\.rule) == ["r"])
    }

    @Test("Lines are counted from the line that names the separator")
    func lines() {
        #expect(
            problem("sep=;\ntime;rule;entities\n1;r;a\n1;r\n")
                == "line 4: the row has 2 cells, but the first line names 3")
    }

    @Test("Names may have blanks around them")
    func blanks() throws {
        let alerts = try read("time, rule , entities\n 2026-08-01T09:00:01Z , r , lap \n")
        #expect(alerts == [Alert(time: at(1), rule: "r", entities: ["lap"])])
    }

    @Test("A cell of JSON has a name in each of its texts")
    func listsInCells() throws {
        let alerts = try read("time,rule,entities\n1785574801,r,\"[\"\"lap\"\",{\"\"ip\"\":\"\"100.64.0.9\"\"}]\"\n")
        #expect(alerts.map(\.entities) == [["lap", "100.64.0.9"]])
        // An address in brackets is no list.
        #expect(try read("time,rule,entities\n1785574801,r,[fd7a::1]:22\n").map(\.entities) == [["[fd7a::1]:22"]])
    }

    @Test("A column with dots in its name is a path")
    func dottedColumns() throws {
        let mapping = AlertMapping(
            time: [FieldPath("event.time")].compactMap(\.self), rule: [FieldPath("rule.name")].compactMap(\.self),
            entities: [FieldPath("host.**"), FieldPath("actor.*.id")].compactMap(\.self))
        let alerts = try read(
            "event.time,rule.name,host.name,host.addresses{},actor.x.id,hostile\n1785574801,r,lap,100.64.0.9,n1,no\n",
            mapping)
        #expect(alerts == [Alert(time: at(1), rule: "r", entities: ["lap", "100.64.0.9", "n1"])])
    }
}
