/// A value that can be put into a JSON text.
package protocol JSONWritable {
    /// Writes the value where one is due: one string, number, object or list.
    func write(to json: inout JSONWriter)
}

extension String: JSONWritable {
    package func write(to json: inout JSONWriter) { json.string(self) }
}

extension Bool: JSONWritable {
    package func write(to json: inout JSONWriter) { json.verbatim(self ? "true" : "false") }
}

extension JSONWritable where Self: BinaryInteger {
    package func write(to json: inout JSONWriter) { json.verbatim(String(self)) }
}

extension Int: JSONWritable {}
extension Int64: JSONWritable {}
extension UInt8: JSONWritable {}
extension UInt16: JSONWritable {}
extension UInt64: JSONWritable {}

/// Nothing is `null`.
extension Optional: JSONWritable where Wrapped: JSONWritable {
    package func write(to json: inout JSONWriter) {
        if let self { self.write(to: &json) } else { json.verbatim("null") }
    }
}

extension Array: JSONWritable where Element: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.list { for element in self { $0.element(element) } }
    }
}

/// A number with a fraction.
package struct JSONNumber: JSONWritable, Sendable, Hashable {
    private let text: String

    /// A number as it is written; nil where JSON would not take the text for a number.
    package init?(_ text: String) {
        guard let value = try? JSONValue.parse(Array(text.utf8)), case .number(let number) = value.content,
            number == text
        else { return nil }
        self.text = text
    }

    /// `units` moved right by that many decimals, with all of them: 12500 with three is 12.500.
    package init(fixed units: some BinaryInteger, decimals: Int) {
        text = DecimalText.fixed(units, decimals: decimals)
    }

    /// `units` moved right by that many decimals, without zeros at the end: 12500 with three is 12.5.
    package init(shortest units: some BinaryInteger, decimals: Int) {
        text = DecimalText.shortest(units, decimals: decimals)
    }

    package func write(to json: inout JSONWriter) { json.verbatim(text) }
}

/// What is JSON already, such as a whole record; whoever makes one vouches for it.
package struct JSONFragment: JSONWritable, Sendable, Hashable {
    private let text: String

    /// Takes the text of one value as it stands.
    package init(verbatim text: String) {
        self.text = text
    }

    package func write(to json: inout JSONWriter) { json.verbatim(text) }
}
