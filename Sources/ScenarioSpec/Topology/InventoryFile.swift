import ByteText
import TailnetModel
import TailnetPolicy

/// Reads a tailnet from the lists of devices and users that the service's API gives, and that a generated folder has.
///
/// A device needs `addresses` and `name` or `hostname`. Of the rest, `user`, `tags`, `enabledRoutes`, `advertisedRoutes`,
/// `isExternal`, `os` and `clientVersion` are read. Without a list of users, everybody who owns a device is a member.
public enum InventoryFile {
    /// Which of the two lists a text is.
    public enum List: Sendable {
        case devices
        case users
    }

    /// Which list a text is; nil for any other text.
    public static func list(of text: String) -> List? {
        guard let root = try? JSONValue.parse(ByteOrderMark.dropped(from: text)), root.object != nil else { return nil }
        if root["devices"]?.array != nil { return .devices }
        guard let users = root["users"]?.array, root["nodes"] == nil else { return nil }
        return users.contains { $0["loginName"] != nil } ? .users : nil
    }

    /// Reads the texts of both lists.
    ///
    /// - Parameters:
    ///   - devices: The list of devices with the name of its file; nil for none.
    ///   - users: The list of users with the name of its file; nil for none.
    /// - Throws: Everything that is wrong, at once.
    public static func decode(
        devices: (file: String, text: String)?, users: (file: String, text: String)?
    ) throws(ScenarioProblems) -> NamedTopology {
        var reader = InventoryReader()
        if let users { try reader.readUsers(users.file, users.text) }
        if let devices { try reader.readDevices(devices.file, devices.text) }
        try reader.problems.check()
        return reader.topology
    }
}

/// Reads the lists and notes what is wrong.
private struct InventoryReader {
    var problems = ProblemList()
    private var file = ""
    private var bytes: [UInt8] = []
    private var users: [PolicyTopology.User] = []
    private var userNames: [[String]] = []
    private var indexOfLogin: [String: Int] = [:]
    private var nodes: [PolicyTopology.Node] = []
    private var nodeNames: [[String]] = []

    var topology: NamedTopology {
        NamedTopology(
            topology: PolicyTopology(users: users, nodes: nodes), otherNames: nodeNames, userNames: userNames)
    }

    private mutating func items(
        _ file: String, _ text: String, _ key: String
    ) throws(ScenarioProblems) -> [JSONValue] {
        self.file = file
        bytes = ByteOrderMark.dropped(from: text)
        do throws(JSONSyntaxError) { return try JSONValue.parse(bytes)[key]?.array ?? [] } catch {
            let message = "column \(error.column): \(error.message)"
            throw ScenarioProblems([ScenarioProblem(file: file, line: error.line, path: "", message: message)])
        }
    }

    mutating func readUsers(_ file: String, _ text: String) throws(ScenarioProblems) {
        for (index, user) in try items(file, text, "users").enumerated() {
            guard let login = user["loginName"]?.string, !login.isEmpty else {
                complain("a user needs \"loginName\"", at: user, "users[\(index)]")
                continue
            }
            let role = user["role"]?.string.flatMap { UserRole(rawValue: $0) } ?? .member
            _ = add(login, user["displayName"]?.string ?? "", role)
        }
    }

    private mutating func add(_ login: String, _ displayName: String, _ role: UserRole) -> Int {
        let user = PolicyTopology.User(login: login, displayName: displayName, role: role)
        if let known = indexOfLogin[user.login] { return known }
        indexOfLogin[user.login] = users.count
        users.append(user)
        // As in scenarios, a person goes by what stands before the @, too.
        let local = user.login.prefix { $0 != "@" }
        userNames.append([String(local), displayName].filter { !$0.isEmpty })
        return users.count - 1
    }

    mutating func readDevices(_ file: String, _ text: String) throws(ScenarioProblems) {
        for (index, device) in try items(file, text, "devices").enumerated() {
            let path = "devices[\(index)]"
            let names = [device["name"]?.string, device["hostname"]?.string].compactMap { $0 }.filter { !$0.isEmpty }
            guard let name = names.first else {
                complain("a device needs \"name\" or \"hostname\"", at: device, path)
                continue
            }
            // The first part of the full name is the device's own; host names may repeat.
            var node = PolicyTopology.Node(name: String(name.prefix { $0 != "." }))
            node.tags = texts(device["tags"])
            for text in texts(device["addresses"]) {
                guard let address = IPAddress(text) else {
                    complain("\"\(text)\" is no address", at: device["addresses"] ?? device, "\(path).addresses")
                    continue
                }
                if address.isIPv4 { node.ipv4 = node.ipv4 ?? address } else { node.ipv6 = node.ipv6 ?? address }
            }
            if let login = device["user"]?.string, login.contains("@") { node.owner = add(login, "", .member) }
            node.advertisedRoutes = texts(device["advertisedRoutes"]).compactMap { IPPrefix($0) }
            node.approvedRoutes = texts(device["enabledRoutes"]).compactMap { IPPrefix($0) }
            node.isExternal = device["isExternal"]?.bool ?? false
            if let os = device["os"]?.string {
                node.attributes.append(PostureAttribute("node:os", .text(os.lowercased())))
            }
            if let version = device["clientVersion"]?.string {
                // Behind the dash stands the build.
                let number = String(version.prefix { $0 != "-" })
                node.attributes.append(PostureAttribute("node:tsVersion", .text(number)))
            }
            nodes.append(node)
            nodeNames.append(names + [device["nodeId"]?.string, device["id"]?.string].compactMap { $0 })
        }
    }

    private func texts(_ value: JSONValue?) -> [String] { (value?.array ?? []).compactMap(\.string) }

    private mutating func complain(_ message: String, at value: JSONValue, _ path: String) {
        let line = TextPosition(offset: value.range.lowerBound, in: bytes).line
        problems.add(message, at: SourceLocation(file: file, line: line, path: path))
    }
}
