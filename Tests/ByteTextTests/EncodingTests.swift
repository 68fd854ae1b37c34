import ByteText
import Testing

/// Base 64 and percent escapes.
@Suite("Encoding") struct EncodingTests {
    @Test(
        "Base 64",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"), ("\u{3ff}~\u{7f}?>", "z79+fz8+"),
        ])
    func base64(_ text: String, _ encoded: String) {
        #expect(Array(text.utf8).base64 == encoded)
    }

    @Test(
        "Percent escapes",
        arguments: [
            ("", ""), ("a%20b", "a b"), ("%C3%a9", "\u{e9}"), ("a+b", "a+b"), ("%25", "%"), ("%", nil), ("%2", nil),
            ("%+2", nil), ("%zz", nil), ("%ff", nil),
        ] as [(String, String?)])
    func percentEscapes(_ text: String, _ decoded: String?) {
        #expect(text.percentDecoded == decoded)
    }
}
