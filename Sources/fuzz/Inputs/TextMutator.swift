/// Changes texts: bytes, lines, whole words for other words, numbers for extreme ones.
struct TextMutator {
    /// What may be put in for a word: with quotes or without, as it stands in the text.
    private let words: [[UInt8]]

    /// Makes a mutator whose words are those of some texts, and some more.
    init(_ texts: [[UInt8]], words more: [String] = []) {
        var words: Set<[UInt8]> = []
        for text in texts { for range in TextMutator.tokens(of: text) { words.insert(Array(text[range])) } }
        self.words =
            words.sorted { $0.lexicographicallyPrecedes($1) } + (more + TextMutator.words).map { Array($0.utf8) }
    }

    private static let words = [
        "\"\"", "{}", "[]", "null", "true", "false", "\"\\u0000\"", "\"\\ud800\"", "\"\\u001b[31m\"", "\"*\"", "~",
        "[[[[[[[[]]]]]]]]", "{\"a\":{\"a\":{\"a\":1}}}", "&a", "*a", "!!str", "|", ">-", "\"é\"", "\"\u{202E}abc\"",
    ]

    /// Numbers, times and durations at the ends of what types hold.
    static let extremes = [
        "0", "-1", "1", "-0", "0.1", "255", "256", "65535", "65536", "2147483648", "4294967296", "9007199254740993",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551615",
        "18446744073709551616", "99999999999999999999999999", "1e999", "-1e999", "1e-400", "1e18", "1E+2", "0x10",
        "NaN",
        "Infinity", "00", "1_000", "1677-09-21T00:12:43Z", "1678-01-01T00:00:00Z", "2262-04-11T23:47:16.854775807Z",
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2016-12-31T23:59:60Z", "1969-12-31T23:59:59.999999999Z",
        "2026-03-02T11:00:00+24:00", "2199-12-31T23:59:59Z", "0s", "-1h", "1ns", "9223372036s", "9223372037s", "292y",
        "106751d", "100000000d", "100%", "1000%", "-5%", "0.0000001%",
    ]

    private static let bytes: [[UInt8]] = [
        [0], [0x1B, 0x5B, 0x32, 0x4A], [0x7F], [0x0D], [0x0D, 0x0A], [0x0A], [0x09], [0xFF], [0xC0, 0x80],
        [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x80, 0xA8], [0xC2, 0x85], [0xEF, 0xBB, 0xBF],
        [0xFF, 0xFE],
        [0xE2, 0x80, 0xAE], [0xCC, 0x81], Array("/*x*/".utf8), Array("//\n".utf8), Array(",".utf8), Array("\"".utf8),
        Array("\\".utf8), Array("{".utf8), Array("[".utf8), Array("#".utf8), Array(": ".utf8), Array("- ".utf8),
        Array(" ".utf8), Array("    ".utf8), Array("\n---\n".utf8), Array("'".utf8), Array("=".utf8), Array(";".utf8),
    ]

    /// The text with one to five changes; now and then it is spliced with one of `others`.
    func mutated(_ text: [UInt8], among others: [[UInt8]], _ draws: inout CaseDraws) -> [UInt8] {
        var bytes = text
        if !others.isEmpty, draws.once(in: 24) {
            let other = draws.pick(others)
            bytes = Array(bytes[..<draws.below(bytes.count + 1)] + other[draws.below(other.count + 1)...])
        }
        // Half of the cases have one change: they go deepest.
        for _ in 0...(draws.once(in: 2) ? 0 : draws.below(5)) { change(&bytes, &draws) }
        return bytes
    }

    private func change(_ bytes: inout [UInt8], _ draws: inout CaseDraws) {
        guard !bytes.isEmpty else {
            bytes = draws.pick(words)
            return
        }
        let start = draws.below(bytes.count)
        let end = min(bytes.count, start + 1 + draws.below(draws.once(in: 8) ? 200 : 6))
        switch draws.below(32) {
        case 0: bytes.removeSubrange(start..<end)
        case 1: bytes.insert(contentsOf: bytes[start..<end], at: start)
        case 2: bytes[start] = draws.pick(Array("{}[],:\"/*\n 019.-@\\".utf8))
        case 3: bytes.swapAt(start, draws.below(bytes.count))
        case 4: bytes[start] = UInt8(truncatingIfNeeded: draws.next())
        case 5: bytes[start] ^= 1 << UInt8(draws.below(8))
        case 6, 7: bytes.insert(contentsOf: draws.pick(TextMutator.bytes), at: start)
        case 8: changeLines(&bytes, at: start, &draws)
        case 9: if draws.once(in: 4) { bytes.removeSubrange(start...) } else { changeLines(&bytes, at: start, &draws) }
        case 10: if draws.once(in: 4) { nest(&bytes, at: start, &draws) } else { repeatMember(&bytes, at: start) }
        case 11: if draws.once(in: 4) { grow(&bytes, start..<end, &draws) } else { repeatMember(&bytes, at: start) }
        case 12...17: replace(&bytes, &draws, numbersOnly: true)
        default: replace(&bytes, &draws, numbersOnly: false)
        }
    }

    /// Doubles, removes or moves the line around a place.
    private func changeLines(_ bytes: inout [UInt8], at place: Int, _ draws: inout CaseDraws) {
        let newline = UInt8(ascii: "\n")
        let start = bytes[..<place].lastIndex(of: newline).map { $0 + 1 } ?? 0
        let end = bytes[place...].firstIndex(of: newline).map { $0 + 1 } ?? bytes.count
        let line = bytes[start..<end]
        switch draws.below(3) {
        case 0: bytes.insert(contentsOf: line, at: end)
        case 1: bytes.removeSubrange(start..<end)
        default:
            bytes.removeSubrange(start..<end)
            let other = draws.below(bytes.count + 1)
            let target = bytes[..<other].lastIndex(of: newline).map { $0 + 1 } ?? 0
            bytes.insert(contentsOf: line, at: target)
        }
    }

    /// Writes the next member of an object or a list twice.
    private func repeatMember(_ bytes: inout [UInt8], at place: Int) {
        let isEdge: (UInt8) -> Bool = { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") }
        guard let first = bytes[place...].firstIndex(where: isEdge), first + 1 < bytes.count,
            let last = bytes[(first + 1)...].firstIndex(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "}") })
        else { return }
        bytes.insert(contentsOf: bytes[(first + 1)..<last] + [UInt8(ascii: ",")], at: first + 1)
    }

    private func nest(_ bytes: inout [UInt8], at place: Int, _ draws: inout CaseDraws) {
        let (open, close) = draws.pick([("[", "]"), ("{\"a\":", "}"), ("(", ")"), ("- ", "")])
        let depth = draws.pick([8, 64, 511, 513, 20_000])
        bytes.insert(contentsOf: String(repeating: open, count: depth).utf8, at: place)
        if draws.once(in: 2) { bytes += String(repeating: close, count: depth).utf8 }
    }

    private func grow(_ bytes: inout [UInt8], _ range: Range<Int>, _ draws: inout CaseDraws) {
        let count = draws.pick([255, 256, 65_536, 200_000]) / range.count + 1
        let text = [[UInt8]](repeating: Array(bytes[range]), count: count).flatMap { $0 }
        bytes.insert(contentsOf: text, at: range.lowerBound)
    }

    private func replace(_ bytes: inout [UInt8], _ draws: inout CaseDraws, numbersOnly: Bool) {
        var tokens = TextMutator.tokens(of: bytes)
        if numbersOnly {
            tokens = tokens.filter { range in
                let first = bytes[range.lowerBound]
                let second = range.count > 1 ? bytes[range.lowerBound + 1] : first
                return first.isDigit || (first == UInt8(ascii: "\"") && second.isDigit)
            }
        }
        guard !tokens.isEmpty else { return }
        let range = draws.pick(tokens)
        var word = numbersOnly ? Array(draws.pick(TextMutator.extremes).utf8) : draws.pick(words)
        if numbersOnly, bytes[range.lowerBound] == UInt8(ascii: "\""), !draws.once(in: 8) {
            word = [UInt8(ascii: "\"")] + word + [UInt8(ascii: "\"")]
        }
        bytes.replaceSubrange(range, with: word)
    }

    /// Where texts in quotes stand, quotes included, and words without any.
    private static func tokens(of bytes: [UInt8]) -> [Range<Int>] {
        var tokens: [Range<Int>] = []
        var index = 0
        while index < bytes.count {
            let start = index
            if bytes[index] == UInt8(ascii: "\"") {
                index += 1
                while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
                    index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
                }
                index = min(bytes.count, index + 1)
                tokens.append(start..<index)
            } else if bytes[index].isWord {
                while index < bytes.count, bytes[index].isWord { index += 1 }
                tokens.append(start..<index)
            } else {
                index += 1
            }
        }
        return tokens
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }

    /// Whether it may stand in a word, a number, a time, an address or a path.
    fileprivate var isWord: Bool {
        isDigit || (0x41...0x5A).contains(self & 0xDF) || self >= 0x80 || "-_.@/+%:".utf8.contains(self)
    }
}
