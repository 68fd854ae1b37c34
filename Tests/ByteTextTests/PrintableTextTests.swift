import ByteText
import Testing

@Suite("Printable text")
struct PrintableTextTests {
    @Test(
        "What a terminal could obey is escaped, and nothing else",
        arguments: [
            ("plain", "plain"), ("", ""), ("Zoë 👩‍👩‍👧 ß", "Zoë 👩‍👩‍👧 ß"), ("a\u{1B}[31mb", "a\\u{1b}[31mb"),
            ("a\nb\tc\rd", "a\\nb\\tc\\rd"), ("\u{0}\u{7F}\u{9B}", "\\u{0}\\u{7f}\\u{9b}"),
            ("x\u{202E}gpj.exe\u{2066}\u{FEFF}\u{2028}", "x\\u{202e}gpj.exe\\u{2066}\\u{feff}\\u{2028}"),
        ])
    func escapes(text: String, printable: String) {
        #expect(text.printable == printable)
    }

    @Test("Messages of several lines keep their lines")
    func lines() {
        #expect("a\n\tb\u{7}\r".printableLines == "a\n\tb\\u{7}\\r")
    }
}
