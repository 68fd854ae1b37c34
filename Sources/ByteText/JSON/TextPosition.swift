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
