import ByteText
import TailnetModel

extension CompiledPolicy {
    /// What a device knows about its own abilities: the tailnet's defaults, its owner's role and `nodeAttrs`.
    ///
    /// Sorted by name; an entry without values is `null` on the wire.
    public func selfCapabilities(of node: Int) -> [PolicyCapability] {
        var values: [String: [String]] = ["default-auto-update": ["false"]]
        for name in CompiledPolicy.defaultCapabilities { values[name] = [] }
        values["tailnet-display-name"] = [JSONWriter.text(topology.displayName)]
        if let person = topology.nodes[node].person {
            let role = topology.users[person].role
            if role == .owner { values["https://tailscale.com/cap/is-owner"] = [] }
            if role == .owner || role == .admin { values["https://tailscale.com/cap/is-admin"] = [] }
        } else {
            // A tagged device counts as the tailnet's own.
            values["https://tailscale.com/cap/is-owner"] = []
        }
        if file.randomizeClientPort { values["randomize-client-port"] = [] }
        if file.disableIPv4 { values["disable-ipv4"] = [] }
        for rule in file.nodeAttributes where rule.targets.contains(where: { isTarget($0.selector, node) }) {
            for attribute in rule.attributes where values[attribute.text] == nil { values[attribute.text] = [] }
            for capability in rule.capabilities { values[capability.name, default: []] += capability.values ?? [] }
        }
        return Array(values.keys).sortedByBytes.map { name in
            // An attribute without values is `null`.
            let found = values[name] ?? []
            return PolicyCapability(name: name, values: found.isEmpty ? nil : found)
        }
    }

    /// The same as a JSON object.
    public func selfCapabilityMap(of node: Int) -> String {
        JSONWriter.object { selfCapabilities(of: node).putMembers(into: &$0) }
    }

    private func isTarget(_ selector: PolicySelector, _ node: Int) -> Bool {
        if selector == .any || resolver.matches(selector, node: node) { return true }
        return resolver.namedRanges(selector).contains { range in
            topology.nodes[node].addresses.contains { range.contains($0) }
        }
    }

    /// What every device of a new tailnet has.
    private static let defaultCapabilities = [
        "https://tailscale.com/cap/file-sharing", "https://tailscale.com/cap/ssh",
        "https://tailscale.com/cap/tailnet-lock", "probe-udp-lifetime", "ssh-behavior-v1", "ssh-env-vars",
        "store-appc-routes",
    ]
}
