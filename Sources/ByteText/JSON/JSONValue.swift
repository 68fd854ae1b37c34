/// A JSON value that knows where it stood in its text.
public struct JSONValue: Sendable {
    /// What the value is.
    public enum Content: Sendable {
        case null
        case bool(Bool)
        /// The number as it was written: no precision is lost.
        case number(String)
        case string(String)
        case array([JSONValue])
        /// Members in the order of the text.
        case object([JSONMember])
    }

    /// What the value is.
    public let content: Content
    /// The value's bytes in the text.
    public let range: Range<Int>

    /// Makes a value.
    public init(_ content: Content, range: Range<Int>) {
        self.content = content
        self.range = range
    }

    /// The value of the first member with this key; nil without one, and for anything but an object.
    public subscript(_ key: String) -> JSONValue? {
        object?.first { $0.key == key }?.value
    }

    /// The text of a string.
    public var string: String? {
        if case .string(let text) = content { text } else { nil }
    }

    /// A number that is an integer in the range of `Int64`, written without fraction or exponent.
    public var int: Int64? {
        if case .number(let text) = content { integerValue(text.utf8) } else { nil }
    }

    /// The value of `true` or `false`.
    public var bool: Bool? {
        if case .bool(let value) = content { value } else { nil }
    }

    /// The elements of an array.
    public var array: [JSONValue]? {
        if case .array(let elements) = content { elements } else { nil }
    }

    /// The members of an object.
    public var object: [JSONMember]? {
        if case .object(let members) = content { members } else { nil }
    }

    /// Whether the value is `null`.
    public var isNull: Bool {
        if case .null = content { true } else { false }
    }
}

extension JSONValue {
    /// Reads a whole JSON text.
    ///
    /// - Parameters:
    ///   - bytes: The text in UTF-8.
    ///   - syntax: Which texts are allowed.
    ///   - maximumDepth: How many levels of arrays and objects are allowed, at most 512.
    public static func parse(
        _ bytes: [UInt8], syntax: JSONSyntax = .strict, maximumDepth: Int = JSONScanner.maximumDepth
    ) throws(JSONSyntaxError) -> JSONValue {
        try parse(bytes.span, syntax: syntax, maximumDepth: maximumDepth)
    }

    /// Reads a whole JSON text.
    ///
    /// - Parameters:
    ///   - bytes: The text in UTF-8.
    ///   - syntax: Which texts are allowed.
    ///   - maximumDepth: How many levels of arrays and objects are allowed, at most 512.
    public static func parse(
        _ bytes: Span<UInt8>, syntax: JSONSyntax = .strict, maximumDepth: Int = JSONScanner.maximumDepth
    ) throws(JSONSyntaxError) -> JSONValue {
        try bytes.scanned(syntax: syntax, maximumDepth: maximumDepth) { (scanner) throws(JSONSyntaxError) in
            var builder = JSONTreeBuilder(scanner: scanner, rejectsDuplicates: !syntax.allowsDuplicateKeys)
            let first = try builder.scanner.next()
            let value = try builder.value(first)
            _ = try builder.scanner.next()
            return value
        }
    }
}

/// Builds the tree from the scanner's tokens; recursion is bounded by the scanner's depth limit.
private struct JSONTreeBuilder {
    var scanner: JSONScanner
    let rejectsDuplicates: Bool

    mutating func value(_ token: JSONToken) throws(JSONSyntaxError) -> JSONValue {
        switch token.kind {
        case .objectStart:
            let members = try object()
            return JSONValue(.object(members), range: token.start..<scanner.offset)
        case .arrayStart:
            let elements = try array()
            return JSONValue(.array(elements), range: token.start..<scanner.offset)
        case .string: return JSONValue(.string(scanner.text(token)), range: token.range)
        case .number: return JSONValue(.number(scanner.text(token)), range: token.range)
        case .true: return JSONValue(.bool(true), range: token.range)
        case .false: return JSONValue(.bool(false), range: token.range)
        case .null: return JSONValue(.null, range: token.range)
        case .key, .objectEnd, .arrayEnd, .end:
            // The scanner gives none of these where a value must stand.
            throw scanner.error(at: token.start, "expected a value")
        }
    }

    private mutating func array() throws(JSONSyntaxError) -> [JSONValue] {
        var elements: [JSONValue] = []
        while true {
            let token = try scanner.next()
            if token.kind == .arrayEnd { return elements }
            elements.append(try value(token))
        }
    }

    private mutating func object() throws(JSONSyntaxError) -> [JSONMember] {
        var members: [JSONMember] = []
        var keys: Set<String> = []
        while true {
            let token = try scanner.next()
            if token.kind == .objectEnd { return members }
            let key = scanner.text(token)
            if rejectsDuplicates && !keys.insert(key).inserted {
                throw scanner.error(at: token.start, "the key \"\(key.printable)\" stands twice in one object")
            }
            let first = try scanner.next()
            members.append(JSONMember(key: key, keyRange: token.range, value: try value(first)))
        }
    }
}
