/// A key and its value in a JSON object.
public struct JSONMember: Sendable {
    /// The name, escapes resolved.
    public let key: String
    /// The key's bytes in the text, quotes included.
    public let keyRange: Range<Int>
    /// The value that the name has.
    public let value: JSONValue

    /// Makes a member.
    public init(key: String, keyRange: Range<Int>, value: JSONValue) {
        self.key = key
        self.keyRange = keyRange
        self.value = value
    }
}
