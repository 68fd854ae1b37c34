import ByteText

/// Reads a policy file from its JSON tree and gathers everything that is wrong with it.
///
/// Problems are gathered in the order in which the service looks: names first, then rules, then what is built on them.
struct PolicyDecoder {
    let source: PolicySource
    var file = PolicyFile()
    var problems: [PolicyProblem] = []
    var names = PolicyNames()
    private var sections: [String: JSONValue] = [:]

    /// The sections of a policy file, as the documentation writes them.
    static let sectionNames = [
        "acls", "attrConfig", "autoApprovers", "defaultSrcPosture", "derpMap", "disableIPv4", "grants", "groups",
        "hosts",
        "ipsets", "nodeAttrs", "OneCGNATRoute", "postures", "randomizeClientPort", "ssh", "sshTests", "tagOwners",
        "tests",
    ]

    init(_ source: PolicySource) {
        self.source = source
    }

    mutating func decode(_ root: JSONValue) {
        guard let members = root.object else {
            complain("a policy file must be one JSON object", at: root)
            return
        }
        for member in members {
            // The service matches keys whatever their case, as Go's JSON reader does.
            guard PolicyDecoder.sectionNames.contains(where: { $0.lowercased() == member.key.lowercased() }) else {
                complainUnknown("section", member, among: PolicyDecoder.sectionNames)
                continue
            }
            sections[member.key.lowercased()] = member.value
        }
        decodeNames()
        decodePostures()
        decodeAccess()
        decodeSSH()
        decodeApprovers()
        decodeNodeAttributes()
        decodeTests()
        file.disableIPv4 = sections["disableipv4"]?.bool ?? false
        file.randomizeClientPort = sections["randomizeclientport"]?.bool ?? false
    }

    func section(_ name: String) -> JSONValue? {
        sections[name.lowercased()]
    }

    /// Whether the file has a section, be it empty.
    func hasSection(_ name: String) -> Bool {
        guard let value = section(name) else { return false }
        return !value.isNull
    }

    // MARK: Problems

    mutating func complain(_ message: String, at value: JSONValue) {
        complain(PolicyMessage(message, isServiceMessage: false), at: source.position(value.range.lowerBound))
    }

    mutating func complain(
        _ message: PolicyMessage, at position: TextPosition, severity: PolicyProblem.Severity = .error
    ) {
        problems.append(
            PolicyProblem(
                message.text, at: position, severity: severity, isServiceMessage: message.isServiceMessage))
    }

    mutating func complainUnknown(_ kind: String, _ member: JSONMember, among known: [String]) {
        var message = "unknown \(kind) \(member.key.quoted)"
        if let nearest = nearestName(to: member.key, among: known) { message += "; did you mean \(nearest.quoted)?" }
        complain(
            PolicyMessage(message, isServiceMessage: false), at: source.position(member.keyRange.lowerBound))
    }

    // MARK: Values

    /// The members of an object by lower-case key; unknown keys are complained about.
    mutating func fields(_ value: JSONValue, of kind: String, known: [String]) -> [String: JSONValue]? {
        guard let members = value.object else {
            complain("an entry of \(kind) must be an object", at: value)
            return nil
        }
        var fields: [String: JSONValue] = [:]
        for member in members {
            guard known.contains(where: { $0.lowercased() == member.key.lowercased() }) else {
                complainUnknown("field", member, among: known)
                continue
            }
            fields[member.key.lowercased()] = member.value
        }
        return fields
    }

    /// The elements of a list; nothing for null and for no value.
    mutating func elements(_ value: JSONValue?, of name: String) -> [JSONValue] {
        guard let value, !value.isNull else { return [] }
        guard let elements = value.array else {
            complain("\(name) must be a list", at: value)
            return []
        }
        return elements
    }

    mutating func word(_ value: JSONValue?, of name: String) -> PolicyWord? {
        guard let value, !value.isNull else { return nil }
        guard let text = value.string else {
            complain("\(name) must be a string", at: value)
            return nil
        }
        return PolicyWord(text, at: source.position(value.range.lowerBound))
    }

    mutating func words(_ value: JSONValue?, of name: String) -> [PolicyWord] {
        elements(value, of: name).compactMap { word($0, of: "an element of \(name)") }
    }

    /// The members of an object of lists: groups, owners of tags, approvers of routes.
    mutating func namedLists(_ section: String) -> [PolicyGroup] {
        guard let value = self.section(section), !value.isNull else { return [] }
        guard let members = value.object else {
            complain("\(section) must be an object", at: value)
            return []
        }
        return members.map { member in
            PolicyGroup(
                name: PolicyWord(member.key, at: source.position(member.keyRange.lowerBound)),
                members: words(member.value, of: "\(section)[\(member.key.quoted)]"))
        }
    }

    /// The compact text of a JSON value, its members in the order of the file.
    func compactText(_ value: JSONValue) -> String {
        var text = ""
        appendCompact(value, to: &text)
        return text
    }

    private func appendCompact(_ value: JSONValue, to text: inout String) {
        switch value.content {
        case .array(let elements):
            text += "["
            for (index, element) in elements.enumerated() {
                if index > 0 { text += "," }
                appendCompact(element, to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { text += "," }
                text += String(decoding: source.bytes[member.keyRange], as: UTF8.self) + ":"
                appendCompact(member.value, to: &text)
            }
            text += "}"
        default:
            text += String(decoding: source.bytes[value.range], as: UTF8.self)
        }
    }
}

/// The name that differs least from a misspelt one, if it differs little.
func nearestName(to name: String, among known: [String]) -> String? {
    let limit = max(2, name.count / 3)
    let distances = known.map { editDistance(name.lowercased(), $0.lowercased()) }
    guard let best = distances.min(), best <= limit, let index = distances.firstIndex(of: best) else { return nil }
    return known[index]
}

/// How many letters must be put in, left out or replaced to get from one word to the other.
private func editDistance(_ left: String, _ right: String) -> Int {
    let right = Array(right)
    var row = Array(0...right.count)
    for (i, ref) in left.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for j in 0..<right.count {
            let replaced = diagonal + (ref == right[j] ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
        }
    }
    return row[right.count]
}
