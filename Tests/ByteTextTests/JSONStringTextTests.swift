import ByteText
import Testing

@Suite("JSON strings as text")
struct JSONStringTextTests {
    private func text(_ value: String) -> String {
        var bytes: [UInt8] = []
        bytes.appendText(atMost: JSONStringText.bound(value)) { $0.putJSONString(value) }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(
        "Only what must be escaped is escaped",
        arguments: [
            ("", #""""#),
            ("plain", #""plain""#),
            (#"a"b\c/d"#, #""a\"b\\c/d""#),
            ("\u{8}\u{C}\n\r\t", #""\b\f\n\r\t""#),
            ("\u{0}\u{1}\u{B}\u{1F}", #""\u0000\u0001\u000b\u001f""#),
            ("<a&b>", #""<a&b>""#),
            ("\u{7F}\u{2028}\u{2029}", "\"\u{7F}\u{2028}\u{2029}\""),
            ("Zoë 東京 🙂", "\"Zoë 東京 🙂\""),
        ])
    func escapes(value: String, expected: String) {
        #expect(text(value) == expected)
    }

    @Test("Every character below 128 comes back through the scanner, and fits the bound")
    func roundTrip() throws {
        for code in 0..<128 {
            let value = String(repeating: Character(Unicode.Scalar(UInt8(code))), count: 3)
            let written = Array(text(value).utf8)
            #expect(written.count <= JSONStringText.bound(value))
            let read = try written.withUnsafeBytes { bytes in
                var scanner = JSONScanner(bytes)
                let token = try scanner.next()
                return scanner.text(token)
            }
            #expect(Array(read.utf8) == Array(value.utf8))
        }
    }

    @Test("A text of nothing but control characters reaches the bound")
    func boundIsTight() {
        #expect(text("\u{1}\u{1}").utf8.count == JSONStringText.bound(utf8Count: 2))
    }
}
