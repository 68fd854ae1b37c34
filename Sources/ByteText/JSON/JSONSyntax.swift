/// Which texts count as JSON.
public struct JSONSyntax: Hashable, Sendable {
    /// Whether `//` and `/* */` comments and a comma after the last element are allowed.
    public var isHuman: Bool
    /// Whether a key may stand twice in an object; only `JSONValue.parse` looks at it.
    public var allowsDuplicateKeys: Bool

    /// RFC 8259, where a duplicate key is no error.
    public static var strict: JSONSyntax { JSONSyntax(isHuman: false, allowsDuplicateKeys: true) }
    /// RFC 8259, where a duplicate key is an error.
    public static var strictUniqueKeys: JSONSyntax { JSONSyntax(isHuman: false, allowsDuplicateKeys: false) }
    /// JSON for humans: comments and trailing commas are allowed, duplicate keys are not.
    public static var hujson: JSONSyntax { JSONSyntax(isHuman: true, allowsDuplicateKeys: false) }
}

/// A line and a column of a text, both counted from 1.
///
/// A column counts bytes of UTF-8, as the messages of the Tailscale service do.
public struct TextPosition: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The line, counted from 1.
    public var line: Int
    /// The column, counted from 1.
    public var column: Int

    /// Makes a position.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// The position of the byte at `offset`; an offset behind the end is taken for the end.
    public init(offset: Int, in bytes: some Collection<UInt8>) {
        line = 1
        column = 1
        for byte in bytes.prefix(offset) {
            if byte == 10 {
                line += 1
                column = 1
            } else {
                column += 1
            }
        }
    }

    /// Orders as one reads.
    public static func < (left: TextPosition, right: TextPosition) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }

    /// The text `line 3, column 7`.
    public var description: String { "line \(line), column \(column)" }
}

/// What is wrong with a text that should be JSON, and where.
public struct JSONSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Offset of the first byte that is wrong.
    public var offset: Int
    /// Line and column of that byte.
    public var position: TextPosition
    /// What is wrong, without the place.
    public var message: String

    /// Makes an error.
    public init(offset: Int, position: TextPosition, message: String) {
        self.offset = offset
        self.position = position
        self.message = message
    }

    /// The line, counted from 1.
    public var line: Int { position.line }

    /// The column, counted from 1.
    public var column: Int { position.column }

    /// The place and what is wrong there.
    public var description: String { "\(position): \(message)" }
}
