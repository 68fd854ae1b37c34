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

    @Test("A long name keeps its beginning and its end")
    func longNames() {
        for text in [String(repeating: "x", count: 200), String(repeating: "ß", count: 200)] {
            #expect(text.printable == text)
        }
        let long = "begin" + String(repeating: "x", count: 2_000_000) + "end"
        #expect(long.printable.count == 200 && long.printable.hasPrefix("beginx") && long.printable.hasSuffix("xend"))
        #expect(long.printable.contains("x…x") && long.printableLine == long)
        let wide = String(repeating: "\u{1F642}", count: 201)
        #expect(wide.printable == wide.prefix(120) + "…" + wide.suffix(79))
        // Escapes come after: what is kept is kept whole.
        #expect(String(repeating: "\u{1B}", count: 300).printable.hasSuffix("\\u{1b}"))
    }

    @Test("A message keeps its lines, and what each says at its end")
    func longMessages() {
        let name = String(repeating: "x", count: 3_000_000)
        let message = "a: there is no '\(name)'; do this\n\tb: '\(name)'\u{7}; do that\n"
        let lines = message.printableMessage.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 3 && lines[2].isEmpty)
        #expect(lines[0].hasPrefix("a: there is no 'xxx") && lines[0].hasSuffix("xxx'; do this"))
        #expect(lines[1].hasPrefix("\tb: 'xxx") && lines[1].hasSuffix("xxx'\\u{7}; do that"))
        #expect(lines.allSatisfy { $0.unicodeScalars.count < 2_100 })
        let many = String(repeating: "line\n", count: 5_000)
        #expect(many.printableMessage == many)
    }

    @Test("Messages of several lines keep their lines")
    func lines() {
        #expect("a\n\tb\u{7}\r".printableLines == "a\n\tb\\u{7}\\r")
    }
}
