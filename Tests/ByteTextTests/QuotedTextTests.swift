import ByteText
import Testing

@Suite("Texts in quotes")
struct QuotedTextTests {
    @Test(
        "A text is quoted as JSON",
        arguments: [
            ("", "\"\""), ("plain", "\"plain\""), ("say \"hi\"", "\"say \\\"hi\\\"\""), ("C:\\x", "\"C:\\\\x\""),
            ("a\nb\tc\r", "\"a\\nb\\tc\\r\""), ("\u{0}\u{1F}", "\"\\u0000\\u001f\""), ("</tag>&", "\"</tag>&\""),
            ("Zo\u{EB} \u{1F642}", "\"Zo\u{EB} \u{1F642}\""), ("\u{2028}\u{7F}", "\"\u{2028}\u{7F}\""),
        ])
    func quotes(text: String, expected: String) {
        #expect(text.jsonQuoted == expected)
    }

    @Test("A long text is quoted whole, also where every character is escaped")
    func long() {
        let text = String(repeating: "\u{1}", count: 5_000)
        #expect(text.jsonQuoted == "\"" + String(repeating: "\\u0001", count: 5_000) + "\"")
        #expect(String(repeating: "x", count: 5_000).jsonQuoted.utf8.count == 5_002)
    }

    @Test("What was quoted twice can be read twice")
    func nested() {
        #expect("\"a\"".jsonQuoted.jsonQuoted == #""\"\\\"a\\\"\"""#)
    }
}
