public import ByteText

/// Where a value stands in a JSON document: member names with dots between them.
///
/// Lists are walked without being named. A name with dots in it (`kibana.alert.rule.name`) is found whether the document
/// nests or spells it out as one key. `*` is any member, `**` every text and number below. A text that holds a JSON
/// list or object is read as that where the path goes on.
public struct FieldPath: Sendable, Hashable, CustomStringConvertible {
    /// The path as it is written.
    public let description: String
    private let steps: [String]
    /// For each step all names that begin there: `a`, `a.b`, `a.b.c`.
    private let names: [[String]]

    /// Reads a path; nil where it is empty or has an empty step.
    public init?(_ text: String) {
        let steps = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard !steps.contains("") else { return nil }
        self.init(steps, text)
    }

    /// A path that the program itself names.
    init(literal text: String) {
        self.init(text.split(separator: ".").map(String.init), text)
    }

    private init(_ steps: [String], _ text: String) {
        description = text
        self.steps = steps
        names = steps.indices.map { first in
            (first..<steps.count).map { steps[first...$0].joined(separator: ".") }
        }
    }

    /// All values at the path, in the order of the document.
    public func values(in document: JSONValue) -> [JSONValue] {
        var found: [JSONValue] = []
        collect(document, 0, &found)
        return found
    }

    private func collect(_ value: JSONValue, _ step: Int, _ found: inout [JSONValue]) {
        if case .array(let elements) = value.content {
            for element in elements { collect(element, step, &found) }
            return
        }
        if step == steps.count {
            if !value.isNull { found.append(value) }
            return
        }
        if case .string(let text) = value.content, let inner = FieldPath.document(in: text) {
            collect(inner, step, &found)
            return
        }
        if steps[step] == "**" {
            leaves(value, &found)
            return
        }
        guard let members = value.object else { return }
        if steps[step] == "*" {
            for member in members { collect(member.value, step + 1, &found) }
            return
        }
        for (length, name) in names[step].enumerated() {
            for member in members where member.key == name {
                collect(member.value, step + length + 1, &found)
            }
        }
    }

    private func leaves(_ value: JSONValue, _ found: inout [JSONValue]) {
        switch value.content {
        case .array(let elements): for element in elements { leaves(element, &found) }
        case .object(let members): for member in members { leaves(member.value, &found) }
        case .string(let text):
            if let inner = FieldPath.document(in: text) { leaves(inner, &found) } else { found.append(value) }
        case .number: found.append(value)
        case .null, .bool: break
        }
    }

    /// The list or object that a text holds.
    private static func document(in text: String) -> JSONValue? {
        guard let first = text.utf8.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return nil }
        guard let value = try? JSONValue.parse(Array(text.utf8), maximumDepth: 64) else { return nil }
        if case .string = value.content { return nil }
        return value
    }
}
