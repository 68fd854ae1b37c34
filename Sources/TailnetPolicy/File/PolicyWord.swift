public import ByteText

/// A word of the policy file and where it stands.
public struct PolicyWord: Hashable, Sendable, CustomStringConvertible {
    /// The word without white space around it, as the service takes it.
    public var text: String
    /// Where the word begins.
    public var position: TextPosition

    /// Makes a word.
    public init(_ text: String, at position: TextPosition) {
        self.text = text.trimmed
        self.position = position
    }

    /// The word itself.
    public var description: String { text }
}
