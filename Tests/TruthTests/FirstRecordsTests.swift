import Truth
import SimTime
import TestSupport
import Testing

@Suite("First records") struct FirstRecordsTests {
    private func read(_ text: String, as file: String, into first: inout FirstRecords) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        first.read(file) { lines.popFirst().map { Array($0.utf8) } }
    }

    @Test("The first record of each log is looked up") func theFirstRecordOfEachLogIsLookedUp() throws {
        let labels = """
            {"schema":1,"log":"configuration","id":{},"incidents":["i"],"effect":"added","file":"configuration.ndjson","line":2}
            {"schema":1,"log":"network","id":{},"incidents":["i","j"],"effect":"added","file":"network.ndjson","line":2}
            {"schema":1,"log":"network","id":{},"incidents":["j","k"],"effect":"altered","file":"network.ndjson","line":4}
            {"schema":1,"log":"network","id":{},"incidents":["s"],"effect":"suppressed","record":{"logged":"2026-08-01T09:00:09Z"}}
            {"schema":1,"log":"network","id":{},"incidents":["lost"],"effect":"added","file":"network.ndjson","line":99}
            """
        var first = try FirstRecords(labels: Array(labels.utf8))
        #expect(first.places.map(\.line) == [2, 2, 4, 99])
        #expect(first.places.map(\.incidents) == [["i"], ["i", "j"], ["k"], ["lost"]])
        let network = """
            {"logged":"2026-08-01T09:00:01Z"}
            {"logged":"2026-08-01T09:00:02Z"}

            {"logged":"2026-08-01T09:00:04Z"}
            """
        read(network, as: "network.ndjson", into: &first)
        #expect(first.loggedOf == ["i": at(2), "j": at(2), "k": at(4), "s": at(9)])
        let configuration = "{}\n{\"logged\":\"2026-08-01T09:00:01Z\"}\n"
        read(configuration, as: "configuration.ndjson", into: &first)
        #expect(first.loggedOf["i"] == at(1))
    }

    @Test("Records without logged tell nothing") func recordsWithoutLoggedTellNothing() throws {
        let label = #"{"log":"network","incidents":["i"],"file":"n","line":1}"#
        var first = try FirstRecords(labels: Array(label.utf8))
        read(#"{"nodeId":"n1"}"#, as: "n", into: &first)
        #expect(first.loggedOf.isEmpty)
        #expect(throws: NDJSONProblems.self) { try FirstRecords(labels: Array("{}".utf8)) }
    }
}
