import Delivery
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

/// Deliveries over HTTP, against a server that fails in every way it can.
@Suite("Shipper", .timeLimit(.minutes(15))) struct ShipperTests {
    private func shipper(
        port: Int, options: ShipperOptions = ShipperOptions(retry: quickRetry()),
        observer: (@Sendable (DeliveryEvent) -> Void)? = nil
    ) throws -> Shipper {
        try Shipper(
            to: Destination(parsing: "http://127.0.0.1:\(port)/logs"), options: options, observer: observer)
    }

    @Test("Every record is acknowledged over connections that stay")
    func everyRecordIsAcknowledgedOverConnectionsThatStay() async throws {
        let server = try await TestServer { _, _ in .status(200, body: "ok") }
        let events = Mutex<[DeliveryEvent]>([])
        let shipper = try shipper(port: server.port) { event in events.withLock { $0.append(event) } }
        let account = try await BalanceWatch().watch(shipper) {
            for sequence in 0..<40 { #expect(await shipper.submit(sampleBatch(sequence))) }
            return try await shipper.finish()
        }
        let bytes = (0..<40).reduce(0) { $0 + sampleBatch($1).bytes.readableBytes }
        #expect(account.generated == 400)
        #expect(account.acknowledged == 400)
        #expect(account.inFlight == 0 && account.lost == 0)
        #expect(account.requests == 40 && account.retries == 0 && account.brokenConnections == 0)
        #expect(account.statusCounts == [Account.StatusCount(status: 200, count: 40)])
        #expect(account.bytes == bytes && account.wireBytes == bytes)
        #expect(account.failures == [])
        #expect((1...4).contains(server.connections))
        #expect(events.withLock { $0.map(\.sequence).sorted() } == Array(0..<40))
        #expect(events.withLock { $0.allSatisfy { $0.outcome == .acknowledged && $0.records == 10 } })
        let received = server.requests.map(\.text).sorted()
        #expect(received == (0..<40).map { String(buffer: sampleBatch($0).bytes) }.sorted())
        let head = try #require(server.requests.first?.head)
        #expect(head.method == .POST && head.uri == "/logs")
        #expect(head.headers["Content-Type"] == ["application/x-ndjson"])
        #expect(head.headers["Content-Encoding"] == [])
        try await server.stop()
    }

    @Test("A busy receiver is tried again without duplicates") func aBusyReceiverIsTriedAgainWithoutDuplicates()
        async throws
    {
        let server = try await TestServer { number, _ in number < 3 ? .status(number == 0 ? 503 : 429) : .status(204) }
        let shipper = try shipper(
            port: server.port, options: ShipperOptions(connections: 1, retry: quickRetry()))
        let account = try await BalanceWatch().watch(shipper) {
            for sequence in 0..<3 { await shipper.submit(sampleBatch(sequence)) }
            return try await shipper.finish()
        }
        #expect(account.acknowledged == 30 && account.possibleDuplicates == 0)
        #expect(account.requests == 6 && account.retries == 3)
        #expect(account.statusCounts.map(\.status) == [204, 429, 503])
        #expect(account.statusCounts.map(\.count) == [3, 2, 1])
        try await server.stop()
    }

    @Test("An ordinary client error is refused at once") func anOrdinaryClientErrorIsRefusedAtOnce() async throws {
        let server = try await TestServer { number, _ in
            number == 0 ? .status(403, body: "{\"text\":\"Invalid token\",\"code\":4}\nmore") : .status(200)
        }
        let shipper = try shipper(
            port: server.port, options: ShipperOptions(connections: 1, retry: quickRetry()))
        for sequence in 0..<2 { await shipper.submit(sampleBatch(sequence)) }
        let account = try await shipper.finish()
        #expect(account.refused == 10 && account.acknowledged == 10 && account.lost == 0)
        #expect(account.retries == 0)
        #expect(
            account.failures.map(\.description)
                == ["127.0.0.1:\(server.port) answered 403 Forbidden: {\"text\":\"Invalid token\",\"code\":4}"])
        try await server.stop()
    }

    @Test("A lost answer counts as possible duplicates") func aLostAnswerCountsAsPossibleDuplicates() async throws {
        let server = try await TestServer { number, _ in
            switch number {
            case 0: .breaksMidAnswer
            case 1: .closes
            case 2: .status(502)
            default: .status(200)
            }
        }
        let shipper = try shipper(
            port: server.port, options: ShipperOptions(connections: 1, retry: quickRetry()))
        let account = try await BalanceWatch().watch(shipper) {
            for sequence in 0..<2 { await shipper.submit(sampleBatch(sequence, count: 7)) }
            return try await shipper.finish()
        }
        #expect(account.acknowledged == 14 && account.lost == 0)
        #expect(account.brokenConnections == 2)
        // Four copies may be held of the first batch, one of which is the acknowledged one.
        #expect(account.possibleDuplicates == 21)
        #expect(server.requests.count == 5)
        #expect(
            account.failures.first?.description
                == "127.0.0.1:\(server.port) closed the connection before its answer was complete (2 times)")
        try await server.stop()
    }

    @Test(
        "An unwilling receiver is given up",
        arguments: [(quickRetry(attempts: 4), 24), (quickRetry(giveUpAfter: .zero), 6)])
    func anUnwillingReceiverIsGivenUp(_ policy: RetryPolicy, requests: Int) async throws {
        let server = try await TestServer { _, _ in .status(503, body: "busy") }
        let shipper = try shipper(port: server.port, options: ShipperOptions(retry: policy))
        let account = try await BalanceWatch().watch(shipper) {
            for sequence in 0..<6 { await shipper.submit(sampleBatch(sequence)) }
            return try await shipper.finish()
        }
        #expect(account.givenUp == 60 && account.acknowledged == 0 && account.inFlight == 0 && account.lost == 0)
        #expect(account.requests == requests && account.retries == requests - 6)
        #expect(account.possibleDuplicates == 0)
        #expect(server.requests.count == requests)
        #expect(account.failures.map(\.kind) == ["status 503"])
        try await server.stop()
    }

    @Test(
        "A retry after beyond the limit ends the batch",
        arguments: [
            ["Retry-After": "7"],
            ["Retry-After": "Sun, 22 Nov 2026 19:00:07 GMT", "Date": "Sun, 22 Nov 2026 19:00:00 GMT"],
        ])
    func aRetryAfterBeyondTheLimitEndsTheBatch(_ headers: [String: String]) async throws {
        let server = try await TestServer { _, _ in .status(429, headers: headers) }
        let shipper = try shipper(
            port: server.port, options: ShipperOptions(retry: quickRetry(giveUpAfter: .seconds(6))))
        await shipper.submit(sampleBatch(0))
        let account = try await shipper.finish()
        #expect(account.givenUp == 10 && account.requests == 1)
        try await server.stop()
    }

    @Test(
        "An unusable retry after leaves the backoff",
        arguments: ["soon", "-1", "Sun, 22 Nov 2026 18:59:59 GMT", "Sun, 31 Feb 2026 18:59:59 GMT", ""])
    func anUnusableRetryAfterLeavesTheBackoff(_ value: String) async throws {
        let server = try await TestServer { number, _ in
            let headers = ["Retry-After": value, "Date": "Sun, 22 Nov 2026 19:00:00 GMT"]
            return number < 2 ? .status(429, headers: headers) : .status(200)
        }
        let shipper = try shipper(port: server.port)
        await shipper.submit(sampleBatch(0))
        let account = try await shipper.finish()
        #expect(account.acknowledged == 10 && account.requests == 3)
        try await server.stop()
    }

    @Test("A receiver that dies and comes back gets everything") func aReceiverThatDiesAndComesBackGetsEverything()
        async throws
    {
        let first = try await TestServer { number, _ in number < 10 ? .status(200) : .silence }
        let shipper = try shipper(port: first.port)
        let (account, second) = try await BalanceWatch().watch(shipper) {
            let submitting = Task { for sequence in 0..<60 { await shipper.submit(sampleBatch(sequence)) } }
            // Four more requests than were answered: each connection waits for an answer that will not come.
            while first.requests.count < 14 { try await Task.sleep(for: .milliseconds(1)) }
            try await first.stop()
            while shipper.account.failures.allSatisfy({ $0.kind != "connection refused" }) {
                try await Task.sleep(for: .milliseconds(1))
            }
            let second = try await TestServer(port: first.port) { _, _ in .status(200) }
            await submitting.value
            return (try await shipper.finish(), second)
        }
        #expect(account.generated == 600 && account.acknowledged == 600 && account.lost == 0)
        #expect(account.givenUp == 0 && account.refused == 0)
        // The four batches that were under way when the receiver died.
        #expect(account.possibleDuplicates == 40)
        #expect(account.brokenConnections >= 5)
        let held = first.requests + second.requests
        #expect(held.count == 64)
        #expect(Set(held.map(\.text)).count == 60)
        try await second.stop()
    }

    @Test("Nobody there is said in one sentence") func nobodyThereIsSaidInOneSentence() async throws {
        let server = try await TestServer { _, _ in .status(200) }
        let port = server.port
        try await server.stop()
        let shipper = try shipper(
            port: port, options: ShipperOptions(connections: 1, retry: quickRetry(attempts: 3)))
        await shipper.submit(sampleBatch(0))
        let account = try await shipper.finish()
        #expect(account.givenUp == 10 && account.possibleDuplicates == 0)
        #expect(account.requests == 3 && account.brokenConnections == 3 && account.wireBytes == 0)
        #expect(account.failures.map(\.description) == ["connection refused by 127.0.0.1:\(port) (3 times)"])
    }

    @Test("A receiver that never answers times out") func aReceiverThatNeverAnswersTimesOut() async throws {
        let server = try await TestServer { number, _ in number == 0 ? .silence : .status(200) }
        let options = ShipperOptions(connections: 1, retry: quickRetry(), requestTimeout: .milliseconds(400))
        let shipper = try shipper(port: server.port, options: options)
        await shipper.submit(sampleBatch(0))
        let account = try await shipper.finish()
        #expect(account.acknowledged == 10 && account.possibleDuplicates == 10 && account.brokenConnections == 1)
        #expect(
            account.failures.map(\.description) == ["127.0.0.1:\(server.port) did not answer within 400ms"])
        try await server.stop()
    }

    @Test("Cancelling gives up what is not answered") func cancellingGivesUpWhatIsNotAnswered() async throws {
        let server = try await TestServer { _, _ in .silence }
        let events = Mutex(0)
        let options = ShipperOptions(connections: 2, queuedBatches: 3, retry: quickRetry())
        let shipper = try shipper(port: server.port, options: options) { event in
            if event.outcome == .givenUp { events.withLock { $0 += 1 } }
        }
        let account = try await BalanceWatch().watch(shipper) {
            let submitting = Task {
                var isTaken = true
                var sequence = 0
                while isTaken {
                    isTaken = await shipper.submit(sampleBatch(sequence))
                    sequence += 1
                }
                return sequence
            }
            // Two under way, three in the queue, and the one for which there is no space.
            while shipper.account.generated < 60 || server.requests.count < 2 {
                try await Task.sleep(for: .milliseconds(1))
            }
            shipper.cancel()
            #expect(await submitting.value == 6)
            #expect(await shipper.submit(sampleBatch(6)) == false)
            return try await shipper.finish()
        }
        #expect(account.generated == 70 && account.givenUp == 70 && account.inFlight == 0)
        #expect(events.withLock { $0 } == 7)
        #expect(try await shipper.finish() == account)
        try await server.stop()
    }

    @Test("A batch is not sent before it is due") func aBatchIsNotSentBeforeItIsDue() async throws {
        let server = try await TestServer { _, _ in .status(200) }
        let events = Mutex<[DeliveryEvent]>([])
        let shipper = try shipper(port: server.port) { event in events.withLock { $0.append(event) } }
        let start = ContinuousClock.now
        for sequence in 0..<6 {
            await shipper.submit(sampleBatch(sequence, due: start + .milliseconds(3 * sequence)))
        }
        let account = try await shipper.finish()
        #expect(account.acknowledged == 60)
        for event in events.withLock({ $0 }) {
            let due = try #require(event.due)
            let sent = try #require(event.firstSentAt)
            #expect(due == start + .milliseconds(3 * event.sequence))
            #expect(sent >= due && event.settledAt >= sent)
        }
        try await server.stop()
    }
}
