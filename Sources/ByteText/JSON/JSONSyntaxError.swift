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
