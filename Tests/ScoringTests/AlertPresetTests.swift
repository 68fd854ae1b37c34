import Truth
import Scoring
import SimTime
import TestSupport
import Testing

/// Samples in the shape of each product, made up for these tests; each speaks of the node `lap` at the tests' second 1.
@Suite("Alert preset") struct AlertPresetTests {
    private func read(_ text: String, _ preset: AlertPreset) throws -> AlertReading {
        try AlertReader.read(Array(text.utf8), mapping: preset.mapping)
    }

    /// What every sample must come to: an alert of the rule that detects the incident of `lap`.
    private func check(_ text: String, _ preset: AlertPreset, rule: String, score wanted: Double? = nil) throws {
        let alerts = try read(text, preset).alerts
        #expect(alerts.map(\.rule) == [rule])
        #expect(alerts.map(\.time) == [at(1)])
        #expect(alerts.first?.score == wanted)
        #expect(score(alerts, [incident("i", 0...9, by: ["lap"])]).overall.detected == 1)
    }

    @Test("Datadog") func datadog() throws {
        try check(
            """
            {"data":[{"id":"AQ1","type":"signal","attributes":{"timestamp":"2026-08-01T09:00:01.000Z",
            "message":"Many sessions","tags":["source:tailscale","host:lap","env:test"],
            "custom":{"workflow":{"rule":{"name":"SSH sweep","id":"abc-1"}},"usr":{"email":"ana@example.com"}}}}],
            "meta":{"page":{}}}
            """, .datadog, rule: "SSH sweep")
        #expect(try read(#"{"data":[],"meta":{}}"#, .datadog).alerts.isEmpty)
        try check(
            #"{"timestamp":1785574801000,"title":"Role changed","usr":{"id":"nlapCNTRL"}}"#, .datadog,
            rule: "Role changed")
    }

    @Test("Splunk") func splunk() throws {
        let row =
            #"{"_time":"2026-08-01T11:05:00.000+02:00","orig_time":"1785574801","search_name":"Access - Sweep","#
            + #""src":"lap","dest":["db-1","db-2"],"risk_score":"80"}"#
        try check("{\"preview\":false,\"offset\":0,\"result\":\(row)}\n", .splunk, rule: "Access - Sweep", score: 80)
        try check("{\"results\":[\(row)]}", .splunk, rule: "Access - Sweep", score: 80)
        try check(
            "\"_time\",source,src,user\n\"2026-08-01T09:00:01.000+0000\",\"Threat - X\",\"100.64.0.9\nlap\",\n",
            .splunk,
            rule: "Threat - X")
    }

    @Test("Elastic") func elastic() throws {
        let flat =
            #"{"@timestamp":"2026-08-01T09:06:00.000Z","kibana.alert.original_time":"2026-08-01T09:00:01.000Z","#
            + #""kibana.alert.rule.name":"Sweep","kibana.alert.risk_score":47,"host":{"name":"lap"}}"#
        try check(flat, .elastic, rule: "Sweep", score: 47)
        try check(
            #"{"hits":{"total":{"value":1},"hits":[{"_id":"x","_source":\#(flat)}]}}"#, .elastic, rule: "Sweep",
            score: 47)
        try check(
            #"{"_id":"x","fields":{"kibana.alert.original_time":["2026-08-01T09:00:01.000Z"],"#
                + #""kibana.alert.rule.name":["Sweep"],"source.ip":["lap"]}}"#, .elastic, rule: "Sweep")
        try check(
            #"{"@timestamp":"2026-08-01T09:09:00Z","signal":{"original_time":"2026-08-01T09:00:01Z","#
                + #""rule":{"name":"Old","risk_score":21}},"related":{"hosts":["x","lap"]}}"#, .elastic, rule: "Old",
            score: 21)
    }

    @Test("Panther") func panther() throws {
        try check(
            #"{"id":"Tailscale.HTTPS.Disabled","createdAt":"2026-08-01T09:00:01Z","severity":"HIGH","type":"RULE","#
                + #""title":"HTTPS off","alertId":"123","alertContext":{"actor":{"id":"nlapCNTRL"},"time":5}}"#,
            .panther,
            rule: "Tailscale.HTTPS.Disabled")
        try check(
            #"{"results":[{"id":"123","detection":{"id":"My.Rule"},"createdAt":"2026-08-01T09:08:00Z","#
                + #""firstEventOccurredAt":"2026-08-01T09:00:01Z","p_any_usernames":["lap"]}]}"#, .panther,
            rule: "My.Rule")
    }

    @Test("Sentinel") func sentinel() throws {
        let entities =
            #"[{\"$id\":\"3\",\"HostName\":\"lap\",\"Type\":\"host\"},{\"Address\":\"100.64.0.1\",\"Type\":\"ip\"}]"#
        let row =
            #"{"TimeGenerated":"2026-08-01T09:10:00Z","StartTime":"2026-08-01T08:55:00Z","#
            + #""EndTime":"2026-08-01T09:00:01Z","AlertName":"Mass fan-out","SystemAlertId":"s-1","#
            + "\"ConfidenceScore\":0.7,\"Entities\":\"\(entities)\"}"
        try check(row, .sentinel, rule: "Mass fan-out", score: 0.7)
        // A row is written again when the alert changes.
        let twice = try read("\(row)\n\(row)\n", .sentinel)
        #expect(twice.alerts.count == 1 && twice.repeats == 1)
        try check(
            "TimeGenerated,EndTime,AlertName,Entities\n2026-08-01T09:10:00Z,2026-08-01T09:00:01Z,Fan-out,"
                + "\"[{\"\"HostName\"\":\"\"lap\"\",\"\"Type\"\":\"\"host\"\"}]\"\n", .sentinel, rule: "Fan-out")
        try check(
            #"{"IncidentNumber":12,"Title":"Sweep","LastActivityTime":"2026-08-01T09:00:01Z","#
                + #""relatedEntities":[{"kind":"Host","properties":{"hostName":"lap"}}]}"#, .sentinel, rule: "Sweep")
    }

    @Test("Sigma") func sigma() throws {
        let grouped = """
            [{"title":"Refused calls","id":"1f0e-2","rule_level":"medium","count":2,"matches":[
            {"eventTime":"2026-08-01T09:00:01Z","actor":{"id":"nlapCNTRL"}},
            {"eventTime":"2026-08-01T09:00:05Z","actor":{"id":"other"}}]}]
            """
        let alerts = try read(grouped, .sigma).alerts
        #expect(alerts.map(\.rule) == ["Refused calls", "Refused calls"])
        #expect(alerts.map(\.time) == [at(1), at(5)])
        #expect(alerts.map { $0.entities.contains("nlapCNTRL") } == [true, false])
        try check(
            #"{"rule":{"title":"Sweep","id":"9"},"event":{"end":"2026-08-01T09:00:01Z","nodeId":"nlapCNTRL"}}"#, .sigma,
            rule: "Sweep")
        try check(
            #"{"name":"Sweep","timestamp":"2026-08-01T09:30:00Z","document":{"kind":"json","data":{"#
                + #""end":"2026-08-01T09:00:01Z","srcNode":{"name":"lap.yak-bebop.ts.net"}}}}"#, .sigma, rule: "Sweep")
    }

    @Test("Alertmanager") func alertmanager() throws {
        func entry(_ status: String, _ host: String) -> String {
            #"{"status":"\#(status)","labels":{"alertname":"SpoofedEntries","node":"\#(host)","severity":"warning"},"#
                + #""annotations":{"summary":"s"},"startsAt":"2026-08-01T09:00:01Z","endsAt":"0001-01-01T00:00:00Z","#
                + #""fingerprint":"f-\#(host)"}"#
        }
        func payload(_ entries: String...) -> String {
            #"{"version":"4","status":"firing","receiver":"r","alerts":[\#(entries.joined(separator: ","))]}"#
        }
        try check(payload(entry("firing", "lap")), .alertmanager, rule: "SpoofedEntries")
        // Sent again after the repeat interval, and once more when it is over.
        let lines = [
            payload(entry("firing", "lap"), entry("firing", "db-1")), payload(entry("firing", "lap")),
            payload(entry("resolved", "lap")),
        ]
        let reading = try read(lines.joined(separator: "\n"), .alertmanager)
        #expect(reading.alerts.count == 2 && reading.repeats == 1 && reading.ends == 1)
    }

    @Test("Mocktail reads what it writes") func mocktailReadsWhatItWrites() throws {
        let alerts = [Alert(time: at(1), rule: "a/b", entities: ["lap"], score: 0.25), alert(2, "x", "y")]
        let text = alerts.map { AlertText.encode($0) + "\n" }.joined()
        #expect(try read(text, .mocktail).alerts == alerts)
    }
}
