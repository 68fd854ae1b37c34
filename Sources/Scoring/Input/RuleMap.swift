public import Truth
/// What the rules of a detector are called in the truth.
public struct RuleMap: Sendable, Hashable {
    private var names: [String: String] = [:]

    /// Makes a map that leaves all rules as they are.
    public init() {}

    /// Adds `RULE=source/slug`, divided at the last `=`, and gives what is wrong, or nil.
    public mutating func add(_ text: some StringProtocol) -> String? {
        guard let divide = text.lastIndex(of: "=") else {
            return "'\(text)' has no '='; write RULE=source/slug"
        }
        let rule = trimmed(text[..<divide])
        let name = trimmed(text[text.index(after: divide)...])
        guard !rule.isEmpty, !name.isEmpty else { return "'\(text)' lacks a side; write RULE=source/slug" }
        if let known = names[rule], known != name {
            return "the rule '\(rule)' is mapped to '\(known)' and to '\(name)'; keep one"
        }
        names[rule] = name
        return nil
    }

    /// Reads a file: one `RULE=source/slug` a line; blank lines and lines that begin with `#` are left out.
    public static func decode(_ text: String) throws(NDJSONProblems) -> RuleMap {
        var map = RuleMap()
        var problems: [NDJSONProblems.Problem] = []
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = trimmed(line)
            if line.isEmpty || line.hasPrefix("#") { continue }
            if let problem = map.add(line) {
                problems.append(NDJSONProblems.Problem(line: number + 1, message: problem))
            }
        }
        if problems.isEmpty { return map }
        throw NDJSONProblems(problems: problems)
    }

    /// The rules that are mapped, sorted.
    public var rules: [String] { names.keys.sorted() }

    /// The names in the truth that they are mapped to, each once, sorted.
    public var targets: [String] { Set(names.values).sorted() }

    /// Adds all of another map; gives what is wrong.
    public mutating func add(_ other: RuleMap) -> [String] {
        other.names.sorted { $0.key < $1.key }.compactMap { add("\($0.key)=\($0.value)") }
    }

    /// The name of a rule in the truth; the rule itself where the map does not have it.
    public func name(of rule: String) -> String { names[rule] ?? rule }

    /// The alerts with their rules' names in the truth.
    public func applied(to alerts: [Alert]) -> [Alert] {
        if names.isEmpty { return alerts }
        return alerts.map { alert in
            var alert = alert
            alert.rule = name(of: alert.rule)
            return alert
        }
    }
}

private func trimmed(_ text: some StringProtocol) -> String {
    let isBlank = { (character: Character) in character == " " || character == "\t" || character == "\r" }
    let rest = text.drop(while: isBlank)
    return String(rest.prefix(rest.count - rest.reversed().prefix(while: isBlank).count))
}
