import ByteText

extension FormatNode {
    /// Reads a whole text; duplicate keys are no matter of its layout.
    static func parse(_ bytes: [UInt8]) throws(JSONSyntaxError) -> FormatNode {
        var parser = FormatParser(bytes: bytes, tokens: try JSONScanner.tokens(of: bytes, syntax: .hujson))
        return parser.value()
    }
}

/// Builds the tree from the scanner's tokens, which have been found to be in order; what stands between them are gaps.
private struct FormatParser {
    let bytes: [UInt8]
    let tokens: [JSONToken]
    /// The next token.
    private var index = 0
    /// Where the text that has been taken ends.
    private var offset = 0

    init(bytes: [UInt8], tokens: [JSONToken]) {
        self.bytes = bytes
        self.tokens = tokens
    }

    /// Takes a value with the gaps around it.
    mutating func value() -> FormatNode {
        let before = gap()
        let token = take()
        var node: FormatNode
        switch token.kind {
        case .objectStart: node = composite(.object)
        case .arrayStart: node = composite(.list)
        default: node = FormatNode(kind: .scalar, text: Array(bytes[token.range]))
        }
        node.before = before
        node.after = gap()
        return node
    }

    /// Takes the children and the closing bracket.
    private mutating func composite(_ kind: FormatNode.Kind) -> FormatNode {
        var node = FormatNode(kind: kind)
        while !isAtClosingBracket {
            if kind == .object {
                node.children.append(value())
                takeSeparator(UInt8(ascii: ":"))
            }
            node.children.append(value())
            node.hasTrailingComma = takeSeparator(UInt8(ascii: ","))
        }
        if node.hasTrailingComma || node.children.isEmpty {
            node.closing = gap()
        } else {
            // Without a comma, what follows the last child leads to the bracket.
            node.closing = node.children[node.children.count - 1].after
            node.children[node.children.count - 1].after = FormatGap()
        }
        _ = take()
        return node
    }

    private var isAtClosingBracket: Bool {
        tokens[index].kind == .objectEnd || tokens[index].kind == .arrayEnd
    }

    private mutating func take() -> JSONToken {
        let token = tokens[index]
        index += 1
        offset = token.end
        return token
    }

    @discardableResult
    private mutating func takeSeparator(_ separator: UInt8) -> Bool {
        guard offset < tokens[index].start, bytes[offset] == separator else { return false }
        offset += 1
        return true
    }

    /// Takes white space and comments up to the next token, comma or colon.
    private mutating func gap() -> FormatGap {
        let start = offset
        let end = tokens[index].start
        while offset < end, bytes[offset] != UInt8(ascii: ","), bytes[offset] != UInt8(ascii: ":") {
            offset = FormatGap.endOfComment(bytes[...], from: offset) ?? offset + 1
        }
        return FormatGap(Array(bytes[start..<offset]))
    }
}
