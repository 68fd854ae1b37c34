import Scoring
import SimTime
import TestSupport
import Testing
import Truth

/// The forms in which products export alerts, with invented content; each speaks of the node `lap` at the tests' second 1.
@Suite("Alert export") struct AlertExportTests {
    private func read(_ text: String, _ preset: AlertPreset) throws -> AlertReading {
        try AlertReader.read(Array(text.utf8), mapping: preset.mapping)
    }

    /// What every export must come to: an alert of the rule that detects the incident of `lap`.
    private func check(_ text: String, _ preset: AlertPreset, rule: String) throws {
        let alerts = try read(text, preset).alerts
        #expect(alerts.map(\.rule) == [rule])
        #expect(alerts.map(\.time) == [at(1)])
        var actor = party("lap")
        actor.addresses = ["100.64.0.9"]
        actor.login = "ana@example.com"
        var wanted = incident("i", 0...9, by: [])
        wanted.actors = [actor]
        #expect(score(alerts, [wanted]).overall.detected == 1, "\(alerts)")
    }

    @Test(
        "Splunk: the fields of a notable event stand in its text",
        arguments: [
            #"1785574999, search_name=\"Access - Sweep - Rule\", orig_time=\"1785574801\", src=\"100.64.0.9\", orig_tag=\"a\""#,
            #"1785574999, search_name='Access - Sweep - Rule', orig_time='1785574801',src='100.64.0.9'"#,
            #"search_name=\"Access - Sweep - Rule\" note=\"say \\\"src=1.2.3.4\\\", x\" dest=10.0.0.1,src=100.64.0.9 orig_time=1785574801.5"#,
            #"{\"search_name\":\"Access - Sweep - Rule\",\"orig_time\":1785574801,\"srcNode\":{\"name\":\"lap\"}}"#,
        ])
    func splunkText(raw: String) throws {
        let row =
            #"{"_time":"2026-08-01T11:05:00.000+02:00","host":"sh-1","source":"Access - Sweep - Rule","#
            + #""sourcetype":"stash","_raw":"\#(raw.replacing("1785574801.5", with: "1785574801"))"}"#
        try check("{\"preview\":false,\"result\":\(row)}", .splunk, rule: "Access - Sweep - Rule")
        // As a table the text has its quotes doubled.
        let cell = raw.replacing(#"\""#, with: "\"\"").replacing(#"\\"#, with: "\\").replacing(
            "1785574801.5", with: "1785574801")
        try check(
            "\"_time\",\"_raw\",host\n\"2026-08-01T09:05:00.000+0000\",\"\(cell)\",sh-1\n", .splunk,
            rule: "Access - Sweep - Rule")
    }

    @Test("Splunk: the host that reports an event counts where there is nobody else")
    func splunkHost() throws {
        func row(_ fields: String) -> String {
            #"{"_time":"2026-08-01T09:00:01Z","source":"r","host":"lap"\#(fields)}"#
        }
        try check(row(""), .splunk, rule: "r")
        #expect(try read(row(#","src":"10.0.0.1""#), .splunk).alerts.map(\.entities) == [["10.0.0.1"]])
        #expect(try read(row(#","_raw":"1, src=\"10.0.0.1\"""#), .splunk).alerts.map(\.entities) == [["10.0.0.1"]])
    }

    @Test("Empty fields are passed over")
    func emptyFields() throws {
        let row =
            #"{"orig_time":"","_time":"2026-08-01T09:00:01Z","search_name":" ","source":"r","src":"","dest":"lap","#
            + #""risk_score":"","score":"7"}"#
        try check(row, .splunk, rule: "r")
        #expect(try read(row, .splunk).alerts.map(\.score) == [7])
        #expect(try read(row, .splunk).alerts.map(\.entities) == [["lap"]])
    }

    @Test("Splunk: rows, columns, and nested fields")
    func splunkTables() throws {
        let start = #"{"preview":false,"init_offset":0,"messages":[],"fields":"#
        try check(
            start + #"["_time","source","src"],"rows":[["2026-08-01 09:00:01.000 GMT","r",["10.0.0.1","lap"]]]}"#,
            .splunk,
            rule: "r")
        try check(
            start
                + #"[{"name":"_time"},{"name":"source"},{"name":"user"}],"columns":[["1785574801.000"],["r"],["ana@example.com"]]}"#,
            .splunk, rule: "r")
        try check(
            "\"_time\",source,\"srcNode.addresses{}\",\"actor.loginName\"\n1785574801,r,\"10.0.0.1\n100.64.0.9\",x\n",
            .splunk,
            rule: "r")
    }

    @Test("Splunk: previews and ends are no alerts, failed searches are a problem")
    func splunkPreviews() throws {
        let row = #""result":{"_time":"2026-08-01T09:00:01Z","source":"r","src":"lap"}"#
        let final = "{\"preview\":false,\"offset\":0,\"lastrow\":true,\(row)}"
        let export = "{\"preview\":true,\"offset\":0,\(row)}\n{\"preview\":true,\"lastrow\":true,\(row)}\n\n\(final)\n"
        let reading = try read(export, .splunk)
        #expect(reading.alerts.count == 1 && reading.provisional == 2 && reading.repeats == 0)
        try check("\(final)\n{\"preview\":false,\"lastrow\":true}\n", .splunk, rule: "r")
        for text in [
            #"{"preview":false,"lastrow":true}"#, #"{"preview":false,"init_offset":0,"messages":[],"results":[]}"#,
            #"{"preview":true,"lastrow":true}"#, #"{"messages":[{"type":"INFO","text":"done"}]}"#,
        ] {
            #expect(try read(text, .splunk).alerts.isEmpty)
            #expect(try read(text, .splunk).provisional == 0)
        }
        let preview = try read(
            #"{"preview":true,"fields":["_time","source"],"rows":[["1785574801","r"],["1785574802","r"]]}"#, .splunk)
        #expect(preview.alerts.isEmpty && preview.provisional == 2)
        let failed = #expect(throws: NDJSONProblems.self) {
            try read(#"{"messages":[{"type":"FATAL","text":"Unknown sid."}]}"#, .splunk)
        }
        #expect(failed?.description == "line 1: the search failed: Unknown sid.")
    }

    @Test(
        "Datadog: names stand at any depth",
        arguments: [
            #""custom":{"signal":{"attributes":{"network":{"client":{"ip":"100.64.0.9"}}}}}"#,
            #""custom":{"signal":{"attributes":{"usr":{"email":"ana@example.com"}}}}"#,
            #""custom":{"network":{"client":{"ip":["10.0.0.1","100.64.0.9"]}}}"#,
            #""attributes":{"actor":{"loginName":"ana@example.com"}}"#,
            #""custom":{"samples":[{"srcNode":{"name":"lap"}}]}"#,
            #""custom":{"network.client.ip":"100.64.0.9"}"#, #""custom":{"signal.attributes":{"host":"lap"}}"#,
            #""tags":["host:lap","env:test"]"#, #""custom":{"nodeId":"nlapCNTRL"}"#,
        ])
    func datadog(content: String) throws {
        let signal = #"{"timestamp":"2026-08-01T09:00:01.000Z","title":"Sweep",\#(content)}"#
        try check(
            "{\"data\":[{\"id\":\"A\",\"type\":\"signal\",\"attributes\":\(signal)}],\"meta\":{}}", .datadog,
            rule: "Sweep")
        try check("{\"data\":{\"id\":\"A\",\"attributes\":\(signal)}}", .datadog, rule: "Sweep")
    }

    @Test("Sentinel: alerts and incidents of the REST API")
    func sentinelREST() throws {
        try check(
            """
            {"value":[{"id":"/subscriptions/1/entities/a","name":"a","type":"Microsoft.SecurityInsights/Entities",
            "kind":"SecurityAlert","properties":{"systemAlertId":"a","alertDisplayName":"Sweep",
            "startTimeUtc":"2026-08-01T08:50:00Z","endTimeUtc":"2026-08-01T09:00:01.0000000Z",
            "timeGenerated":"2026-08-01T09:06:00Z","compromisedEntity":"lap"}}]}
            """, .sentinel, rule: "Sweep")
        let incident = #"""
            {"value":[{"name":"x","etag":"\"1\"","type":"Microsoft.SecurityInsights/Incidents","properties":{"title":"Sweep",
            "severity":"Medium","firstActivityTimeUtc":"2026-08-01T08:50:00Z","lastActivityTimeUtc":"2026-08-01T09:00:01Z",
            "createdTimeUtc":"2026-08-01T09:06:00Z","incidentNumber":7,
            "relatedEntities":[{"kind":"Account","properties":{"accountName":"ana","upnSuffix":"example.com"}}]}}]}
            """#
        try check(incident, .sentinel, rule: "Sweep")
        let twice = try read("[\(incident),\(incident)]", .sentinel)
        #expect(twice.alerts.count == 1 && twice.repeats == 1)
        try check(
            #"{"object":{"properties":{"title":"Sweep","lastActivityTimeUtc":"2026-08-01T09:00:01Z","incidentNumber":7}},"#
                + #""Entities":[{"Type":"ip","Address":"100.64.0.9"}]}"#, .sentinel, rule: "Sweep")
    }

    @Test("Sentinel: tables of a log query, of the portal, and names in two parts")
    func sentinelTables() throws {
        let entities = #"[{\"Type\":\"account\",\"Name\":\"ana\",\"UPNSuffix\":\"example.com\"}]"#
        try check(
            #"{"tables":[{"name":"PrimaryResult","columns":[{"name":"EndTime","type":"datetime"},{"name":"AlertName","#
                + #""type":"string"},{"name":"Entities","type":"string"}],"rows":[["2026-08-01T09:00:01Z","Sweep","\#(entities)"]]}]}"#,
            .sentinel, rule: "Sweep")
        try check(
            "\"TimeGenerated [UTC]\",\"EndTime [UTC]\",AlertName,CompromisedEntity\n"
                + "2026-08-01T09:05:00Z,2026-08-01T09:00:01Z,Sweep,lap\n", .sentinel, rule: "Sweep")
        try check(
            #"{"EndTime":"2026-08-01T09:00:01Z","AlertName":"Sweep","Entities":[{"HostName":"lap","DnsDomain":"yak-bebop.ts.net"}]}"#,
            .sentinel, rule: "Sweep")
    }

    @Test("Hayabusa: documents in a row, lines and tables", arguments: [AlertPreset.hayabusa, .sigma])
    func hayabusa(preset: AlertPreset) throws {
        let document = """
            {
                "Timestamp": "2026-08-01 11:00:01.000 +02:00",
                "RuleTitle": "Sweep", "Level": "high", "Computer": "lap", "EventID": 4624,
                "Details": {"Type": 3, "SrcIP": "100.64.0.9"}
            }
            """
        try check(document, preset, rule: "Sweep")
        #expect(try read(document + "\n" + document + "\n", preset).alerts.count == 2)
        try check(document.split(separator: "\n").joined(), preset, rule: "Sweep")
        try check(
            "\"Timestamp\",\"RuleTitle\",\"Level\",\"Computer\",\"Details\"\n\"2026-08-01 11:00:01.000 +02:00\",\"Sweep\",\"high\","
                + "\"dc-1\",\"Type: 3 ¦ TgtUser: bo ¦ SrcIP: 100.64.0.9 ¦ LID: 0x8\"\n", preset, rule: "Sweep")
    }

    @Test("Panther: GraphQL and tables")
    func panther() throws {
        let node =
            #"{"id":"a1","title":"Sweep by ana","createdAt":"2026-08-01T09:09:00Z","type":"RULE","#
            + #""firstEventOccurredAt":"2026-08-01T09:00:01Z","origin":{"id":"My.Sweep","name":"Sweep"},"#
            + #""alertContext":{"ip":"100.64.0.9"}}"#
        try check(#"{"data":{"alerts":{"edges":[{"node":\#(node)}],"pageInfo":{}}}}"#, .panther, rule: "My.Sweep")
        try check(#"{"alerts":[\#(node)],"total":1}"#, .panther, rule: "My.Sweep")
        #expect(try read(#"{"data":{"alerts":{"edges":[]}}}"#, .panther).alerts.isEmpty)
        // Without its rule an alert has its own id and a title.
        let bare =
            #"{"id":"0123456789abcdef0123456789abcdef","title":"Sweep by ana","createdAt":"2026-08-01T09:00:01Z","#
            + #""alertContext":{"ip":"100.64.0.9"}}"#
        try check(bare, .panther, rule: "Sweep by ana")
        try check(
            "p_event_time,p_rule_id,p_any_ip_addresses\n2026-08-01 09:00:01.000,My.Sweep,\"[\"\"100.64.0.9\"\"]\"\n",
            .panther,
            rule: "My.Sweep")
    }

    @Test("Elastic: tables, alerts of a webhook, and records as text")
    func elastic() throws {
        try check(
            #"{"columns":[{"name":"kibana.alert.original_time","type":"date"},{"name":"kibana.alert.rule.name","type":"keyword"},"#
                + #"{"name":"source.ip","type":"ip"}],"values":[["2026-08-01T09:00:01.000Z","Sweep","100.64.0.9"]]}"#,
            .elastic, rule: "Sweep")
        let alert =
            #"{"@timestamp":"2026-08-01T09:00:01Z","kibana":{"alert":{"rule":{"name":"Sweep"}}},"#
            + #""event":{"original":"{\"srcNode\":{\"name\":\"lap\"}}"}}"#
        try check(#"{"alerts":[\#(alert)]}"#, .elastic, rule: "Sweep")
        try check(#"{"context":{"alerts":[\#(alert)]}}"#, .elastic, rule: "Sweep")
        try check(
            #"{"@timestamp":"2026-08-01T09:00:01Z","kibana.alert.rule.name":"Sweep","message":"{\"nodeId\":\"nlapCNTRL\"}"}"#,
            .elastic, rule: "Sweep")
    }

    @Test("Prometheus: its alerts name ports, and those that are pending are none")
    func prometheus() throws {
        func entry(_ state: String) -> String {
            #"{"labels":{"alertname":"Sweep","instance":"lap:9100"},"state":"\#(state)","activeAt":"2026-08-01T09:00:01Z","value":"1"}"#
        }
        let reading = try read(
            #"{"status":"success","data":{"alerts":[\#(entry("pending")),\#(entry("firing"))]}}"#, .alertmanager)
        #expect(reading.alerts.count == 1 && reading.provisional == 1)
        try check(#"{"status":"success","data":{"alerts":[\#(entry("firing"))]}}"#, .alertmanager, rule: "Sweep")
    }
}
