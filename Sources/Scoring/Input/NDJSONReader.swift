import ByteText
import SimTime

/// Reads one JSON object a line and collects what is wrong with any of them.
enum NDJSONReader {
    /// Decodes every line that is not blank; throws when at least one cannot be decoded.
    static func decode<Element>(
        _ bytes: [UInt8], _ element: (FieldReader) throws(FieldProblem) -> Element
    ) throws(NDJSONProblems) -> [Element] {
        var elements: [Element] = []
        var problems: [NDJSONProblems.Problem] = []
        bytes.withUnsafeBytes { buffer in
            var line = 0
            var start = 0
            while start < buffer.count {
                let end = buffer[start...].firstIndex(of: UInt8(ascii: "\n")) ?? buffer.count
                let content = UnsafeRawBufferPointer(rebasing: buffer[start..<end])
                line += 1
                start = end + 1
                if content.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
                do throws(FieldProblem) {
                    elements.append(try decodeLine(content, element))
                } catch {
                    problems.append(NDJSONProblems.Problem(line: line, message: error.message))
                }
            }
        }
        if problems.isEmpty { return elements }
        throw NDJSONProblems(problems: problems)
    }

    private static func decodeLine<Element>(
        _ line: UnsafeRawBufferPointer, _ element: (FieldReader) throws(FieldProblem) -> Element
    ) throws(FieldProblem) -> Element {
        let value: JSONValue
        do throws(JSONSyntaxError) {
            value = try JSONValue.parse(line, maximumDepth: 16)
        } catch {
            throw FieldProblem("column \(error.column): \(error.message)")
        }
        return try element(try FieldReader(value, ""))
    }
}

/// What is wrong with one field.
struct FieldProblem: Error {
    var message: String

    init(_ message: String) {
        self.message = message
    }
}

/// Reads the fields of one JSON object and says which is wrong.
///
/// Fields that nobody asks for are ignored: detectors put more into their alerts than is read here.
struct FieldReader {
    let value: JSONValue
    /// Path of the object, with a dot at its end; empty for the outermost.
    let path: String

    init(_ value: JSONValue, _ path: String) throws(FieldProblem) {
        guard value.object != nil else {
            throw FieldProblem("\(path.isEmpty ? "the line" : "'\(path.dropLast())'") must be a JSON object")
        }
        self.value = value
        self.path = path
    }

    /// A field that must be there.
    func required(_ key: String) throws(FieldProblem) -> JSONValue {
        guard let field = value[key], !field.isNull else { throw FieldProblem("'\(path)\(key)' is missing") }
        return field
    }

    func string(_ key: String) throws(FieldProblem) -> String {
        guard let text = try required(key).string else { throw FieldProblem("'\(path)\(key)' must be a string") }
        return text
    }

    func instant(_ key: String) throws(FieldProblem) -> Instant {
        let text = try string(key)
        guard let instant = Instant(rfc3339: text) else {
            throw FieldProblem("'\(path)\(key)' must be an RFC 3339 time such as 2026-08-01T09:00:12Z, not '\(text)'")
        }
        return instant
    }

    func strings(_ key: String) throws(FieldProblem) -> [String] {
        let elements = try required(key).array
        let texts = elements?.compactMap(\.string)
        guard let texts, texts.count == elements?.count else {
            throw FieldProblem("'\(path)\(key)' must be a list of strings")
        }
        return texts
    }

    func objects<Element>(
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
