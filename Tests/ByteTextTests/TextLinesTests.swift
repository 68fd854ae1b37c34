import ByteText
import Testing

@Suite("Lines of a text")
struct TextLinesTests {
    private func all(_ text: String) -> [TextLines.Line] {
        let bytes = Array(text.utf8)
        var lines = TextLines()
        var found: [TextLines.Line] = []
        while let line = lines.next(in: bytes.span) { found.append(line) }
        return found
    }

    private func lines(_ text: String) -> [String] {
        let bytes = Array(text.utf8)
        return all(text).map { "\($0.number):\($0.range):\(bytes.span.text($0.content))" }
    }

    @Test("What follows the last newline is a line, unless it is empty")
    func ends() {
        #expect(lines("") == [])
        #expect(lines("\n") == ["1:0..<1:"])
        #expect(lines("a\n\nb") == ["1:0..<2:a", "2:2..<3:", "3:3..<4:b"])
        #expect(lines("a\nb\n") == ["1:0..<2:a", "2:2..<4:b"])
    }

    @Test("A newline is found wherever it stands, and nothing that resembles it")
    func newlines() {
        for place in 0..<40 {
            var bytes = [UInt8](repeating: 0x0B, count: 40)
            for (index, byte) in [0x09, 0x8A, 0x00, 0xFF, 0x0B].enumerated() { bytes[index * 8] = UInt8(byte) }
            #expect(bytes.nextNewline(from: 0) == nil)
            bytes[place] = 0x0A
            #expect(bytes.nextNewline(from: 0) == place)
            #expect(bytes.nextNewline(from: place) == place)
            #expect(bytes.nextNewline(from: place + 1) == nil)
        }
    }

    @Test("Blanks and carriage returns make no text")
    func blankLines() {
        #expect(all(" \t\r\n x\n").map(\.isBlank) == [true, false])
    }
}
