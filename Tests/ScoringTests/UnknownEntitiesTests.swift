import Scoring
import SimTime
import TestSupport
import Testing
import Truth

@Suite("Unknown entities") struct UnknownEntitiesTests {
    private let names: Set = ["lap.yak-bebop.ts.net", "lap", "100.64.0.9", "ana@example.com"]
    private let incidents = [incident("i", 0...9, by: ["db"], on: ["web"])]

    private func unknown(_ alerts: [Alert]) -> UnknownEntities? {
        UnknownEntities(in: alerts, names: names, incidents: incidents)
    }

    @Test("Alerts that name somebody of the tailnet are not counted, however it is spelled")
    func known() {
        let alerts = [
            alert(1, "LAP"), alert(1, "lap.yak-bebop.ts.net."), alert(1, "::ffff:100.64.0.9"),
            alert(1, "stranger", "lap:22"),
            alert(1, "Ana@example.com"), alert(1, "db"), alert(1, "nwebCNTRL"), alert(1),
        ]
        #expect(unknown(alerts) == nil)
        #expect(unknown([]) == nil)
    }

    @Test("Alerts of which no entity is known are counted, with one that says most")
    func strangers() {
        let found = unknown([alert(1, "7", "ip", "search-head-1", "203.0.113.5:443"), alert(2, "lap"), alert(3, "x")])
        #expect(found?.alerts == 2 && found?.example == "203.0.113.5:443")
        #expect(unknown([alert(1, "7", "ip", "search-head-1")])?.example == "search-head-1")
        #expect(unknown([alert(1, "7", "ip")])?.example == "7")
    }

    @Test("They are false alerts, and the result says how many")
    func result() throws {
        let alerts = [alert(1, "stranger"), alert(2, "db")]
        let result = score(alerts, incidents)
        #expect(result.overall.detected == 1 && result.overall.falseAlerts == 1)
        let text = result.json(conditions: [], unknown: unknown(alerts))
        #expect(text.hasSuffix(#","unknownEntities":{"alerts":1,"example":"stranger"}}"#))
        #expect(!result.json.contains("unknownEntities"))
    }
}
