import ByteText
import TailnetModel

/// What the service would send to each node, as text.
package struct PolicyListing {
    private let policy: CompiledPolicy
    private let compiler: PacketFilterCompiler

    /// Makes the listing of a policy.
    package init(_ policy: CompiledPolicy) {
        self.policy = policy
        compiler = PacketFilterCompiler(policy)
    }

    /// Indices of the nodes, in the order of their names' bytes.
    package var nodes: [Int] {
        policy.topology.nodes.indices.sorted {
            policy.topology.nodes[$0].name.utf8.lexicographicallyPrecedes(policy.topology.nodes[$1].name.utf8)
        }
    }

    /// A node's name and rules as a member of a JSON object, in the service's own form.
    package func member(of node: Int) -> String {
        let rules = JSONWriter.object { json in
            let ssh = policy.sshRules(for: node)
            json.member("packet_filter_rules", compiler.filter(for: node))
            json.member("ssh_rules", ssh.isEmpty ? nil : ssh)
            json.object("self_cap_map") { policy.selfCapabilities(of: node).putMembers(into: &$0) }
        }
        return "\(JSONWriter.text(policy.topology.nodes[node].name)):\(rules)"
    }

    /// A node's rules for people: a line with its name, and one for each rule.
    package func text(of node: Int) -> String {
        let device = policy.topology.nodes[node]
        let addresses = device.addresses.map(\.description).joined(separator: ", ")
        var lines = ["\(device.name) (\(addresses))"]
        for rule in compiler.filter(for: node) ?? [] { lines += self.lines(rule) }
        for rule in policy.sshRules(for: node) {
            let users = rule.users.map { "\($0.login)=\($0.localUser.isEmpty ? "refused" : $0.localUser)" }
            lines.append(
                "  ssh     \(rule.action.rawValue) \(rule.principals.joined(separator: ", ")) "
                    + "as \(users.joined(separator: ", "))")
        }
        if lines.count == 1 { lines.append("  nothing may reach it") }
        return lines.joined(separator: "\n")
    }

    private func lines(_ rule: PacketFilterRule) -> [String] {
        let sources = rule.sources.joined(separator: ", ")
        var lines: [String] = []
        if !rule.destinations.isEmpty {
            let protocols = rule.protocols.map { "\($0)" }.joined(separator: ", ")
            let destinations = rule.destinations.map { "\($0.address) \(text(of: $0.ports))" }
            lines.append(
                "  packets \(sources) -> \(destinations.joined(separator: ", "))"
                    + (protocols.isEmpty ? "" : " (protocol \(protocols))"))
        }
        for grant in rule.capabilityGrants {
            let names = grant.capabilities.map(\.name).joined(separator: ", ")
            lines.append("  app     \(sources) -> \(grant.destinations.joined(separator: ", ")): \(names)")
        }
        return lines
    }

    private func text(of ports: ClosedRange<UInt16>) -> String {
        if ports == PolicyService.allPorts { return "any port" }
        return ports.count == 1 ? "port \(ports.lowerBound)" : "ports \(ports.lowerBound)-\(ports.upperBound)"
    }
}
