import Truth
import Ingester
import Scoring
import SimTime
import TestSupport
import Testing

@Suite("Receiver", .timeLimit(.minutes(15))) struct ReceiverTests {
    @Test("Takes lines on any path and counts them") func takesLinesOnAnyPathAndCountsThem() async throws {
        try await withReceiver { receiver, client in
            let body = lines([flowRecord("n1", 10), flowRecord("n2", 10), auditRecord(1, 4)])
            let answer = try await client.send("POST", "/any/path?x=1", body)
            #expect(answer == HTTPConnection.Answer(status: 200, body: #"{"accepted":3,"malformed":0}"#))
            let stats = receiver.snapshot
            #expect(stats.requests == 1 && stats.refusedRequests == 0)
            #expect(stats.network == 2 && stats.configuration == 1 && stats.records == 3)
            #expect(stats.bytes == body.count && stats.wireBytes == body.count)
        }
    }

    @Test("A byte order mark before the first record is passed over")
    func aByteOrderMarkIsPassedOver() async throws {
        try await withReceiver { receiver, client in
            _ = try await client.send("POST", "/", [0xEF, 0xBB, 0xBF] + lines([flowRecord("n1", 10)]))
            #expect(receiver.snapshot.network == 1 && receiver.snapshot.malformed == 0)
        }
    }

    @Test("A connection serves many requests and chunked bodies") func aConnectionServesManyRequestsAndChunkedBodies()
        async throws
    {
        try await withReceiver { receiver, client in
            for number in 0..<5 {
                let body = lines((0..<20).map { flowRecord("n\($0)", Int64(number) * 5) })
                try await client.expect(200, "POST", "/", body, isChunked: number % 2 == 1)
            }
            #expect(receiver.snapshot.network == 100)
            #expect(receiver.snapshot.duplicates == 0)
        }
    }

    @Test("Duplicates are counted by identity across channels") func duplicatesAreCountedByIdentityAcrossChannels()
        async throws
    {
        try await withReceiver { receiver, client in
            let record = flowRecord("n1", 10)
            _ = try await client.send("POST", "/", lines([record, flowRecord("n1", 15), record]))
            #expect(receiver.snapshot.duplicates == 1)
            let streamed = Array(envelope(10, record).utf8)
            try await client.expect(200, "POST", "/services/collector/event", streamed)
            #expect(receiver.snapshot.duplicates == 2)
            #expect(receiver.snapshot.records == 4)
        }
    }

    @Test("Malformed lines are counted with their reasons") func malformedLinesAreCountedWithTheirReasons() async throws
    {
        try await withReceiver { receiver, client in
            let bad = [
                flowRecord("n1", 10), "{\"nodeId\":\"n1\"}", "", "not json", "[1]",
                auditRecord(1, 2) + auditRecord(2, 2), " \t ", flowRecord("n1", 20),
            ]
            let answer = try await client.send("POST", "/", lines(bad))
            #expect(answer == HTTPConnection.Answer(status: 200, body: #"{"accepted":2,"malformed":4}"#))
            #expect(receiver.snapshot.malformed == 4)
            #expect(
                receiver.snapshot.reasons.map { $0.prefix { $0 != "," } } == ["line 2", "line 4", "line 5", "line 6"])
        }
    }

    @Test("At most ten reasons are kept") func atMostTenReasonsAreKept() async throws {
        try await withReceiver { receiver, client in
            for _ in 0..<3 {
                let answer = try await client.send("POST", "/", lines(Array(repeating: "nothing", count: 7)))
                #expect(answer.status == 400)
            }
            #expect(receiver.snapshot.malformed == 21)
            #expect(receiver.snapshot.reasons.count == 10)
            #expect(receiver.snapshot.refusedRequests == 3)
        }
    }

    @Test("Health stats and unknown methods") func healthStatsAndUnknownMethods() async throws {
        try await withReceiver { receiver, client in
            try await client.expect(200, says: #"{"status":"ok"}"#, "GET", "/health")
            _ = try await client.send("POST", "/", lines([auditRecord(1, 2), "a \"quoted\" text"]))
            let stats = try await client.send("GET", "/stats")
            #expect(stats.body == receiver.snapshot.json)
            #expect(stats.body.hasPrefix(#"{"requests":1,"refusedRequests":0,"wireBytes":"#))
            #expect(stats.body.contains(#""records":1,"configuration":1,"network":0,"duplicates":0,"malformed":1,"#))
            try await client.expect(405, "PUT", "/", lines([auditRecord(2, 2)]))
            try await client.expect(405, "GET", "/other")
            #expect(receiver.snapshot.records == 1)
        }
    }

    @Test("Empty bodies are refused") func emptyBodiesAreRefused() async throws {
        try await withReceiver { receiver, client in
            for path in ["/", "/services/collector/event"] {
                let answer = try await client.send("POST", path, Array(" \n".utf8))
                #expect(answer == HTTPConnection.Answer(status: 400, body: #"{"text":"No data","code":5}"#))
            }
            #expect(receiver.snapshot.refusedRequests == 2)
            #expect(receiver.snapshot.malformed == 0)
        }
    }

    @Test("After stop the figures stay and nothing listens") func afterStopTheFiguresStayAndNothingListens()
        async throws
    {
        let receiver = Receiver()
        let port = try await receiver.start()
        let body = lines((0..<21).map { flowRecord("n1", 10, "100.64.0.1:\(1_000 + $0)>100.64.0.2:22") })
        #expect(try await HTTPConnection(port: port).send("POST", "/", body).status == 200)
        #expect(receiver.alerts.isEmpty)
        try await receiver.stop()
        try await receiver.stop()
        #expect(receiver.snapshot.network == 21)
        #expect(receiver.snapshot.alerts == 1)
        #expect(receiver.alerts.map(\.rule) == ["mocktail/port-22-spike"])
        await #expect(throws: HTTPConnection.Failure.self) { try await HTTPConnection(port: port) }
    }

    @Test("A request under way is answered before the stop") func aRequestUnderWayIsAnsweredBeforeTheStop() async throws
    {
        let receiver = Receiver()
        let port = try await receiver.start()
        let client = try await HTTPConnection(port: port)
        let body = lines([flowRecord("n1", 10), flowRecord("n1", 15)])
        // The answer to the first request tells that the server has read the head of the second.
        let heads =
            "GET /health HTTP/1.1\r\nHost: a\r\n\r\nPOST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.count)\r\n\r\n"
        #expect(try await client.finish(Array(heads.utf8) + body[..<100]).status == 200)
        async let stopped: Void = receiver.stop()
        // Once nothing listens any more, the stop has begun.
        while (try? await HTTPConnection(port: port)) != nil { try await Task.sleep(for: .milliseconds(1)) }
        let answer = try await client.finish(Array(body[100...]))
        #expect(answer == HTTPConnection.Answer(status: 200, body: #"{"accepted":2,"malformed":0}"#))
        try await stopped
        #expect(receiver.snapshot.network == 2)
    }

    @Test("A port that is taken is an error") func aPortThatIsTakenIsAnError() async throws {
        try await withReceiver { _, _ in
            let first = Receiver()
            let port = try await first.start()
            let second = Receiver(configuration: ReceiverConfiguration(port: port))
            let error = await #expect(throws: IngesterError.self) { try await second.start() }
            #expect(error?.description.hasPrefix("cannot listen on 127.0.0.1:\(port): ") == true)
            try await first.stop()
        }
    }
}
