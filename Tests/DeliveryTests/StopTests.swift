import Delivery
import NIOCore
import NIOHTTP1
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Deliveries that end before their time.
@Suite("Stopping a delivery", .timeLimit(.minutes(15))) struct StopTests {
    private func shipper(port: Int, _ options: ShipperOptions) throws -> Shipper {
        try Shipper(to: Destination(parsing: "http://127.0.0.1:\(port)/"), options: options)
    }

    @Test("What was sent may be answered, and nothing else is sent") func sentRequestsAreAnswered() async throws {
        let server = try await TestServer { _, _ in .late(200, .milliseconds(300)) }
        let shipper = try shipper(
            port: server.port, ShipperOptions(connections: 2, queuedBatches: 3, retry: quickRetry()))
        for sequence in 0..<5 { await shipper.submit(sampleBatch(sequence)) }
        while server.requests.count < 2 { try await Task.sleep(for: .milliseconds(1)) }
        shipper.drain()
        #expect(await shipper.submit(sampleBatch(5)) == false)
        let account = try await shipper.finish()
        #expect(account.acknowledged == 20 && account.requests == 2 && server.requests.count == 2)
        #expect(account.givenUp == 40 && account.unsent == 40 && account.unanswered == 0)
        #expect(account.isBalanced && account.inFlight == 0)
        try await server.stop()
    }

    @Test("An answer that says later is not tried again") func noMoreRetries() async throws {
        let server = try await TestServer { _, _ in .late(503, .milliseconds(200)) }
        let shipper = try shipper(port: server.port, ShipperOptions(connections: 1, retry: quickRetry()))
        await shipper.submit(sampleBatch(0))
        while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
        shipper.drain()
        let account = try await shipper.finish()
        #expect(account.givenUp == 10 && account.unsent == 0 && account.unanswered == 0)
        #expect(server.requests.count == 1)
        try await server.stop()
    }

    @Test("Waits between attempts, and for a due time, end at once") func waitsEnd() async throws {
        let server = try await TestServer { _, _ in .status(503, headers: ["Retry-After": "5000"]) }
        let shipper = try shipper(
            port: server.port, ShipperOptions(connections: 2, retry: RetryPolicy(giveUpAfter: .seconds(6_000))))
        await shipper.submit(sampleBatch(0))
        await shipper.submit(sampleBatch(1, due: .now + .seconds(5_000)))
        while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
        try await Task.sleep(for: .milliseconds(100))
        shipper.drain()
        let account = try await shipper.finish()
        #expect(account.givenUp == 20 && account.unsent == 10 && account.unanswered == 0)
        try await server.stop()
    }

    @Test("What was sent and never answered may be held by the receiver") func unansweredRecords() async throws {
        let server = try await TestServer { _, _ in .silence }
        let shipper = try shipper(port: server.port, ShipperOptions(connections: 1, retry: quickRetry()))
        for sequence in 0..<3 { await shipper.submit(sampleBatch(sequence)) }
        while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
        shipper.drain()
        shipper.cancel()
        let account = try await shipper.finish()
        #expect(account.givenUp == 30 && account.unsent == 20 && account.unanswered == 10)
        #expect(account.isBalanced)
        try await server.stop()
    }

    @Test("A pipe that nobody reads does not hold a delivery that is cancelled") func stuckPipe() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/pipe"
            try #require(mkfifo(path, 0o600) == 0)
            let reader = open(path, O_RDONLY | O_NONBLOCK)
            defer { close(reader) }
            let shipper = try Shipper(to: Destination(parsing: "file:\(path)"))
            let large = String(repeating: "x", count: 300_000)
            for sequence in 0..<3 { await shipper.submit(batch([large], sequence: sequence)) }
            try await Task.sleep(for: .milliseconds(300))
            shipper.drain()
            shipper.cancel()
            let account = try await shipper.finish()
            #expect(account.givenUp == 3 && account.unanswered == 1 && account.isBalanced)
            // Whoever still writes is let go before nobody reads any more.
            var bytes = [UInt8](repeating: 0, count: 65_536)
            var count = 0
            while count <= large.utf8.count {
                let more = read(reader, &bytes, bytes.count)
                if more > 0 { count += more } else { try await Task.sleep(for: .milliseconds(1)) }
            }
        }
    }

    @Test("A server that repeats the request's secrets does not get them printed") func echoedSecrets() async throws {
        let server = try await TestServer { _, request in
            let header = request.head.headers["Authorization"].first ?? ""
            let echo = "\(request.head.uri) \(header) " + String(repeating: "-", count: 60)
            return .status(400, body: "no: \(echo) sesame-open sesame-open sesame-open")
        }
        let url = "splunk+http://me:sesame-open@127.0.0.1:\(server.port)/x?api_key=sesame-key"
        let destination = try Destination(parsing: url)
        var options = ShipperOptions(connections: 1, retry: quickRetry())
        options.mask = destination.mask
        let shipper = try Shipper(to: destination, options: options)
        await shipper.submit(sampleBatch(0))
        let account = try await shipper.finish()
        let text = try #require(account.failures.first?.text)
        #expect(text.contains("answered 400") && text.contains("***"))
        for part in ["sesame", "c2VzYW1l", "bWU6"] { #expect(!text.contains(part), "\(text)") }
        #expect(!destination.description.contains("sesame"))
        try await server.stop()
    }
}
