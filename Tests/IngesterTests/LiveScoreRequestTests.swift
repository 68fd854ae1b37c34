import HTTPService
import Truth
import LiveScore
import ByteText
import Ingester
import Scoring
import SimTime
import TailnetModel
import TestSupport
import Testing

/// Alerts that come over HTTP while records do.
@Suite("Live score request", .timeLimit(.minutes(15))) struct LiveScoreRequestTests {
    private func incident(_ id: String, _ seconds: ClosedRange<Int64>, by actor: String) -> Incident {
        Incident(
            id: id, kind: "sweep", variant: .attack, start: at(seconds.lowerBound), end: at(seconds.upperBound),
            firstRecord: at(seconds.lowerBound), lastRecord: at(seconds.upperBound),
            actors: [IncidentParty(nodeID: "n\(actor)", name: "\(actor).yak-bebop.ts.net")],
            expectedRules: ["my/sweep"])
    }

    private var two: [Incident] { [incident("i1", 100...200, by: "ana"), incident("i2", 5_000...5_100, by: "bob")] }

    private func alert(_ seconds: Int64, _ entity: String) -> String {
        "{\"time\":\"\(at(seconds).rfc3339)\",\"rule\":\"my/sweep\",\"entities\":[\"\(entity)\"]}"
    }

    /// What the server says of the score.
    private func standing(_ client: HTTPConnection) async throws -> JSONValue {
        let answer = try await client.send("GET", "/score")
        #expect(answer.status == 200)
        return try JSONValue.parse(Array(answer.body.utf8))
    }

    private func post(_ client: HTTPConnection, _ body: String, _ query: String = "") async throws
        -> HTTPConnection.Answer
    {
        try await client.send("POST", "/alerts\(query)", Array(body.utf8))
    }

    @Test("The score grows with records and alerts") func theScoreGrowsWithRecordsAndAlerts() async throws {
        let live = RunningScore(incidents: two)
        try await withReceiver(ReceiverConfiguration(live: live)) { receiver, client in
            var now = try await standing(client)
            #expect(now["expected"]?.int == 0 && now["recall"]?.isNull == true && now["reached"]?.isNull == true)
            #expect(now["pendingIncidents"]?.int == 2)

            _ = try await client.send("POST", "/", lines([flowRecord("n1", 150)]))
            now = try await standing(client)
            #expect(now["expected"]?.int == 1 && now["detected"]?.int == 0 && now["missed"]?.int == 1)
            #expect(now["reached"]?.string == at(150).rfc3339)

            let answer = try await post(client, alert(120, "ana"))
            #expect(answer.status == 200)
            #expect(answer.body == #"{"accepted":1,"repeated":0,"ended":0,"nameless":0}"#)
            now = try await standing(client)
            #expect(now["detected"]?.int == 1 && now["falseAlerts"]?.int == 0 && now["pendingIncidents"]?.int == 1)

            // What is ahead of the records waits for them.
            _ = try await post(client, alert(5_050, "bob"))
            now = try await standing(client)
            #expect(now["alerts"]?.int == 1 && now["pendingAlerts"]?.int == 1 && now["falseAlerts"]?.int == 0)
            _ = try await client.send("POST", "/", lines([flowRecord("n1", 5_060)]))
            now = try await standing(client)
            #expect(now["expected"]?.int == 2 && now["detected"]?.int == 2 && now["pendingAlerts"]?.int == 0)
            #expect(receiver.snapshot.records == 2 && receiver.snapshot.malformed == 0)
        }
    }

    @Test("The keys are those of a score") func theKeysAreThoseOfAScore() async throws {
        let live = RunningScore(incidents: two)
        try await withReceiver(ReceiverConfiguration(live: live)) { _, client in
            let keys = try await standing(client).object?.map(\.key) ?? []
            let plain = try JSONValue.parse(Array(Score(of: [], against: []).json(conditions: []).utf8))
            let expected = plain.object?.map(\.key) ?? []
            #expect(!expected.isEmpty && Array(keys.prefix(expected.count)) == expected)
            #expect(keys.dropFirst(expected.count) == ["reached", "pendingIncidents", "pendingAlerts"])
        }
    }

    @Test("Bad alerts are refused as a whole with a sentence") func badAlertsAreRefusedAsAWholeWithASentence()
        async throws
    {
        let live = RunningScore(incidents: two)
        try await withReceiver(ReceiverConfiguration(live: live)) { _, client in
            let wrong = try await post(client, alert(120, "ana") + "\n{\"rule\":\"a\",\"entities\":[\"x\"]}\n")
            #expect(wrong.status == 400 && wrong.body.hasPrefix("line 2: "))
            #expect(try await post(client, "").status == 400)
            #expect(try await post(client, "{").status == 400)
            let preset = try await post(client, "{}", "?preset=none")
            #expect(preset.status == 400 && preset.body.contains("datadog, splunk, elastic"))
            #expect(try await post(client, "{}", "?format=xml").status == 400)
            #expect(try await standing(client)["pendingAlerts"]?.int == 0)
        }
    }

    @Test("Forms and presets are those of the reader") func formsAndPresetsAreThoseOfTheReader() async throws {
        let live = RunningScore(incidents: two)
        try await withReceiver(ReceiverConfiguration(live: live)) { _, client in
            _ = try await client.send("POST", "/", lines([flowRecord("n1", 9_000)]))
            #expect(try await post(client, "[\(alert(110, "ana")),\(alert(120, "ana"))]").status == 200)
            let table = "time,rule,entities\n\(at(130).rfc3339),r,ana\n"
            #expect(try await post(client, table, "?format=csv").status == 200)
            let firing =
                "{\"alerts\":[{\"status\":\"firing\",\"startsAt\":\"\(at(5_010).rfc3339)\",\"fingerprint\":\"f\","
                + "\"labels\":{\"alertname\":\"Sweep\",\"instance\":\"bob\"}}]}"
            let answer = try await post(client, firing, "?preset=alertmanager")
            #expect(answer.status == 200 && answer.body.contains("\"accepted\":1"))
            // Webhooks are sent again.
            #expect(try await post(client, firing, "?preset=alertmanager").body.contains("\"repeated\":1"))
            let over = try await post(client, firing.replacing("firing", with: "resolved"), "?preset=alertmanager")
            #expect(over.status == 200 && over.body.contains("\"ended\":1"))
            let now = try await standing(client)
            #expect(now["alerts"]?.int == 4 && now["detected"]?.int == 2 && now["duplicates"]?.int == 2)
        }
    }

    @Test("The detections of the receiver count") func theDetectionsOfTheReceiverCount() async throws {
        let live = RunningScore(incidents: [incident("i1", 10...30, by: "n1")])
        let receiver = Receiver(configuration: ReceiverConfiguration(live: live))
        let client = try await HTTPConnection(port: try await receiver.start())
        let body = lines((0..<21).map { flowRecord("nn1", 10 + $0, "100.64.0.1:\(1_000 + $0)>100.64.0.2:22") })
        _ = try await client.send("POST", "/", body)
        try await receiver.stop()
        live.end(isComplete: true)
        #expect(live.standing.score.overall.detected == 1)
        #expect(live.standing.score.alerts.map(\.alert.rule) == ["mocktail/port-22-spike"])
    }

    @Test("Many at once are all taken") func manyAtOnceAreAllTaken() async throws {
        let live = RunningScore(incidents: two)
        let receiver = Receiver(configuration: ReceiverConfiguration(live: live, takesRecords: false))
        let port = try await receiver.start()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in 0..<4 {
                group.addTask {
                    let client = try await HTTPConnection(port: port)
                    for number in 0..<50 { _ = try await post(client, alert(Int64(lane * 50 + number), "x\(number)")) }
                }
            }
            try await group.waitForAll()
        }
        let client = try await HTTPConnection(port: port)
        #expect(try await client.send("POST", "/", lines([flowRecord("n1", 1)])).status == 404)
        try await receiver.stop()
        live.end(isComplete: true)
        #expect(live.standing.score.alerts.count == 200)
    }

    @Test("The token is asked for alerts too") func theTokenIsAskedForAlertsToo() async throws {
        let live = RunningScore(incidents: two)
        try await withReceiver(ReceiverConfiguration(token: "secret", live: live)) { _, client in
            #expect(try await post(client, alert(1, "ana")).status == 401)
            let answer = try await client.send(
                "POST", "/alerts", Array(alert(1, "ana").utf8), headers: ["Authorization: Bearer secret"])
            #expect(answer.status == 200)
        }
    }

    @Test("Without a live score the ways are what they were") func withoutALiveScoreTheWaysAreWhatTheyWere()
        async throws
    {
        try await withReceiver { _, client in
            try await client.expect(405, "GET", "/score")
            try await client.expect(200, "POST", "/alerts", lines([flowRecord("n1", 1)]))
        }
    }
}
