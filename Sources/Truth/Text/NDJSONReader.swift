import ByteText

/// Reads one JSON object a line and collects what is wrong with any of them.
package enum NDJSONReader {
    /// Decodes every line that is not blank; throws when at least one cannot be decoded.
    package static func decode<Element>(
        _ bytes: [UInt8], _ element: (FieldReader) throws(FieldProblem) -> Element
    ) throws(NDJSONProblems) -> [Element] {
        var elements: [Element] = []
        var problems: [NDJSONProblems.Problem] = []
        for line in JSONLines(bytes, maximumDepth: 16) {
            do throws(FieldProblem) {
                elements.append(try element(try FieldReader(try value(line.result), "")))
            } catch {
                problems.append(NDJSONProblems.Problem(line: line.number, message: error.message))
            }
        }
        if problems.isEmpty { return elements }
        throw NDJSONProblems(problems: problems)
    }

    private static func value(_ result: Result<JSONValue, JSONSyntaxError>) throws(FieldProblem) -> JSONValue {
        do throws(JSONSyntaxError) { return try result.get() } catch {
            throw FieldProblem("column \(error.column): \(error.message)")
        }
    }
}
