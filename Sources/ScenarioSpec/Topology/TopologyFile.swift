import ByteText
import TailnetModel
import TailnetPolicy

/// Reads a tailnet's users and devices from a JSON file.
///
///     {"users": [{"name": "ana", "email": "ana@example.com", "role": "owner"}],
///      "nodes": {"laptop": {"user": "ana", "ipv4": "100.64.0.1", "ipv6": "fd7a:115c:a1e0::1"},
///                "router": {"tags": ["tag:router"], "ipv4": "100.64.0.2",
///                           "routable_ips": ["10.1.0.0/16"], "approved_routes": ["10.1.0.0/16"]}}}
///
/// The object may also stand under the key `topology` of a larger one. Where no user has a role, the first one owns the
/// tailnet and the others are its admins. A key `groups` has the logins of groups that the identity provider keeps. Other
/// keys are left alone unless they look misspelt.
public enum TopologyFile {
    /// Whether a text is meant to be such a file; a scenario in JSON is not, as it has the key `mocktail`.
    public static func isMeant(by text: String) -> Bool {
        let bytes = ByteOrderMark.dropped(from: text)
        guard bytes.first(where: { !" \t\r\n".utf8.contains($0) }) == UInt8(ascii: "{") else { return false }
        guard let root = try? JSONValue.parse(bytes) else { return true }
        return root["mocktail"] == nil
    }

    /// Reads the text of such a file.
    ///
    /// - Parameters:
    ///   - text: The JSON text.
    ///   - file: The name for messages.
    /// - Throws: Everything that is wrong, at once.
    public static func decode(_ text: String, file: String) throws(ScenarioProblems) -> NamedTopology {
        let bytes = ByteOrderMark.dropped(from: text)
        let root: JSONValue
        do throws(JSONSyntaxError) {
            root = try JSONValue.parse(bytes, syntax: .strictUniqueKeys)
        } catch {
            let message = "column \(error.column): \(error.message)"
            throw ScenarioProblems([ScenarioProblem(file: file, line: error.line, path: "", message: message)])
        }
        var reader = TopologyReader(bytes: bytes, file: file)
        let named = reader.read(root)
        try reader.problems.check()
        return named
    }
}

/// Reads the tree and notes what is wrong.
private struct TopologyReader {
    let bytes: [UInt8]
    let file: String
    var problems = ProblemList()
    private var users: [PolicyTopology.User] = []
    private var userNames: [String] = []
    private var nodes: [PolicyTopology.Node] = []
    private var otherNames: [[String]] = []
    private var nodesByAddress: [IPAddress: String] = [:]
    private var groups: [String: [String]] = [:]

    init(bytes: [UInt8], file: String) {
        self.bytes = bytes
        self.file = file
    }

    mutating func read(_ root: JSONValue) -> NamedTopology {
        if let topology = root["topology"] {
            readTopology(topology, "topology")
        } else {
            readTopology(root, "")
        }
        return NamedTopology(
            topology: PolicyTopology(users: users, nodes: nodes, groups: groups), otherNames: otherNames,
            userNames: userNames.map { [$0] })
    }

    private mutating func readTopology(_ value: JSONValue, _ path: String) {
        guard isObject(value, path, keys: ["users", "nodes", "groups"]) else { return }
        let prefix = path.isEmpty ? "" : "\(path)."
        if let list = list(value, "users", path) { readUsers(list, "\(prefix)users") }
        guard let members = value["nodes"]?.object else {
            complain(
                "there must be \"nodes\", an object of devices by name", at: value["nodes"] ?? value, "\(prefix)nodes")
            return
        }
        for member in members { readNode(member, "\(prefix)nodes.\(member.key)") }
        if let value = value["groups"], !value.isNull { readGroups(value, "\(prefix)groups") }
    }

    /// Groups that the identity provider keeps, which a policy names without defining them.
    private mutating func readGroups(_ value: JSONValue, _ path: String) {
        guard let members = value.object else {
            complain("there must be an object of groups by name here", at: value, path)
            return
        }
        for member in members {
            guard member.key.hasPrefix("group:") else {
                complain("the name of a group begins with \"group:\"", at: member.value, "\(path).\(member.key)")
                continue
            }
            groups[member.key] = elements(value, member.key, path, "a login such as \"ana@example.com\"") {
                $0.contains("@") ? $0 : nil
            }
        }
    }

    // MARK: Users

    private mutating func readUsers(_ list: [JSONValue], _ path: String) {
        let hasRoles = list.contains { $0["role"] != nil }
        for (index, user) in list.enumerated() {
            let path = "\(path)[\(index)]"
            guard isObject(user, path, keys: ["id", "name", "email", "role"]) else { continue }
            // Captured tailnets have users with an empty login; nobody can name them.
            guard let email = text(user, "email", path), email.isEmpty || email.contains("@") else {
                complain("a user needs \"email\", a login such as ana@example.com", at: user["email"] ?? user, path)
                continue
            }
            var role: UserRole = hasRoles ? .member : index == 0 ? .owner : .admin
            if let name = text(user, "role", path) {
                if let known = UserRole(rawValue: name) {
                    role = known
                } else {
                    let hint = Suggestion.text(for: name, among: UserRole.allCases.map(\.rawValue))
                    complain("there is no role \"\(name)\"\(hint)", at: user["role"] ?? user, "\(path).role")
                }
            }
            let name = text(user, "name", path) ?? email
            users.append(PolicyTopology.User(login: email, displayName: name, role: role))
            userNames.append(name)
        }
    }

    // MARK: Devices

    private static let nodeKeys = [
        "hostname", "user", "tags", "ipv4", "ipv6", "routable_ips", "approved_routes",
    ]

    private mutating func readNode(_ member: JSONMember, _ path: String) {
        let value = member.value
        guard isObject(value, path, keys: TopologyReader.nodeKeys) else { return }
        var node = PolicyTopology.Node(name: member.key)
        if let name = text(value, "user", path) {
            node.owner = userNames.firstIndex(of: name) ?? users.firstIndex { $0.login == name.lowercased() }
            if node.owner == nil {
                let hint = Suggestion.text(for: name, among: userNames)
                complain("there is no user \"\(name)\"\(hint)", at: value["user"] ?? value, "\(path).user")
            }
        }
        node.tags = elements(value, "tags", path, "a tag such as \"tag:web\"") { $0.hasPrefix("tag:") ? $0 : nil }
        node.ipv4 = address(value, "ipv4", path, .ipv4)
        node.ipv6 = address(value, "ipv6", path, .ipv6)
        let block = "a block of addresses such as \"10.1.0.0/16\""
        node.advertisedRoutes = elements(value, "routable_ips", path, block) { IPPrefix($0) }
        node.approvedRoutes = elements(value, "approved_routes", path, block) { IPPrefix($0) }
        for address in node.addresses {
            if let other = nodesByAddress.updateValue(member.key, forKey: address) {
                complain("\(address) is the address of \"\(other)\" too; give each device its own", at: value, path)
            }
        }
        nodes.append(node)
        otherNames.append([text(value, "hostname", path)].compactMap { $0 })
    }

    private mutating func address(
        _ value: JSONValue, _ key: String, _ path: String, _ family: IPAddress.Family
    ) -> IPAddress? {
        guard let text = text(value, key, path) else { return nil }
        if let address = IPAddress(text), address.family == family { return address }
        let kind = family == .ipv4 ? "IPv4" : "IPv6"
        complain("\"\(text)\" is no \(kind) address", at: value[key] ?? value, "\(path).\(key)")
        return nil
    }

    // MARK: Values

    private mutating func complain(_ message: String, at value: JSONValue, _ path: String) {
        let line = TextPosition(offset: value.range.lowerBound, in: bytes).line
        problems.add(message, at: SourceLocation(file: file, line: line, path: path))
    }

    /// Whether a value is an object; complains where it is not, and about keys that look like one of `keys`.
    private mutating func isObject(_ value: JSONValue, _ path: String, keys: [String]) -> Bool {
        guard let members = value.object else {
            complain("there must be an object here: {...}", at: value, path)
            return false
        }
        for member in members where !keys.contains(member.key) {
            guard let nearest = Suggestion.nearest(to: member.key, among: keys), value[nearest] == nil else { continue }
            complain("unknown key \"\(member.key)\"; did you mean \"\(nearest)\"?", at: member.value, path)
        }
        return true
    }

    /// The text under a key; nil where there is none or `null`.
    private mutating func text(_ value: JSONValue, _ key: String, _ path: String) -> String? {
        guard let member = value[key], !member.isNull else { return nil }
        if let text = member.string { return text }
        complain("there must be a string here: \"...\"", at: member, "\(path).\(key)")
        return nil
    }

    /// The list under a key; nil where there is none or `null`.
    private mutating func list(_ value: JSONValue, _ key: String, _ path: String) -> [JSONValue]? {
        guard let member = value[key], !member.isNull else { return nil }
        if let list = member.array { return list }
        complain("there must be a list here: [...]", at: member, path.isEmpty ? key : "\(path).\(key)")
        return nil
    }

    /// The elements of the list under a key, each read from its text.
    private mutating func elements<Element>(
        _ value: JSONValue, _ key: String, _ path: String, _ what: String, _ read: (String) -> Element?
    ) -> [Element] {
        var found: [Element] = []
        for (index, element) in (list(value, key, path) ?? []).enumerated() {
            if let read = element.string.flatMap(read) {
                found.append(read)
            } else {
                complain("there must be \(what) here", at: element, "\(path).\(key)[\(index)]")
            }
        }
        return found
    }
}
