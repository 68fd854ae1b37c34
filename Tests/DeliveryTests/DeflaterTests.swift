import Compression
import Delivery
import NIOCore
import NIOHTTP1
import Testing

/// Gzip bodies: one member each, the same bytes again after unpacking.
@Suite("Deflater", .timeLimit(.minutes(15))) struct DeflaterTests {
    @Test("A member unpacks to the same bytes", arguments: [0, 1, 100, 1 << 20])
    func aMemberUnpacksToTheSameBytes(_ size: Int) {
        let deflater = Deflater()
        let text = String((0..<size).map { Character(UnicodeScalar(UInt8(32 + $0 * $0 % 90))) })
        #expect(gunzipped(deflater.member(of: ByteBuffer(string: text))) == [text])
    }

    @Test("A deflater that is used again forgets what was before") func aDeflaterThatIsUsedAgainForgetsWhatWasBefore() {
        let deflater = Deflater()
        let body = ByteBuffer(string: "the same body")
        let first = deflater.member(of: body)
        let other = deflater.member(of: ByteBuffer(string: "another body, of another length"))
        let again = deflater.member(of: body)
        #expect(first == again)
        #expect(first != other)
        #expect(gunzipped(other) == ["another body, of another length"])
    }

    @Test("A request carries one member") func aRequestCarriesOneMember() async throws {
        let server = try await TestServer { _, _ in .status(200) }
        let shipper = try Shipper(
            to: Destination(parsing: "http://127.0.0.1:\(server.port)/"),
            options: ShipperOptions(compression: .gzip))
        for sequence in 0..<8 { await shipper.submit(sampleBatch(sequence, count: 200)) }
        let account = try await shipper.finish()
        try await server.stop()
        #expect(account.acknowledged == 1_600)
        #expect(account.wireBytes == server.requests.reduce(0) { $0 + $1.body.readableBytes })
        #expect(account.wireBytes < account.bytes / 4)
        let bodies = try server.requests.map { try #require(gunzipped($0.body)) }
        #expect(bodies.allSatisfy { $0.count == 1 })
        #expect(Set(bodies.joined()) == Set((0..<8).map { String(buffer: sampleBatch($0, count: 200).bytes) }))
        #expect(server.requests.allSatisfy { $0.head.headers.first(name: "Content-Encoding") == "gzip" })
    }
}

/// The texts of the gzip members in `bytes`; nil where they are not gzip to the last byte.
func gunzipped(_ bytes: ByteBuffer) -> [String]? {
    let decompressor = GzipDecompressor()
    var members: [String] = []
    var text: [UInt8] = []
    // One byte at a time shows where each member ends.
    for byte in bytes.readableBytesView {
        let input = [byte]
        do { try decompressor.decompress(input.span, into: &text) } catch { return nil }
        guard decompressor.isComplete else { continue }
        members.append(String(decoding: text, as: UTF8.self))
        text = []
    }
    return bytes.readableBytes == 0 || decompressor.isComplete ? members : nil
}
