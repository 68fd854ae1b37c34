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
