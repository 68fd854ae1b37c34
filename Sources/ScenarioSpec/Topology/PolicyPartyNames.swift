import TailnetModel
package import TailnetPolicy

/// Finds the nodes and addresses that a name in a question about a policy means.
package struct PolicyPartyNames {
    private let file: PolicyFile
    private let tailnet: NamedTopology
    private var topology: PolicyTopology { tailnet.topology }

    /// Makes the names of a policy file and the tailnet that it is for.
    package init(_ file: PolicyFile, _ tailnet: NamedTopology) {
        self.file = file
        self.tailnet = tailnet
    }

    /// Everything that a name means: a node, a login, a tag, a group, an address, or a name of `hosts`.
    ///
    /// - Returns: Nothing for users, groups and tags without nodes; nil for a name that nobody knows.
    package func parties(named written: String) -> [PolicyParty]? {
        let isBracketed = written.hasPrefix("[") && written.hasSuffix("]")
        let word = isBracketed ? String(written.dropFirst().dropLast()) : written
        let lowercased = word.lowercased()
        if let node = tailnet.node(named: word) { return [party(node)] }
        if let address = IPAddress(word) { return [party(address, name: word)] }
        if let user = topology.users.firstIndex(where: { $0.login == lowercased }) {
            return nodes { $0.person == user }
        }
        let tagged = nodes { $0.tags.contains(word) }
        if !tagged.isEmpty || file.tagOwners.contains(where: { $0.name.text == word }) { return tagged }
        if let group = file.groups.first(where: { $0.name.text == word }) {
            let logins = Set(file.logins(of: group))
            return nodes { node in node.person.map { logins.contains(topology.users[$0].login) } ?? false }
        }
        let host = word.hasPrefix("host:") ? String(word.dropFirst(5)) : word
        if let named = file.hosts.first(where: { $0.name.text == host }) {
            // A block is judged by its first address.
            let address = named.prefix.first
            return [party(address, name: named.prefix.isSingleAddress ? host : "the first address of \(host)")]
        }
        return nil
    }

    private func nodes(where isMeant: (PolicyTopology.Node) -> Bool) -> [PolicyParty] {
        topology.nodes.indices.filter { isMeant(topology.nodes[$0]) }.map(party)
    }

    private func party(_ node: Int) -> PolicyParty {
        PolicyParty(node: node, addresses: topology.nodes[node].addresses, name: topology.nodes[node].name)
    }

    private func party(_ address: IPAddress, name: String) -> PolicyParty {
        let node = topology.nodes.firstIndex { $0.addresses.contains(address) }
        return PolicyParty(node: node, addresses: [address], name: node.map { topology.nodes[$0].name } ?? name)
    }

    /// `; did you mean "..."?` for a name that nobody knows; empty where no known name is near.
    package func hint(for word: String) -> String {
        let names = file.tagOwners.map(\.name.text) + file.groups.map(\.name.text) + file.hosts.map(\.name.text)
        return tailnet.nearestName(to: word, besides: names).map { "; did you mean \"\($0)\"?" } ?? ""
    }
}

extension PolicyFile {
    /// The logins of a group, those of the groups in it included.
    fileprivate func logins(of group: PolicyGroup) -> [String] {
        group.members.flatMap { member in
            guard let nested = groups.first(where: { $0.name.text == member.text }) else {
                return [member.text.lowercased()]
            }
            return nested.members.map { $0.text.lowercased() }
        }
    }
}
