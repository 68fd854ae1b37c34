public import ByteText

/// Where a value stands in a JSON document: member names with dots between them.
///
/// Lists are walked without being named. A key with dots in it (`kibana.alert.rule.name`, `actor.loginName`) is the
/// same as nested keys, and `{}` behind a name, as Splunk marks lists, is left out. `*` is any member; `**` is every text
/// and number below, or between other names any number of members. A text that holds a JSON list or object is read as
/// that where the path goes on.
public struct FieldPath: Sendable, Hashable, CustomStringConvertible {
    /// The path as it is written.
    public let description: String
    private let steps: [Step]

    private enum Step: Sendable, Hashable {
        case name(String)
        case anyMember
        case anyDepth
    }

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
        self.steps = steps.map { $0 == "**" ? .anyDepth : $0 == "*" ? .anyMember : .name($0) }
    }

    /// All values at the path, in the order of the document; lists are given by their elements, `null` is left out.
    public func values(in document: JSONValue) -> [JSONValue] {
        var walk = Walk(steps: steps, keepsLists: false)
        walk.visit(document, 0)
        return walk.found
    }

    /// Whether the document has something at the path, even `null`, or an empty list there or on the way.
    func exists(in document: JSONValue) -> Bool {
        var walk = Walk(steps: steps, keepsLists: true)
        walk.visit(document, 0)
        return !walk.found.isEmpty
    }

    /// Whether the document has a list without any value at the path itself.
    func hasEmptyList(in document: JSONValue) -> Bool {
        guard values(in: document).isEmpty else { return false }
        var walk = Walk(steps: steps, keepsLists: true)
        walk.keepsPassedLists = false
        walk.visit(document, 0)
        return walk.found.contains { $0.array != nil }
    }

    /// The texts and numbers below a value.
    static func leaves(of value: JSONValue) -> [JSONValue] {
        var walk = Walk(steps: [], keepsLists: false)
        walk.addLeaves(value)
        return walk.found
    }

    /// The list or object that a text holds.
    static func document(in text: String) -> JSONValue? {
        guard let first = text.utf8.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return nil }
        return try? JSONValue.parse(Array(text.utf8), maximumDepth: 64)
    }

    /// One search along the steps.
    private struct Walk {
        let steps: [Step]
        /// Whether what stands at the path is taken as it is.
        let keepsLists: Bool
        /// Whether empty lists on the way are taken, too.
        var keepsPassedLists = true
        var found: [JSONValue] = []

        init(steps: [Step], keepsLists: Bool) {
            self.steps = steps
            self.keepsLists = keepsLists
        }

        mutating func visit(_ value: JSONValue, _ step: Int) {
            if step == steps.count, keepsLists {
                found.append(value)
                return
            }
            if case .array(let elements) = value.content {
                // What an empty list would hold is there, too.
                if keepsLists, keepsPassedLists, elements.isEmpty { found.append(value) }
                for element in elements { visit(element, step) }
                return
            }
            if step == steps.count {
                if !value.isNull { found.append(value) }
                return
            }
            let isLast = step == steps.count - 1
            if case .anyDepth = steps[step], isLast { return addLeaves(value) }
            if case .string(let text) = value.content {
                if let inner = FieldPath.document(in: text) { visit(inner, step) }
                return
            }
            // `**` may stand for no member at all.
            if case .anyDepth = steps[step] { visit(value, step + 1) }
            for member in value.object ?? [] { visit(member, step) }
        }

        /// Follows one member of an object in which `step` is looked for.
        private mutating func visit(_ member: JSONMember, _ step: Int) {
            let key = member.key
            switch steps[step] {
            case .name(let name):
                if key == name { return visit(member.value, step + 1) }
                guard key.utf8.count > name.utf8.count, key.utf8.starts(with: name.utf8) else { return }
                let next = key.utf8[key.utf8.index(key.utf8.startIndex, offsetBy: name.utf8.count)]
                guard next == UInt8(ascii: ".") || next == UInt8(ascii: "{") else { return }
                follow(FieldPath.parts(of: key)[...], member.value, step)
            case .anyMember: follow(FieldPath.parts(of: key).dropFirst(), member.value, step + 1)
            case .anyDepth: follow(FieldPath.parts(of: key).dropFirst(), member.value, step)
            }
        }

        /// Follows the names in a key as if they were nested.
        private mutating func follow(_ parts: ArraySlice<String>, _ value: JSONValue, _ step: Int) {
            guard let first = parts.first else { return visit(value, step) }
            guard step < steps.count else { return }
            let rest = parts.dropFirst()
            switch steps[step] {
            case .name(let name): if first == name { follow(rest, value, step + 1) }
            case .anyMember: follow(rest, value, step + 1)
            case .anyDepth where step == steps.count - 1: addLeaves(value)
            case .anyDepth:
                follow(parts, value, step + 1)
                follow(rest, value, step)
            }
        }

        mutating func addLeaves(_ value: JSONValue) {
            switch value.content {
            case .array(let elements): for element in elements { addLeaves(element) }
            case .object(let members): for member in members { addLeaves(member.value) }
            case .string(let text):
                if let inner = FieldPath.document(in: text) { addLeaves(inner) } else { found.append(value) }
            case .number: found.append(value)
            case .null, .bool: break
            }
        }
    }

    /// The names in a key: `srcNode.addresses{}` are `srcNode` and `addresses`.
    private static func parts(of key: String) -> [String] {
        guard key.utf8.contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "{") }) else { return [key] }
        return key.split(separator: ".", omittingEmptySubsequences: false).map { part in
            String(part.hasSuffix("{}") ? part.dropLast(2) : part)
        }
    }
}
