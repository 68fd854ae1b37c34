/// A pull reader of JSON tokens: checks the grammar as it goes and allocates nothing.
///
/// It borrows the bytes: they must stay where they are for as long as the scanner is used, which whoever makes one
/// vouches for. Every read is behind a check against their count. The text is valid JSON when `next` has come to `end`
/// without throwing. After an error the scanner is of no more use.
@safe
public struct JSONScanner {
    /// The most levels of arrays and objects that can be asked for.
    public static let maximumDepth = 512

    let bytes: UnsafeRawBufferPointer
    let isHuman: Bool
    let depthLimit: Int

    /// Offset of the next byte that has not been read.
    public private(set) var offset: Int
    /// How many arrays and objects are open.
    public private(set) var depth = 0
    /// What may come next.
    private var expectation = Expectation.value
    /// Whether the innermost open container is an object.
    private var isInObject = false
    /// A bit for each container around the innermost one, 1 for an object.
    private var containers = SIMD8<UInt64>.zero

    private enum Expectation {
        case value
        case valueOrEnd
        case keyOrEnd
        case key
        case separator
        case end
    }

    /// Makes a scanner of the value that begins at `offset`.
    ///
    /// - Parameters:
    ///   - bytes: The text; it must outlive the scanner.
    ///   - offset: Where to begin, so that several values in a row can be read one after the other.
    ///   - syntax: Whether comments and trailing commas are allowed.
    ///   - maximumDepth: At most `JSONScanner.maximumDepth`.
    public init(
        _ bytes: UnsafeRawBufferPointer, from offset: Int = 0, syntax: JSONSyntax = .strict,
        maximumDepth: Int = JSONScanner.maximumDepth
    ) {
        precondition((0...JSONScanner.maximumDepth).contains(maximumDepth), "a scanner goes 512 levels deep")
        precondition((0...bytes.count).contains(offset), "a scanner begins in its text")
        unsafe self.bytes = bytes
        self.offset = offset
        isHuman = syntax.isHuman
        depthLimit = maximumDepth
    }

    /// Reads the next token; `end` once the value is complete and nothing but blanks follows.
    public mutating func next() throws(JSONSyntaxError) -> JSONToken {
        while true {
            try skipBlanks()
            switch expectation {
            case .value:
                return try value()
            case .valueOrEnd:
                return peek == UInt8(ascii: "]") ? close() : try value()
            case .keyOrEnd:
                return peek == UInt8(ascii: "}") ? close() : try key()
            case .key:
                return try key()
            case .separator:
                if peek == (isInObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) { return close() }
                guard peek == UInt8(ascii: ",") else {
                    throw unexpected(isInObject ? "',' or '}' after a member" : "',' or ']' after an element")
                }
                offset += 1
                if isInObject {
                    expectation = isHuman ? .keyOrEnd : .key
                } else {
                    expectation = isHuman ? .valueOrEnd : .value
                }
            case .end:
                guard unsafe offset == bytes.count else { throw unexpected("the end of the text") }
                return JSONToken(.end, offset, offset)
            }
        }
    }

    /// All tokens of a text, `end` included.
    package static func tokens(of bytes: [UInt8], syntax: JSONSyntax) throws(JSONSyntaxError) -> [JSONToken] {
        try bytes.span.scanned(syntax: syntax) { (scanner) throws(JSONSyntaxError) in
            var tokens: [JSONToken] = []
            repeat { tokens.append(try scanner.next()) } while tokens.last?.kind != .end
            return tokens
        }
    }

    /// Reads a whole value and gives its bytes.
    ///
    /// It is for the place where a value may stand: at the beginning, behind a key, or in an array that has one more.
    public mutating func skipValue() throws(JSONSyntaxError) -> Range<Int> {
        let outside = depth
        let first = try next()
        switch first.kind {
        case .objectStart, .arrayStart:
            while depth > outside { _ = try next() }
        case .objectEnd, .arrayEnd, .key, .end:
            throw error(at: first.start, "expected a value")
        case .string, .number, .true, .false, .null:
            break
        }
        return first.start..<offset
    }

    /// The next byte; 0 at the end of the text, where no token can begin.
    private var peek: UInt8 { unsafe offset < bytes.count ? bytes[offset] : 0 }

    @inline(__always)
    private mutating func value() throws(JSONSyntaxError) -> JSONToken {
        switch peek {
        case UInt8(ascii: "{"):
            return try open(.objectStart)
        case UInt8(ascii: "["):
            return try open(.arrayStart)
        case UInt8(ascii: "\""):
            let token = try string(.string)
            valueIsComplete()
            return token
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            let token = try number()
            valueIsComplete()
            return token
        case UInt8(ascii: "t"):
            return try literal("true", .true)
        case UInt8(ascii: "f"):
            return try literal("false", .false)
        case UInt8(ascii: "n"):
            return try literal("null", .null)
        default:
            throw unexpected("a value")
        }
    }

    @inline(__always)
    private mutating func key() throws(JSONSyntaxError) -> JSONToken {
        guard peek == UInt8(ascii: "\"") else { throw unexpected("a key in double quotes") }
        let token = try string(.key)
        try skipBlanks()
        guard peek == UInt8(ascii: ":") else { throw unexpected("':' after a key") }
        offset += 1
        expectation = .value
        return token
    }

    @inline(__always)
    private mutating func open(_ kind: JSONToken.Kind) throws(JSONSyntaxError) -> JSONToken {
        guard depth < depthLimit else {
            throw error(at: offset, "arrays and objects are nested more than \(depthLimit) levels deep")
        }
        let bit: UInt64 = 1 << UInt64(depth & 63)
        if isInObject { containers[depth >> 6] |= bit } else { containers[depth >> 6] &= ~bit }
        isInObject = kind == .objectStart
        expectation = isInObject ? .keyOrEnd : .valueOrEnd
        depth += 1
        offset += 1
        return JSONToken(kind, offset - 1, offset)
    }

    @inline(__always)
    private mutating func close() -> JSONToken {
        let kind: JSONToken.Kind = isInObject ? .objectEnd : .arrayEnd
        depth -= 1
        isInObject = containers[depth >> 6] >> UInt64(depth & 63) & 1 == 1
        offset += 1
        valueIsComplete()
        return JSONToken(kind, offset - 1, offset)
    }

    @inline(__always)
    private mutating func valueIsComplete() {
        expectation = depth == 0 ? .end : .separator
    }

    @inline(__always)
    private mutating func literal(
        _ text: StaticString, _ kind: JSONToken.Kind
    ) throws(JSONSyntaxError) -> JSONToken {
        let start = offset
        for index in 0..<text.utf8CodeUnitCount {
            guard unsafe peek == text.utf8Start[index] else { throw unexpected("'\(text)'") }
            offset += 1
        }
        valueIsComplete()
        return JSONToken(kind, start, offset)
    }

    @inline(__always)
    private mutating func number() throws(JSONSyntaxError) -> JSONToken {
        let start = offset
        if peek == UInt8(ascii: "-") { offset += 1 }
        if peek == UInt8(ascii: "0") {
            offset += 1
            if isDigit(peek) { throw error(at: start, "a number must not begin with 0") }
        } else {
            try digits()
        }
        if peek == UInt8(ascii: ".") {
            offset += 1
            try digits()
        }
        if peek | 0x20 == UInt8(ascii: "e") {
            offset += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { offset += 1 }
            try digits()
        }
        return JSONToken(.number, start, offset)
    }

    @inline(__always)
    private mutating func digits() throws(JSONSyntaxError) {
        guard isDigit(peek) else { throw unexpected("a digit") }
        while isDigit(peek) { offset += 1 }
    }

    /// Reads a string whose opening quote is next.
    @inline(__always)
    private mutating func string(_ kind: JSONToken.Kind) throws(JSONSyntaxError) -> JSONToken {
        let start = offset
        var hasEscapes = false
        offset += 1
        while true {
            offset = unsafe bytes.endOfPlainText(from: offset)
            guard unsafe offset < bytes.count else { throw error(at: start, "a string has no closing quote") }
            let byte = unsafe bytes[offset]
            if byte == UInt8(ascii: "\"") {
                offset += 1
                return JSONToken(kind, start, offset, hasEscapes: hasEscapes)
            }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                try escape()
            } else if byte < 0x20 {
                throw error(at: offset, "a control character in a string must be written as an escape")
            } else {
                try skipMultibyteCharacter()
            }
        }
    }

    @inline(never)
    private mutating func escape() throws(JSONSyntaxError) {
        let start = offset
        offset += 1
        switch peek {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            offset += 1
        case UInt8(ascii: "u"):
            offset += 1
            for _ in 0..<4 {
                guard hexadecimalValue(peek) != nil else {
                    throw error(at: start, "an escape '\\u' needs four hexadecimal digits")
                }
                offset += 1
            }
        default:
            throw error(at: start, "a string has an escape that JSON does not know")
        }
    }

    /// Reads one character of two to four bytes.
    @inline(never)
    private mutating func skipMultibyteCharacter() throws(JSONSyntaxError) {
        let length = unsafe bytes.multibyteCharacterLength(at: offset)
        if length == 0 { throw error(at: offset, "the text is not valid UTF-8") }
        offset += length
    }

    /// Reads white space and, where the syntax has them, comments.
    @inline(__always)
    private mutating func skipBlanks() throws(JSONSyntaxError) {
        while unsafe offset < bytes.count {
            switch unsafe bytes[offset] {
            case 0x20, 0x0A, 0x0D, 0x09:
                offset += 1
            case UInt8(ascii: "/") where isHuman:
                try skipComment()
            default:
                return
            }
        }
    }

    @inline(never)
    private mutating func skipComment() throws(JSONSyntaxError) {
        let start = offset
        let second = unsafe offset + 1 < bytes.count ? bytes[offset + 1] : 0
        guard second == UInt8(ascii: "/") || second == UInt8(ascii: "*") else {
            throw error(at: start, "a comment begins with '//' or '/*'")
        }
        let isBlock = second == UInt8(ascii: "*")
        offset += 2
        while unsafe offset < bytes.count {
            let byte = unsafe bytes[offset]
            if byte >= 0x80 {
                try skipMultibyteCharacter()
                continue
            }
            offset += 1
            if !isBlock && byte == 0x0A { return }
            if isBlock && byte == UInt8(ascii: "*") && peek == UInt8(ascii: "/") {
                offset += 1
                return
            }
        }
        if isBlock { throw error(at: start, "a comment has no closing '*/'") }
    }

    @inline(never)
    private func unexpected(_ wanted: String) -> JSONSyntaxError {
        guard unsafe offset < bytes.count else {
            return error(at: offset, "the text ends where \(wanted) was expected")
        }
        let byte = unsafe bytes[offset]
        let found =
            (0x21...0x7E).contains(byte)
            ? "'\(Character(Unicode.Scalar(byte)))'" : "byte 0x\(String(byte, radix: 16, uppercase: true))"
        return error(at: offset, "found \(found) where \(wanted) was expected")
    }

    @inline(never)
    func error(at offset: Int, _ message: String) -> JSONSyntaxError {
        let position = unsafe TextPosition(offset: offset, in: bytes)
        return JSONSyntaxError(offset: offset, position: position, message: message)
    }
}

private func isDigit(_ byte: UInt8) -> Bool {
    byte &- UInt8(ascii: "0") < 10
}
