/// Changes policy texts: bytes, and whole words for other words of any policy.
struct Mutator {
    private let words: [[UInt8]]

    /// Takes the words that may be put in from some texts: everything in quotes.
    init(_ texts: [[UInt8]]) {
        var words: Set<[UInt8]> = []
        for text in texts { for range in Mutator.strings(text) { words.insert(Array(text[range])) } }
        let special = [
            "\"*\"", "\"\"", "\"autogroup:self\"", "\"autogroup:internet\"", "\"0.0.0.0/0\"", "\"::/0\"",
            "\"fd7a::1-fd7a::2\"",
            "\"*:*\"", "\"group:a\"", "{}", "[]", "null", "0", "-1", "1e999", "99999999999999999999", "\"\\u0000\"",
            "\"\\ud800\"",
            "true", "[[[[[[[[]]]]]]]]",
        ]
        self.words = words.sorted { $0.lexicographicallyPrecedes($1) } + special.map { Array($0.utf8) }
    }

    /// The text with one to five changes.
    func mutated(_ text: [UInt8], _ numbers: inout SeededNumbers) -> [UInt8] {
        var bytes = text
        for _ in 0...numbers.below(5) { change(&bytes, &numbers) }
        return bytes
    }

    private func change(_ bytes: inout [UInt8], _ numbers: inout SeededNumbers) {
        guard !bytes.isEmpty else {
            bytes = Array("{}".utf8)
            return
        }
        let start = numbers.below(bytes.count)
        let end = min(bytes.count, start + 1 + numbers.below(numbers.below(8) == 0 ? 200 : 6))
        switch numbers.below(9) {
        case 0: bytes.removeSubrange(start..<end)
        case 1: bytes.insert(contentsOf: bytes[start..<end], at: start)
        case 2: bytes[start] = numbers.pick(Array("{}[],:\"/*\n 019.-@\\".utf8))
        case 3: bytes.swapAt(start, numbers.below(bytes.count))
        case 4: bytes[start] = UInt8(truncatingIfNeeded: numbers.next())
        case 5:
            let piece: [String] = ["/*x*/", "//\n", ",", "\"\"", "null", " ", "{", "["]
            bytes.insert(contentsOf: numbers.pick(piece).utf8, at: start)
        default:
            let strings = Mutator.strings(bytes)
            guard !strings.isEmpty else { return }
            bytes.replaceSubrange(numbers.pick(strings), with: numbers.pick(words))
        }
    }

    /// Where texts in quotes stand, quotes included.
    private static func strings(_ bytes: [UInt8]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start: Int?
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "\\") {
                index += 1
            } else if bytes[index] == UInt8(ascii: "\"") {
                if let begin = start {
                    ranges.append(begin..<index + 1)
                    start = nil
                } else {
                    start = index
                }
            }
            index += 1
        }
        return ranges
    }
}
