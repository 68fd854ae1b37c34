import HTTPService
import Ingester
import SimTime
import TestSupport
import Testing

/// Streamed envelopes on the collector's path.
@Suite("Collector", .timeLimit(.minutes(15))) struct CollectorTests {
    private let success = #"{"text":"Success","code":0}"#

    @Test("Envelopes need no separator") func envelopesNeedNoSeparator() async throws {
        try await withReceiver { receiver, client in
            let envelopes = (0..<73).map { envelope(Int64($0) * 5, flowRecord("n1", Int64($0) * 5)) }
            let path = "/services/collector/event"
            try await client.expect(200, says: success, "POST", path, Array(envelopes.joined().utf8), isChunked: true)
            #expect(receiver.snapshot.network == 73)
            try await client.expect(200, says: success, "POST", path, Array(envelopes.joined(separator: "\n ").utf8))
            #expect(receiver.snapshot.network == 146)
            #expect(receiver.snapshot.duplicates == 73)
        }
    }

    @Test("Envelopes may come as lines on other paths") func envelopesMayComeAsLinesOnOtherPaths() async throws {
        try await withReceiver { receiver, client in
            let body = lines([envelope(0, flowRecord("n1", 0)), envelope(5, flowRecord("n1", 5))])
            try await client.expect(200, says: #"{"accepted":2,"malformed":0}"#, "POST", "/ingest", body)
        }
    }

    @Test("A body that is no JSON is refused as a whole") func aBodyThatIsNoJSONIsRefusedAsAWhole() async throws {
        try await withReceiver { receiver, client in
            let good = envelope(0, flowRecord("n1", 0))
            for (rest, number) in [("{\"time\":1,\"event\":", 1), (good + "]", 2)] {
                let answer = try await client.send("POST", "/services/collector/event", Array((good + rest).utf8))
                #expect(answer.status == 400)
                #expect(
                    answer.body == #"{"text":"Invalid data format","code":6,"invalid-event-number":\#(number)}"#)
            }
            #expect(receiver.snapshot.records == 0)
            #expect(receiver.snapshot.refusedRequests == 2)
            #expect(receiver.snapshot.malformed == 2)
        }
    }

    @Test("An event that is no record is only counted") func anEventThatIsNoRecordIsOnlyCounted() async throws {
        try await withReceiver { receiver, client in
            let good = envelope(0, flowRecord("n1", 0))
            let body = good + #"{"time":1,"event":{"hello":"world"}}"# + envelope(5, flowRecord("n1", 5))
            try await client.expect(200, says: success, "POST", "/services/collector/event", Array(body.utf8))
            #expect(receiver.snapshot.records == 2)
            #expect(receiver.snapshot.malformed == 1)
            #expect(receiver.snapshot.reasons.first?.hasPrefix("event 1, ") == true)
        }
    }

    @Test(
        "Senders must bring the token",
        arguments: [
            (nil, 401, 2), ("Basic", 401, 3), ("Digest c2VjcmV0", 401, 3), ("Basic !!!", 401, 3),
            ("Basic c2VjcmV0", 401, 3),
            ("Bearer wrong", 403, 4), ("Basic dXNlcjp3cm9uZw==", 403, 4), ("Splunk secret", 200, 0),
            ("bearer secret", 200, 0),
            ("Basic dXNlcjpzZWNyZXQ=", 200, 0), ("Basic dXNlcjpzZWNyZXQ", 200, 0),
        ] as [(String?, Int, Int)])
    func sendersMustBringTheToken(_ header: String?, _ status: Int, _ code: Int) async throws {
        try await withReceiver(ReceiverConfiguration(token: "secret")) { receiver, client in
            let answer = try await client.send(
                "POST", "/services/collector/event", Array(envelope(0, flowRecord("n1", 0)).utf8),
                headers: header.map { ["Authorization: \($0)"] } ?? [])
            #expect(answer.status == status)
            #expect(answer.body.hasSuffix("\"code\":\(code)}"))
            #expect(receiver.snapshot.records == (status == 200 ? 1 : 0))
        }
    }
}
