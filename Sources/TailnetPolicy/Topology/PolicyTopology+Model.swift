public import TailnetModel

extension PolicyTopology {
    /// Makes the topology of a tailnet as the simulation knows it.
    ///
    /// What a client reports about itself becomes posture attributes: `node:os` and `node:tsVersion`.
    ///
    /// - Parameters:
    ///   - tailnet: Gives the name, and a domain besides the owner's.
    ///   - users: The members, in any order.
    ///   - nodes: The devices; their owners are indices into `users`.
    public init(tailnet: Tailnet, users: [TailnetModel.User], nodes: [TailnetModel.Node]) {
        let owner = users.first { $0.role == .owner }
        self.init(
            users: users.map { User(login: $0.login, displayName: $0.displayName, role: $0.role) },
            nodes: nodes.map { Node($0) },
            domains: Array(
                Set([tailnet.organization.lowercased()] + [owner?.login.lowercased().domainPart].compactMap { $0 })
            )
            .sorted(),
            displayName: tailnet.organization)
    }
}

extension PolicyTopology.Node {
    init(_ node: TailnetModel.Node) {
        self.init(
            name: node.hostName, owner: node.owner, tags: node.tags, ipv4: node.ipv4, ipv6: node.ipv6,
            advertisedRoutes: node.advertisedRoutes, approvedRoutes: node.approvedRoutes,
            isExternal: node.sharer != nil,
            attributes: [
                PostureAttribute("node:os", .text(node.os.rawValue.lowercased())),
                PostureAttribute("node:tsVersion", .text(node.clientVersion)),
            ])
    }
}
