import TailnetModel

/// Says which words of a rule select an end of a connection, and how they lead to it.
struct SelectionChain {
    private let policy: CompiledPolicy
    private var topology: PolicyTopology { policy.topology }
    private var resolver: SelectorResolver { policy.resolver }

    init(_ policy: CompiledPolicy) {
        self.policy = policy
    }

    /// Whether a selector means a source.
    func selects(_ selector: PolicySelector, source party: PolicyParty, _ address: IPAddress) -> Bool {
        if let node = party.node, resolver.matches(selector, node: node) { return true }
        return resolver.sourceRanges(selector).contains { $0.contains(address) }
    }

    /// Whether a selector means a destination, for a source and through routers with one of some tags.
    func selects(
        _ selector: PolicySelector, target party: PolicyParty, _ address: IPAddress, from source: PolicyParty,
        via: [PolicyWord] = []
    ) -> Bool {
        if !via.isEmpty { return resolver.viaRanges(selector, via).contains { $0.contains(address) } }
        if selector == .autogroup(.self) {
            guard let one = source.node, let other = party.node, let person = topology.nodes[one].person else {
                return false
            }
            return person == topology.nodes[other].person
        }
        if let node = party.node, resolver.matches(selector, node: node) { return true }
        return resolver.destinationRanges(selector).contains { $0.contains(address) }
    }

    /// `group:dev -> ana@example.com -> ana-laptop`.
    func text(_ word: SelectedWord, _ party: PolicyParty, _ address: IPAddress) -> String {
        let name = word.word.text
        let node = party.node.map { topology.nodes[$0] }
        let login = node?.person.map { topology.users[$0].login }
        var links = [name]
        switch word.selector {
        case .group, .domain: links += [login].compactMap { $0 }
        case .autogroup(let group):
            if let person = node?.person {
                links.append("\(topology.users[person].login) (\(topology.users[person].role.rawValue))")
            } else if group == .tagged, let node {
                links.append(node.tags.joined(separator: ", "))
            }
        case .addresses(let range):
            if range.wireText != name { links.append(range.wireText) }
        case .any, .user, .tag, .ipSet, .service: break
        }
        let end = node == nil ? address.description : party.name
        if links.last != end {
            if case .addresses = word.selector, node != nil, links.last != address.description {
                links.append(address.description)
            }
            links.append(end)
        }
        return links.joined(separator: " -> ")
    }
}
