import CSHA256
import Dataset
import Generation
import Testing

/// SHA-256, with the processor's instructions and without: examples of FIPS 180-4 and its test vectors.
@Suite("SHA-256", .serialized) struct SHA256Tests {
    private func digest(_ text: [UInt8], pieces: Int? = nil) -> String {
        var hash = SHA256()
        for start in stride(from: 0, to: text.count, by: pieces ?? max(1, text.count)) {
            hash.update(text.span.extracting(start..<min(text.count, start + (pieces ?? text.count))))
        }
        return hash.finish().hex
    }

    /// Runs a test both ways.
    private func bothWays(_ body: () -> Void) {
        defer { csha256_accelerate(1) }
        for wanted: CInt in [0, 1] {
            csha256_accelerate(wanted)
            body()
        }
    }

    @Test(
        "Published digests come out",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (
                "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
                "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
            ),
        ])
    func published(_ text: String, _ expected: String) {
        bothWays { #expect(digest(Array(text.utf8)) == expected) }
    }

    @Test("A million bytes in pieces of any size") func million() {
        let text = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
        bothWays {
            for pieces in [1_000_000, 64, 63, 65_537] {
                #expect(
                    digest(text, pieces: pieces) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
            }
        }
    }

    @Test("Every length around the ends of blocks gives the same both ways") func lengths() {
        for length in 0...200 {
            let text = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37) }
            var digests: Set<String> = []
            bothWays { for pieces in [max(1, length), 7] { digests.insert(digest(text, pieces: pieces)) } }
            #expect(digests.count == 1)
        }
    }

    @Test("A digest can be read on the way") func copies() {
        var hash = SHA256()
        let text = Array("abc".utf8)
        hash.update(text.span.extracting(..<2))
        _ = hash.finish()
        hash.update(text.span.extracting(2...))
        #expect(hash.finish().hex.hasPrefix("ba7816bf8f01cfea"))
    }
}
