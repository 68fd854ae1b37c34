import HTTPService
import Ingester
import SimTime
import TestSupport
import Testing

/// Clients that take more than their share: the receiver gets rid of them, and says why.
@Suite("Slow and greedy clients", .timeLimit(.minutes(15))) struct SlowClientTests {
    private let post = "POST / HTTP/1.1\r\nHost: a\r\n"
    private let record = lines([flowRecord("n1", 10)])

    /// A receiver whose patience a test can wait for.
    private func impatient(_ change: (inout ReceiverConfiguration) -> Void = { _ in }) -> ReceiverConfiguration {
        var configuration = ReceiverConfiguration()
        configuration.limits.headTime = .milliseconds(400)
        configuration.limits.bodyTime = .milliseconds(400)
        change(&configuration)
        return configuration
    }

    @Test("A head that does not end is answered 408", arguments: ["P", "POST / HTTP/1.1\r\nHost: a\r\nX-"])
    func unfinishedHead(_ text: String) async throws {
        try await withReceiver(impatient()) { receiver, client in
            let answer = try await client.finish(Array(text.utf8))
            #expect(answer.status == 408 && answer.body == "the request's head took too long\n")
            #expect(receiver.snapshot.timedOutConnections == 1)
        }
    }

    @Test("A connection that says nothing is closed") func silence() async throws {
        try await withReceiver(impatient()) { receiver, client in
            await #expect(throws: HTTPConnection.Failure.self) { try await client.finish([]) }
            #expect(receiver.snapshot.timedOutConnections == 1)
        }
    }

    @Test("A body that stops is answered 408, with a length and in chunks", arguments: [false, true])
    func unfinishedBody(isChunked: Bool) async throws {
        try await withReceiver(impatient()) { receiver, client in
            let field = isChunked ? "Transfer-Encoding: chunked\r\n\r\n40\r\n" : "Content-Length: 1000\r\n\r\n"
            let answer = try await client.finish(Array((post + field + "{").utf8))
            #expect(answer.status == 408 && answer.body == "the request's body came too slowly\n")
            #expect(receiver.snapshot.timedOutConnections == 1 && receiver.snapshot.records == 0)
        }
    }

    @Test("A connection may rest between requests for longer than within them") func idleConnection() async throws {
        try await withReceiver(impatient()) { receiver, client in
            try await client.expect(200, "POST", "/", record)
            try await Task.sleep(for: .seconds(1))
            try await client.expect(200, "POST", "/", record)
            #expect(receiver.snapshot.timedOutConnections == 0)
        }
    }

    @Test("A connection that rests too long is closed, and is no failure") func restingConnection() async throws {
        try await withReceiver(impatient { $0.limits.idleTime = .milliseconds(300) }) { receiver, client in
            try await client.expect(200, "POST", "/", record)
            try await Task.sleep(for: .seconds(1))
            await #expect(throws: HTTPConnection.Failure.self) { try await client.send("POST", "/", record) }
            #expect(receiver.snapshot.timedOutConnections == 0)
        }
    }

    @Test(
        "What is not HTTP, or beyond its limits, is answered 400",
        arguments: [
            "what is this\r\n\r\n", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;" + String(repeating: "a", count: 200_000),
            "POST / HTTP/1.1\r\nX: " + String(repeating: "a", count: 100_000) + "\r\n\r\n",
            "POST / HTTP/1.1\r\n" + String(repeating: "X: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n", count: 4_000) + "\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 10\r\nContent-Length: 11\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
        ])
    func notHTTP(_ text: String) async throws {
        try await withReceiver { receiver, client in
            let answer = try await client.finish(Array(text.utf8))
            #expect(answer.status == 400)
            #expect(receiver.snapshot.malformedConnections == 1)
        }
    }

    @Test("A client that goes away in the middle of a body is counted as a refused request, and as nothing else")
    func brokenOff() async throws {
        try await withReceiver { receiver, client in
            // The answer to the first request tells that the server reads the second.
            let health = "GET /health HTTP/1.1\r\nHost: a\r\n\r\n"
            _ = try await client.finish(Array((health + post + "Content-Length: 1000\r\n\r\n{").utf8))
            client.close()
            while receiver.snapshot.refusedRequests == 0 { try await Task.sleep(for: .milliseconds(5)) }
            #expect(receiver.snapshot.malformedConnections == 0 && receiver.snapshot.timedOutConnections == 0)
        }
    }

    @Test("A chunk that is larger than a body may be is answered 413 once that much has come")
    func largeChunk() async throws {
        try await withReceiver(impatient { $0.bodyLimit = 10_000 }) { receiver, client in
            let text = "Transfer-Encoding: chunked\r\n\r\n7fffffff\r\n" + String(repeating: "a", count: 20_000)
            let answer = try await client.finish(Array((post + text).utf8))
            #expect(answer.status == 413)
            #expect(receiver.snapshot.refusedRequests == 1)
        }
    }

    @Test("More connections than may be open are answered 503") func tooManyConnections() async throws {
        try await withReceiver(impatient { $0.limits.connections = 2 }) { receiver, first in
            try await first.expect(200, "POST", "/", record)
            let second = try await HTTPConnection(port: first.port)
            try await second.expect(200, "POST", "/", record)
            let third = try await HTTPConnection(port: first.port)
            let answer = try await third.finish([])
            #expect(answer.status == 503)
            #expect(receiver.snapshot.refusedConnections == 1)
            try await first.expect(200, "GET", "/health")
        }
    }

    @Test("Bodies that together have no space are answered 503, and find it later") func bodyBudget() async throws {
        let body = lines((0..<4_000).map { flowRecord("n\($0)", Int64($0)) })
        let budget = body.count * 3 / 2
        try await withReceiver(ReceiverConfiguration(bodyBudget: budget)) { receiver, first in
            let head = post + "Content-Length: \(body.count)\r\n\r\n"
            let last = body.count - 1
            async let held = first.finish(Array(head.utf8) + body[..<last])
            let second = try await HTTPConnection(port: first.port)
            // The first body is there once it takes the space.
            var answer = try await second.send("POST", "/", body)
            for _ in 0..<200 where answer.status == 200 {
                try await Task.sleep(for: .milliseconds(20))
                answer = try await second.send("POST", "/", body)
            }
            #expect(answer == HTTPConnection.Answer(status: 503, body: #"{"text":"Server is busy","code":9}"#))
            #expect(receiver.snapshot.crowdedRequests == 1)
            first.write([body[last]])
            let late = try await held
            #expect(late.status == 200)
            try await second.expect(200, "POST", "/", body)
        }
    }

    @Test("A client that waits to be told sends its body then") func expectContinue() async throws {
        try await withReceiver { receiver, client in
            let head = post + "Expect: 100-continue\r\nContent-Length: \(record.count)\r\n\r\n"
            for _ in 0..<2 {
                let told = try await client.finish(Array(head.utf8))
                let answer = try await client.finish(record)
                #expect(told.status == 100 && answer.status == 200)
            }
            #expect(receiver.snapshot.records == 2)
        }
    }

    @Test("A client that waits to be told is refused without its body") func refusedContinue() async throws {
        try await withReceiver(ReceiverConfiguration(token: "sesame", bodyLimit: 100)) { receiver, client in
            let head = "Expect: 100-continue\r\nContent-Length: 1000\r\n"
            let unauthorized = try await client.finish(Array((post + head + "\r\n").utf8))
            #expect(unauthorized.status == 401)
            let second = try await HTTPConnection(port: client.port)
            let authorized = post + head + "Authorization: Bearer sesame\r\n\r\n"
            let tooLarge = try await second.finish(Array(authorized.utf8))
            #expect(tooLarge.status == 413)
        }
    }

    @Test("With a token, counts are for those who have it, and health for all") func statsNeedTheToken() async throws {
        try await withReceiver(ReceiverConfiguration(token: "sesame")) { _, client in
            try await client.expect(401, "GET", "/stats")
            try await client.expect(403, "GET", "/stats", headers: ["Authorization: Bearer wrong"])
            try await client.expect(200, "GET", "/stats", headers: ["Authorization: Bearer sesame"])
            try await client.expect(200, "GET", "/health")
        }
    }

    @Test("A receiver that is stopped in a hurry waits for nobody") func hurriedStop() async throws {
        let receiver = Receiver()
        let port = try await receiver.start()
        let client = try await HTTPConnection(port: port)
        async let answer = try? client.finish(Array((post + "Content-Length: 1000\r\n\r\n{").utf8))
        try await Task.sleep(for: .milliseconds(200))
        let stop = Task { try await receiver.stop(patience: .seconds(6_000)) }
        try await Task.sleep(for: .milliseconds(100))
        stop.cancel()
        try await stop.value
        _ = await answer
    }
}
