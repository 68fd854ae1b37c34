import NIOHTTP1
import Delivery
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

/// A destination of a test: it takes JSON arrays of at most five records, and answers with one letter for each: `y` took
/// it, `n` turned it down, `l` may take it later.
struct ArraySink: HTTPSink {
    static let schemes = ["array+http"]

    let address: WebAddress
    let limit = BatchLimit(records: 12)

    init(_ url: DestinationURL) throws(DeliveryError) { address = try WebAddress(url) }

    func requests(for batch: Batch) -> [OutgoingRequest] {
        let head = RequestHead("PUT", address.target, of: address.server, fields: [])
        return stride(from: 0, to: batch.count, by: 5).map { start in
            let part = batch.part(Array(start..<min(batch.count, start + 5)))
            let records = String(buffer: part.bytes).split(separator: "\n")
            return OutgoingRequest(part, head: head, body: ByteBuffer(string: "[\(records.joined(separator: ","))]"))
        }
    }

    func judge(_ answer: HTTPAnswer, of batch: Batch) -> BatchVerdict {
        let letters = String(buffer: answer.body)
        let refused = letters.count { $0 == "n" }
        return .each(
            letters.map { $0 == "y" ? .acknowledged : $0 == "n" ? .refused : .again },
            reason: refused > 0 ? "\(refused) records are not wanted" : nil)
    }
}

/// What a kind of destination can do that is none of the program's own: nothing else knows of it.
@Suite("Sink", .timeLimit(.minutes(15))) struct SinkTests {
    private let registry = SinkRegistry(SinkRegistry.standard.sinks + [ArraySink.self])

    /// Delivers a batch to a server that answers with the given letters, one answer after another.
    private func deliver(
        _ count: Int, answers: [String], compression: BodyCompression = .none
    ) async throws -> (account: Account, requests: [TestServer.Request], events: [DeliveryEvent]) {
        let server = try await TestServer { number, _ in .status(200, body: answers[min(number, answers.count - 1)]) }
        let events = Mutex<[DeliveryEvent]>([])
        let shipper = try Shipper(
            to: Destination(parsing: "array+http://127.0.0.1:\(server.port)/in", sinks: registry),
            options: ShipperOptions(connections: 1, compression: compression, retry: quickRetry(attempts: 4))
        ) { event in events.withLock { $0.append(event) } }
        await shipper.submit(batch((0..<count).map { "\($0)" }))
        let account = try await shipper.finish()
        try await server.stop()
        return (account, server.requests, events.withLock { $0 })
    }

    @Test("One line in the registry is enough") func oneLineInTheRegistryIsEnough() throws {
        let destination = try Destination(parsing: "array+http://h", sinks: registry)
        #expect(destination.sink is ArraySink && destination.description == "array+http://h/")
        #expect(destination.form == .records && destination.sink.limit.records == 12)
        let error = #expect(throws: DeliveryError.self) { try Destination(parsing: "x:y", sinks: registry) }
        #expect(error?.message.hasSuffix("splunk+http, splunk+https, array+http.") == true)
        #expect(throws: DeliveryError.self) { try Destination(parsing: "array+http://h") }
    }

    @Test("Every record has its own fate") func everyRecordHasItsOwnFate() async throws {
        let (account, requests, events) = try await deliver(5, answers: ["lynly", "yl", "y"])
        #expect(requests.map(\.text) == ["[0,1,2,3,4]", "[0,3]", "[3]"])
        #expect(requests.allSatisfy { $0.head.method == .PUT && $0.head.uri == "/in" })
        #expect(account.generated == 5 && account.acknowledged == 4 && account.refused == 1 && account.isBalanced)
        #expect(account.inFlight == 0 && account.lost == 0)
        #expect(account.requests == 3 && account.retries == 2 && account.possibleDuplicates == 0)
        #expect(account.bytes == 8)
        #expect(events.map(\.records) == [2, 1, 1, 1])
        #expect(events.map(\.outcome) == [.acknowledged, .refused, .acknowledged, .acknowledged])
        #expect(account.failures.first?.text.hasSuffix("/in: 1 records are not wanted") == true)
    }

    @Test("What is never taken is given up") func whatIsNeverTakenIsGivenUp() async throws {
        let (account, requests, _) = try await deliver(3, answers: ["yll", "ll"])
        #expect(requests.map(\.text) == ["[0,1,2]", "[1,2]", "[1,2]", "[1,2]"])
        #expect(account.acknowledged == 1 && account.givenUp == 2 && account.isBalanced && account.inFlight == 0)
    }

    @Test("A batch may need several requests") func aBatchMayNeedSeveralRequests() async throws {
        let (account, requests, events) = try await deliver(12, answers: ["yyyyy", "yylyy", "y", "yn"])
        #expect(requests.map(\.text) == ["[0,1,2,3,4]", "[5,6,7,8,9]", "[7]", "[10,11]"])
        #expect(account.acknowledged == 11 && account.refused == 1 && account.isBalanced && account.inFlight == 0)
        #expect(events.reduce(0) { $0 + $1.records } == 12)
    }

    @Test("An answer that speaks of other records says nothing") func anAnswerThatSpeaksOfOtherRecordsSaysNothing()
        async throws
    {
        let (account, requests, _) = try await deliver(2, answers: ["y", "yyy", "yy"])
        #expect(requests.map(\.text) == ["[0,1]", "[0,1]", "[0,1]"])
        #expect(account.acknowledged == 2 && account.isBalanced)
    }

    @Test("Compression is nobody's business") func compressionIsNobodysBusiness() async throws {
        let (account, requests, _) = try await deliver(2, answers: ["ly", "y"], compression: .gzip)
        #expect(requests.map { gunzipped($0.body) } == [["[0,1]"], ["[0]"]])
        #expect(requests.allSatisfy { $0.head.headers["Content-Encoding"] == ["gzip"] })
        #expect(account.acknowledged == 2)
    }

    @Test("Success", arguments: [200, 201, 204, 299])
    func success(_ status: Int) throws {
        #expect(try verdict(status) == .all(.acknowledged))
    }

    @Test("An answer that will not change is a refusal", arguments: [301, 400, 401, 403, 404, 413, 422])
    func anAnswerThatWillNotChangeIsARefusal(_ status: Int) throws {
        #expect(try verdict(status) == .all(.refused))
    }

    @Test("An answer that may change is tried again", arguments: [408, 429, 500, 502, 503, 504])
    func anAnswerThatMayChangeIsTriedAgain(_ status: Int) throws {
        #expect(try verdict(status) == .all(.again))
    }

    private func verdict(_ status: Int) throws -> BatchVerdict {
        try Destination(parsing: "http://h").sink.judge(answer(status), of: sampleBatch(0))
    }
}
