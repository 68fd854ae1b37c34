import ByteText
import Testing

@Suite("JSON text") struct JSONTextTests {
    private func scan<Answer>(_ text: String, _ body: (JSONScanner, JSONToken) throws -> Answer) throws -> Answer {
        try Array(text.utf8).withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes)
            let token = try scanner.next()
            return try body(scanner, token)
        }
    }

    @Test(
        "Resolves escapes",
        arguments: [
            (#""""#, ""), (#""plain""#, "plain"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
            (#""\u0041\u00e9""#, "Aé"),
            (#""\ud83d\ude00!""#, "😀!"), (#""\uD83D\uDE00""#, "😀"), (#""\ud83d""#, "\u{FFFD}"),
            (#""\ude00x""#, "\u{FFFD}x"),
            (#""\ud83d\u0041""#, "\u{FFFD}A"), (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"), (#""é😀""#, "é😀"),
        ])
    func resolvesEscapes(_ raw: String, _ value: String) throws {
        #expect(try scan(raw) { $0.text($1) } == value)
    }

    @Test(
        "Reads integers",
        arguments: [
            ("0", 0), ("-0", 0), ("42", 42), ("-17", -17), ("9223372036854775807", Int64.max),
            ("-9223372036854775808", Int64.min), ("9223372036854775808", nil), ("-9223372036854775809", nil),
            ("1.0", nil),
            ("1e3", nil), (#""1""#, nil), ("null", nil),
        ] as [(String, Int64?)])
    func readsIntegers(_ raw: String, _ value: Int64?) throws {
        #expect(try scan(raw) { $0.integer($1) } == value)
    }

    @Test("Compares raw bytes") func comparesRawBytes() throws {
        #expect(try scan(#""nodeId""#) { $0.matches($1, "nodeId") })
        #expect(try scan(#""nodeId""#) { !$0.matches($1, "nodeID") })
        #expect(try scan(#""nodeId""#) { !$0.matches($1, "node") })
        #expect(try scan(#""\u0061""#) { !$0.matches($1, "a") })
    }
}
