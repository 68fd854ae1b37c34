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
            for line in TextLines(buffer) where !line.isBlank {
                do throws(FieldProblem) {
                    elements.append(try decodeLine(line.content, element))
                } catch {
                    problems.append(NDJSONProblems.Problem(line: line.number, message: error.message))
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
