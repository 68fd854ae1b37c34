import Compression
import Testing

@Suite("Gzip members")
struct GzipTests {
    /// Text that compresses, of any length.
    private func text(_ count: Int) -> [UInt8] {
        var state: UInt32 = 7
        return (0..<count).map { index in
            state = state &* 1_664_525 &+ 1_013_904_223
            return index % 5 == 0 ? UInt8(97 + state >> 28) : UInt8(ascii: "x")
        }
    }

    private func decompressed(_ bytes: [UInt8], pieces: Int) throws -> [UInt8] {
        let decompressor = GzipDecompressor()
        var output: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: pieces) {
            try decompressor.decompress(bytes.span.extracting(start..<min(start + pieces, bytes.count)), into: &output)
        }
        #expect(decompressor.isComplete)
        return output
    }

    @Test("What was compressed comes back, in pieces of any size", arguments: [0, 1, 1_000, 300_000, 1 << 20])
    func roundTrip(count: Int) throws {
        let block = text(count)
        let member = GzipCompressor().member(of: block)
        #expect(member.prefix(3) == [0x1F, 0x8B, 8])
        if count > 999 { #expect(member.count * 2 < count) }
        for pieces in [7, 4_096, 1 << 22] where count / pieces < 100_000 {
            #expect(try decompressed(member, pieces: pieces) == block)
        }
    }

    @Test("Members in a row hold all blocks, and each is what it is alone")
    func members() throws {
        let compressor = GzipCompressor()
        let blocks = [text(5_000), [], text(70_000), text(1)]
        let members = blocks.map { compressor.member(of: $0) }
        #expect(try decompressed(members.flatMap(\.self), pieces: 333) == blocks.flatMap(\.self))
        #expect(members == blocks.map { GzipCompressor().member(of: $0) })
    }

    @Test("A higher level is smaller")
    func levels() {
        let block = text(200_000)
        #expect(GzipCompressor(level: 9).member(of: block).count < GzipCompressor(level: 1).member(of: block).count)
    }

    @Test("Half a member is not complete, and other bytes are refused")
    func damaged() throws {
        let member = GzipCompressor().member(of: text(50_000))
        let decompressor = GzipDecompressor()
        var output: [UInt8] = []
        try decompressor.decompress(member.span.extracting(..<(member.count / 2)), into: &output)
        #expect(!decompressor.isComplete)
        let plain = Array("{\"logged\":1}".utf8)
        #expect(throws: GzipDecompressor.Problem.self) {
            try GzipDecompressor().decompress(plain.span, into: &output)
        }
    }
}
