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

    /// Everything that a name means: a node, a user, a tag, a group, an address, or a name of `hosts`.
    ///
    /// - Returns: Nothing for users, groups and tags without nodes; nil for a name that nobody knows.
    package func parties(named written: String) -> [PolicyParty]? {
        let isBracketed = written.hasPrefix("[") && written.hasSuffix("]")
        let word = isBracketed ? String(written.dropFirst().dropLast()) : written
        if let node = tailnet.node(named: word) { return [party(node)] }
        if let address = IPAddress(word) { return [party(address, name: word)] }
        if let user = tailnet.user(named: word) { return nodes { $0.person == user } }
        let tagged = nodes { $0.tags.contains(word) }
        if !tagged.isEmpty || file.tagOwners.contains(where: { $0.name.text == word }) { return tagged }
        let members = file.groups.first { $0.name.text == word }?.members.map { $0.text.lowercased() }
        if let members = members ?? topology.groups[word] {
            let logins = Set(members)
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
        if word.hasPrefix("svc:") { return "; no node is a service here, but tests can name services" }
        let names = file.tagOwners.map(\.name.text) + file.groups.map(\.name.text) + file.hosts.map(\.name.text)
        return tailnet.nearestName(to: word, besides: names).map { "; did you mean \"\($0)\"?" } ?? ""
    }
}
