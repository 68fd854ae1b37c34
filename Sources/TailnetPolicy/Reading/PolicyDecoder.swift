import ByteText

/// Reads a policy file from its JSON tree and gathers everything that is wrong with it.
///
/// Problems are gathered in the order in which the service looks: names first, then rules, then what is built on them.
struct PolicyDecoder {
    let source: PolicySource
    var file = PolicyFile()
    var problems: [PolicyProblem] = []
    var names = PolicyNames()
    /// How many ranges each IP set holds, by its name.
    var setRanges: [String: Int] = [:]
    private var sections: [String: JSONValue] = [:]
    /// How many more problems get the nearest name that is known: it takes long to find.
    private var suggestionsLeft = 50

    /// The sections of a policy file, as the documentation writes them.
    static let sectionNames = [
        "acls", "attrConfig", "autoApprovers", "defaultSrcPosture", "derpMap", "disableIPv4", "grants", "groups",
        "hosts", "ipsets", "nodeAttrs", "OneCGNATRoute", "postures", "randomizeClientPort", "ssh", "sshTests",
        "tagOwners",
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
        sections = values(of: members, "section", known: PolicyDecoder.sectionNames)
        decodeNames()
        decodePostures()
        decodeAccess()
        if !file.restrictsAccess {
            complain(
                PolicyMessage(
                    "the policy has neither \"acls\" nor \"grants\", so every device may connect to every other",
                    isServiceMessage: false, hint: "\"acls\": [] allows nothing"),
                at: source.position(root.range.lowerBound), severity: .warning)
        }
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
                message.text, at: position, severity: severity, isServiceMessage: message.isServiceMessage,
                hint: message.hint ?? hint(for: message.unknownName)))
    }

    private mutating func hint(for unknownName: String?) -> String? {
        guard let unknownName, suggestionsLeft > 0 else { return nil }
        suggestionsLeft -= 1
        return names.hint(for: unknownName)
    }

    private mutating func complainUnknown(_ kind: String, _ member: JSONMember, among known: [String]) {
        var message = "unknown \(kind) \(member.key.quoted)"
        if suggestionsLeft > 0, let nearest = Suggestion.nearest(to: member.key, among: known) {
            suggestionsLeft -= 1
            message += "; did you mean \(nearest.quoted)?"
        }
        complain(
            PolicyMessage(message, isServiceMessage: false), at: source.position(member.keyRange.lowerBound))
    }

    private mutating func complainTwice(_ member: JSONMember, after earlier: JSONMember) {
        let first = source.position(earlier.keyRange.lowerBound)
        let names =
            earlier.key == member.key ? "" : " as \(earlier.key.quoted), since the case of letters does not matter"
        complain(
            PolicyMessage(
                "duplicate key \(member.key.quoted): it stands on line \(first.line) already\(names)",
                isServiceMessage: false),
            at: source.position(member.keyRange.lowerBound))
    }

    // MARK: Values

    /// The members of an object by lower-case key; unknown keys are complained about.
    mutating func fields(_ value: JSONValue, of kind: String, known: [String]) -> [String: JSONValue]? {
        guard let members = value.object else {
            complain("an entry of \(kind) must be an object", at: value)
            return nil
        }
        return values(of: members, "field", known: known)
    }

    /// The values of members by lower-case key: the service compares keys as Go's JSON reader does, whatever their case.
    private mutating func values(of members: [JSONMember], _ kind: String, known: [String]) -> [String: JSONValue] {
        var found: [String: JSONMember] = [:]
        let knownKeys = Set(known.map(\.foldedKey))
        for member in members {
            let key = member.key.foldedKey
            guard knownKeys.contains(key) else {
                complainUnknown(kind, member, among: known)
                continue
            }
            if let earlier = found[key] { complainTwice(member, after: earlier) } else { found[key] = member }
        }
        return found.mapValues(\.value)
    }

    /// The value of a field that has an older name, too; only one of them counts.
    mutating func field(_ fields: [String: JSONValue], _ name: String, or older: String) -> JSONValue? {
        guard let value = fields[name] else { return fields[older] }
        if let ignored = fields[older] {
            complain(
                PolicyMessage(
                    "\(older.quoted) is an older name of \(name.quoted); only \(name.quoted) counts here",
                    isServiceMessage: false),
                at: source.position(ignored.range.lowerBound), severity: .warning)
        }
        return value
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
        let groups = members.map { member in
            PolicyGroup(
                name: PolicyWord(member.key, at: source.position(member.keyRange.lowerBound)),
                members: words(member.value, of: "\(section)[\(member.key.quoted)]"))
        }
        warnOfDuplicates(groups.map(\.name), in: section)
        return groups
    }

    /// Names may differ in nothing but white space around them, of which the service takes no notice.
    mutating func warnOfDuplicates(_ names: [PolicyWord], in section: String) {
        var seen: Set<String> = []
        for name in names where !seen.insert(name.text).inserted {
            complain(
                PolicyMessage(
                    "\(section)[\(name.text.quoted)] stands twice; the last one counts", isServiceMessage: false),
                at: name.position, severity: .warning)
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
