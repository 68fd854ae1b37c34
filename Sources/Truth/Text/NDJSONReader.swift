import ByteText

/// Reads one JSON object a line and collects what is wrong with any of them.
package enum NDJSONReader {
    /// Decodes every line that is not blank; throws when at least one cannot be decoded.
    package static func decode<Element>(
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
package struct FieldProblem: Error {
    package var message: String

    package init(_ message: String) {
        self.message = message
    }
}
