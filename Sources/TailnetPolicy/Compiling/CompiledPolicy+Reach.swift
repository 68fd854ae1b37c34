package import TailnetModel

/// How far a policy lets any of some sources come with any of some destinations.
package enum PolicyReach: Hashable, Sendable {
    /// Some source may reach some destination, or there are too many to tell.
    case some
    /// None may by the ports in question; a rule leads there by others. Named as in the file: `acls[3]`.
    case otherPorts(rule: String)
    /// No rule leads from any source to any destination.
    case none
}

/// Devices, and hosts that are none.
package struct PolicyEnds: Sendable {
    package var nodes: [Int]
    package var addresses: [IPAddress]

    /// Makes the ends of some connections.
    ///
    /// - Parameters:
    ///   - nodes: Indices of the topology's devices.
    ///   - addresses: Of hosts without Tailscale.
    package init(nodes: [Int], addresses: [IPAddress]) {
        self.nodes = nodes
        self.addresses = addresses
    }
}

extension CompiledPolicy {
    /// As many pairs of ends are looked at.
    private static let mostPairs = 2_000_000

    /// What the rules know of an end: its row, and its owner.
    private struct End: Hashable {
        var row: Int
        var person: Int32
    }

    /// How far any of some sources comes with any of some destinations, by one of some ports of a protocol.
    ///
    /// Devices that the rules cannot tell apart are looked at once.
    package func reach(from: PolicyEnds, to: PolicyEnds, proto: UInt8, ports: [UInt16]) -> PolicyReach {
        guard file.restrictsAccess, !from.nodes.isEmpty || !from.addresses.isEmpty else { return .some }
        // What a shared device lets in is up to the tailnet that shares it.
        if to.nodes.contains(where: { topology.nodes[$0].isExternal }) { return .some }
        let isICMP = proto == IPProtocol.icmp || proto == IPProtocol.icmpv6
        var other: Int?
        var pairs = 0
        for family in [IPAddress.Family.ipv4, .ipv6] {
            let sources = ends(from, self.sources, family)
            let destinations = ends(to, self.destinations, family)
            for source in sources {
                for destination in destinations {
                    pairs += 1
                    guard pairs <= CompiledPolicy.mostPairs else { return .some }
                    let isSame = source.person >= 0 && source.person == destination.person
                    // Most pairs that have no rule for the ports have no rule at all.
                    let any = firstVerdict(source.row, destination.row, isSame: isSame) { _ in true }
                    guard any.isAllowed else { continue }
                    let fits = firstVerdict(source.row, destination.row, isSame: isSame) { service in
                        isICMP || ports.contains { service.covers(proto: proto, port: $0) }
                    }
                    if fits.isAllowed { return .some }
                    other = other ?? any.rule
                }
            }
        }
        return other.map { .otherPorts(rule: file.rules[$0].name) } ?? .none
    }

    private func ends(_ ends: PolicyEnds, _ side: PolicySide, _ family: IPAddress.Family) -> [End] {
        var seen: Set<End> = []
        let nodes = ends.nodes.compactMap { node in
            side.row(ofNode: node, family).map { End(row: $0, person: persons[node]) }
        }
        let hosts = ends.addresses.filter { $0.family == family }.map { End(row: side.row(of: $0), person: -1) }
        return (nodes + hosts).filter { seen.insert($0).inserted }
    }
}
