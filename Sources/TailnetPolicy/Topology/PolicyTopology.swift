public import TailnetModel

/// The users and devices that a policy is compiled against, at one instant.
public struct PolicyTopology: Sendable {
    /// A member of the tailnet.
    public struct User: Hashable, Sendable {
        /// The login in lower case: `ana@example.com`.
        public var login: String
        /// The name of the person.
        public var displayName: String
        /// The role that autogroups go by.
        public var role: UserRole

        /// Makes a user.
        public init(login: String, displayName: String = "", role: UserRole = .member) {
            self.login = login.lowercased()
            self.displayName = displayName
            self.role = role
        }
    }

    /// A device.
    public struct Node: Sendable {
        /// The host name.
        public var name: String
        /// Index of the owner; a tagged device has none.
        public var owner: Int?
        /// With the `tag:` prefix.
        public var tags: [String]
        /// The IPv4 address, if it has one.
        public var ipv4: IPAddress?
        /// The IPv6 address, if it has one.
        public var ipv6: IPAddress?
        /// The routes that the device offers.
        public var advertisedRoutes: [IPPrefix]
        /// Those of the advertised routes that are approved.
        public var approvedRoutes: [IPPrefix]
        /// Whether the device belongs to another tailnet and is shared into this one.
        public var isExternal: Bool
        /// What posture conditions are about.
        public var attributes: [PostureAttribute]

        /// Makes a device.
        public init(
            name: String, owner: Int? = nil, tags: [String] = [], ipv4: IPAddress? = nil, ipv6: IPAddress? = nil,
            advertisedRoutes: [IPPrefix] = [], approvedRoutes: [IPPrefix] = [], isExternal: Bool = false,
            attributes: [PostureAttribute] = []
        ) {
            self.name = name
            self.owner = owner
            self.tags = tags
            self.ipv4 = ipv4
            self.ipv6 = ipv6
            self.advertisedRoutes = advertisedRoutes
            self.approvedRoutes = approvedRoutes
            self.isExternal = isExternal
            self.attributes = attributes
        }

        /// The device's addresses, IPv4 first.
        public var addresses: [IPAddress] { [ipv4, ipv6].compactMap { $0 } }

        /// The approved routes that are about subnets, not about being an exit node.
        public var subnetRoutes: [IPPrefix] { approvedRoutes.filter { !$0.isDefaultRoute } }

        /// The owner, unless the device is tagged and so belongs to nobody.
        public var person: Int? { tags.isEmpty ? owner : nil }
    }

    /// The members of the tailnet.
    public var users: [User]
    /// The devices, which verdicts name by their index.
    public var nodes: [Node]
    /// The logins of groups that the identity provider keeps, by the group's name with its prefix.
    public var groups: [String: [String]]
    /// The verified domains, which `user:*@domain` may name.
    public var domains: [String]
    /// What devices show as the tailnet's name.
    public var displayName: String

    /// Makes a topology; without domains and name they come from the owner's login, or the first user's.
    public init(
        users: [User], nodes: [Node], groups: [String: [String]] = [:], domains: [String]? = nil,
        displayName: String? = nil
    ) {
        self.users = users
        self.nodes = nodes
        self.groups = groups.mapValues { $0.map { $0.lowercased() } }
        let owner = users.first { $0.role == .owner } ?? users.first
        self.domains = domains ?? owner.map { [$0.login.domainPart] } ?? []
        self.displayName = displayName ?? owner?.login ?? ""
    }
}

extension String {
    /// What follows the `@` of a login.
    var domainPart: String {
        guard let at = lastIndex(of: "@") else { return "" }
        return String(self[index(after: at)...])
    }

    /// What precedes the `@` of a login.
    var localPart: String {
        guard let at = lastIndex(of: "@") else { return self }
        return String(self[..<at])
    }
}
