/// One token of a JSON text: what it is and which bytes it is.
public struct JSONToken: Hashable, BitwiseCopyable, Sendable {
    /// The kinds of tokens.
    public enum Kind: UInt8, BitwiseCopyable, Sendable {
        case objectStart
        case objectEnd
        case arrayStart
        case arrayEnd
        /// A member's name; the colon behind it has been read.
        case key
        case string
        case number
        case `true`
        case `false`
        case null
        /// The text is over.
        case end
    }

    /// What the token is.
    public var kind: Kind
    /// Whether a key or string holds a backslash, so that its raw bytes are not its value.
    public var hasEscapes: Bool
    /// Offset of the first byte, the opening quote included.
    public var start: Int
    /// Offset behind the last byte, the closing quote included.
    public var end: Int

    @usableFromInline
    init(_ kind: Kind, _ start: Int, _ end: Int, hasEscapes: Bool = false) {
        self.kind = kind
        self.start = start
        self.end = end
        self.hasEscapes = hasEscapes
    }

    /// The token's bytes; the quotes of a key or string are among them.
    public var range: Range<Int> { start..<end }

    /// The bytes between the quotes of a key or string; all of any other token.
    public var contents: Range<Int> {
        kind == .key || kind == .string ? start + 1..<end - 1 : start..<end
    }
}
