import Delivery
import NIOCore
import NIOHTTP1
import Testing

/// Requests as a Tailscale log stream sends them to a Splunk HTTP Event Collector.
@Suite("Splunk sink", .timeLimit(.minutes(15))) struct SplunkSinkTests {
    private func request(_ url: (Int) -> String, batch: Batch, compression: BodyCompression = .none) async throws
        -> TestServer.Request
    {
        let server = try await TestServer { _, _ in .status(200, body: "{\"text\":\"Success\",\"code\":0}") }
        let shipper = try Shipper(
            to: Destination(parsing: url(server.port)), options: ShipperOptions(compression: compression))
        await shipper.submit(batch)
        let account = try await shipper.finish()
        try await server.stop()
        #expect(account.acknowledged == batch.count)
        #expect(account.bytes == batch.bytes.readableBytes)
        return try #require(server.requests.first)
    }

    @Test("Envelopes stand one after another with nothing between")
    func envelopesStandOneAfterAnotherWithNothingBetween() async throws {
        let envelopes = ["{\"time\":1.5,\"event\":{}}", "{\"time\":2}", "{\"text\":\"a\\\\nb\"}"]
        let request = try await request(
            { "splunk+http://:secret@127.0.0.1:\($0)/services/collector/event" }, batch: batch(envelopes))
        #expect(request.text == envelopes.joined())
        #expect(request.head.method == .POST && request.head.uri == "/services/collector/event")
        #expect(request.head.headers["User-Agent"] == ["TailscaleLogStreamPublisher"])
        #expect(request.head.headers["Transfer-Encoding"] == ["chunked"])
        #expect(request.head.headers["Content-Length"] == [])
        // printf 'user:secret' | base64
        #expect(request.head.headers["Authorization"] == ["Basic dXNlcjpzZWNyZXQ="])
    }

    @Test("Compressed envelopes unpack to the same bytes") func compressedEnvelopesUnpackToTheSameBytes() async throws {
        let envelopes = (0..<500).map { "{\"time\":\($0)}" }
        let request = try await request(
            { "splunk+http://127.0.0.1:\($0)" }, batch: batch(envelopes), compression: .gzip)
        #expect(request.head.uri == "/services/collector/event")
        #expect(request.head.headers["Content-Encoding"] == ["gzip"])
        #expect(request.head.headers["Authorization"] == [])
        #expect(gunzipped(request.body) == [envelopes.joined()])
    }
}
