import Dataset
import ArgumentParser
import ScenarioSpec
import TailnetModel
import TailnetPolicy

/// Finds what the words of the command line mean.
struct PolicyParties {
    private let file: PolicyFile
    private let tailnet: NamedTopology
    private var topology: PolicyTopology { tailnet.topology }

    init(_ file: PolicyFile, _ tailnet: NamedTopology) {
        self.file = file
        self.tailnet = tailnet
    }

    /// Everything that a word means; empty for users, groups and tags without nodes.
    ///
    /// - Throws: `RunError` for unknown words, with the nearest known one.
    func parties(named written: String, option: String) throws(RunError) -> [PolicyParty] {
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
            // The first address of a block speaks for all.
            let address = named.prefix.first
            return [party(address, name: named.prefix.isSingleAddress ? host : "the first address of \(host)")]
        }
        throw RunError(
            .input, "\(option): there is no node, user, tag, group, host or address \"\(word)\"\(hint(for: word))")
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

    private func hint(for word: String) -> String {
        let names = file.tagOwners.map(\.name.text) + file.groups.map(\.name.text) + file.hosts.map(\.name.text)
        return tailnet.nearestName(to: word, besides: names).map { "; did you mean \"\($0)\"?" } ?? ""
    }
}

extension PolicyFile {
    /// The logins of a group, those of the groups in it included.
    func logins(of group: PolicyGroup) -> [String] {
        group.members.flatMap { member in
            guard let nested = groups.first(where: { $0.name.text == member.text }) else {
                return [member.text.lowercased()]
            }
            return nested.members.map { $0.text.lowercased() }
        }
    }
}
