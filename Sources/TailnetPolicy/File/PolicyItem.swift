import ByteText

/// A part of a policy file that is not white space.
struct PolicyItem {
    enum Kind {
        case open
        case close
        case comma
        case colon
        case scalar
        case lineComment
        case blockComment

        var isComment: Bool { self == .lineComment || self == .blockComment }
    }

    var kind: Kind
    var text: String
    /// How many line breaks stand before it.
    var breaksBefore: Int

    /// Cuts a text into its items.
    static func items(of bytes: [UInt8]) throws(JSONSyntaxError) -> [PolicyItem] {
        var cutter = PolicyCutter(bytes: bytes)
        cutter.cut(at: try JSONScanner.tokens(of: bytes, syntax: .hujson))
        return cutter.items
    }
}

/// Cuts a text that is HuJSON: tokens are the scanner's, and between them stand commas, colons and comments.
private struct PolicyCutter {
    let bytes: [UInt8]
    var items: [PolicyItem] = []
    private var breaks = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func cut(at tokens: [JSONToken]) {
        var offset = 0
        for token in tokens {
            addBetween(offset..<token.start)
            switch token.kind {
            case .objectStart, .arrayStart: add(.open, token.range)
            case .objectEnd, .arrayEnd: add(.close, token.range)
            case .key, .string, .number, .true, .false, .null: add(.scalar, token.range)
            case .end: break
            }
            offset = token.end
        }
    }

    private mutating func add(_ kind: PolicyItem.Kind, _ range: Range<Int>) {
        let text = String(decoding: bytes[range], as: UTF8.self)
        items.append(PolicyItem(kind: kind, text: text, breaksBefore: breaks))
        breaks = 0
    }

    /// Adds what stands between two tokens.
    private mutating func addBetween(_ range: Range<Int>) {
        var offset = range.lowerBound
        while offset < range.upperBound {
            switch bytes[offset] {
            case UInt8(ascii: ","): add(.comma, offset..<offset + 1)
            case UInt8(ascii: ":"): add(.colon, offset..<offset + 1)
            case UInt8(ascii: "/"):
                let end = endOfComment(from: offset, before: range.upperBound)
                let isLine = bytes[offset + 1] == UInt8(ascii: "/")
                let rest = bytes[offset..<end].reversed().prefix { isLine && [0x20, 0x09, 0x0D].contains($0) }.count
                add(isLine ? .lineComment : .blockComment, offset..<end - rest)
                offset = end
                continue
            case 0x0A: breaks += 1
            default: break
            }
            offset += 1
        }
    }

    /// Where a comment ends, which the scanner has found to be whole: before the newline, or behind `*/`.
    private func endOfComment(from start: Int, before end: Int) -> Int {
        if bytes[start + 1] == UInt8(ascii: "/") { return min(bytes.nextNewline(from: start) ?? end, end) }
        var offset = start + 2
        while bytes[offset] != UInt8(ascii: "*") || bytes[offset + 1] != UInt8(ascii: "/") { offset += 1 }
        return offset + 2
    }
}
