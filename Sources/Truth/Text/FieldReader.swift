package import ByteText
package import SimTime

/// Reads the fields of one JSON object and says which is wrong.
///
/// Fields that nobody asks for are ignored: detectors put more into their alerts than is read here.
package struct FieldReader {
    package let value: JSONValue
    /// Path of the object, with a dot at its end; empty for the outermost.
    package let path: String

    package init(_ value: JSONValue, _ path: String) throws(FieldProblem) {
        guard value.object != nil else {
            throw FieldProblem("\(path.isEmpty ? "the line" : "'\(path.dropLast())'") must be a JSON object")
        }
        self.value = value
        self.path = path
    }

    /// A field that must be there.
    package func required(_ key: String) throws(FieldProblem) -> JSONValue {
        guard let field = value[key], !field.isNull else { throw FieldProblem("'\(path)\(key)' is missing") }
        return field
    }

    package func string(_ key: String) throws(FieldProblem) -> String {
        guard let text = try required(key).string else { throw FieldProblem("'\(path)\(key)' must be a string") }
        return text
    }

    package func instant(_ key: String) throws(FieldProblem) -> Instant {
        let text = try string(key)
        guard let instant = Instant(rfc3339: text) else {
            throw FieldProblem(
                "'\(path)\(key)' must be an RFC 3339 time such as 2026-08-01T09:00:12Z, not '\(text.printable)'")
        }
        return instant
    }

    package func strings(_ key: String) throws(FieldProblem) -> [String] {
        let elements = try required(key).array
        let texts = elements?.compactMap(\.string)
        guard let texts, texts.count == elements?.count else {
            throw FieldProblem("'\(path)\(key)' must be a list of strings")
        }
        return texts
    }

    package func objects<Element>(
        _ key: String, _ element: (FieldReader) throws(FieldProblem) -> Element
    ) throws(FieldProblem) -> [Element] {
        guard let array = try required(key).array else { throw FieldProblem("'\(path)\(key)' must be a list") }
        var elements: [Element] = []
        for (index, value) in array.enumerated() {
            elements.append(try element(try FieldReader(value, "\(path)\(key)[\(index)].")))
        }
        return elements
    }
}
