import ByteText
import TailnetModel
public import TailnetPolicy

/// The users and devices that a policy is judged against, and all names that a device goes by.
public struct NamedTopology: Sendable {
    /// The users and devices.
    public var topology: PolicyTopology
    /// What else each device is called besides its name: its full name, the scenario's name for it.
    public var otherNames: [[String]]
    /// What else each user is called besides the login: the scenario's name for the person, the name in a file.
    public var userNames: [[String]]

    /// Makes a topology whose devices and users have other names too.
    public init(topology: PolicyTopology, otherNames: [[String]], userNames: [[String]]) {
        self.topology = topology
        self.otherNames = otherNames
        self.userNames = userNames
    }

    /// Makes the topology of a scenario: everybody and everything that is in it at some time.
    public init(_ plan: Plan) {
        topology = PolicyTopology(tailnet: plan.tailnet, users: plan.users, nodes: plan.nodes)
        otherNames = plan.nodes.map { [$0.name, $0.key] }
        userNames = plan.users.map { [$0.key] }
    }

    /// The user of a login, or of another name that only one user has; case does not matter.
    public func user(named name: String) -> Int? {
        let wanted = name.lowercased()
        if let user = topology.users.firstIndex(where: { $0.login == wanted }) { return user }
        let named = userNames.indices.filter { userNames[$0].contains { $0.lowercased() == wanted } }
        return named.count == 1 ? named[0] : nil
    }

    /// The device of a name, be it the host name or the full one; case and a dot at the end do not matter.
    public func node(named name: String) -> Int? {
        let wanted = (name.hasSuffix(".") ? String(name.dropLast()) : name).lowercased()
        return topology.nodes.firstIndex { $0.name.lowercased() == wanted }
            ?? otherNames.firstIndex { $0.contains { $0.lowercased() == wanted } }
    }

    /// What somebody probably meant who wrote an unknown name: a device, a user, or one of `others`.
    public func nearestName(to name: String, besides others: [String]) -> String? {
        Suggestion.nearest(
            to: name,
            among: topology.nodes.map(\.name) + otherNames.flatMap { $0 } + topology.users.map(\.login)
                + userNames.flatMap { $0 } + others)
    }
}
