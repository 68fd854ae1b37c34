import TailnetControl
import TailnetModel
import TailnetPolicy

/// Finds traffic patterns of which no policy of a scenario lets a single session happen.
struct PatternRefusals {
    private let plan: Plan
    /// The nodes as policies know them at the start; they may get other tags, owners or routes later.
    private let topology: PolicyTopology
    private let changing: Set<Int>
    /// The policies that were needed so far, compiled.
    private var compiled: [CompiledPolicy] = []

    /// More versions are not looked at.
    private static let mostVersions = 20

    init(plan: Plan) {
        self.plan = plan
        topology = PolicyTopology(tailnet: plan.tailnet, users: plan.users, nodes: plan.nodes)
        changing = Set(
            plan.administration.events.compactMap { event in
                guard case .changeNode(let change, let node) = event.action else { return nil }
                switch change {
                case .setTags, .setRoutes, .autoApproveRoutes, .setExitNode: return node
                default: return nil
                }
            })
    }

    /// What is wrong with a pattern whose sessions are all refused; nil where some may happen, or nobody can tell.
    mutating func sentence(about pattern: TrafficPattern) -> String? {
        // A scan is meant to be refused; what nobody owns refuses nothing.
        let targetHosts = pattern.targetHosts.filter { plan.hosts[$0].place != .gone }
        guard pattern.profile != .scan, !pattern.targets.isEmpty || !targetHosts.isEmpty,
            plan.policies.count <= PatternRefusals.mostVersions,
            !(pattern.sources + pattern.targets).contains(where: changing.contains)
        else { return nil }
        let from = PolicyEnds(nodes: pattern.sources, addresses: addresses(pattern.sourceHosts))
        let to = PolicyEnds(nodes: pattern.targets, addresses: addresses(targetHosts))
        var first = PolicyReach.some
        for index in plan.policies.indices {
            guard let policy = policy(index) else { return nil }
            let reach = policy.reach(from: from, to: to, proto: pattern.proto, ports: pattern.ports)
            if reach == .some { return nil }
            if index == 0 { first = reach }
        }
        let file = plan.policies[0].file
        let ports = ports(of: pattern)
        switch first {
        case .some: return nil
        case .otherPorts(let rule):
            return
                "the policy \(file) lets no source reach any target\(ports), only on others (\(rule)), so all sessions of "
                + "the pattern are refused; if that is not meant, add them to the rule"
        case .none:
            return
                "the policy \(file) has no rule that leads from any source to any target, so all sessions of the pattern are "
                + "refused; if that is not meant, add a rule"
        }
    }

    private mutating func policy(_ index: Int) -> CompiledPolicy? {
        while compiled.count <= index {
            guard let file = PolicyFile.parse(plan.policies[compiled.count].text).valid else { return nil }
            compiled.append(CompiledPolicy(file: file, topology: topology))
        }
        return compiled[index]
    }

    private func addresses(_ hosts: [Int]) -> [IPAddress] { hosts.map { IPAddress(ipv4: plan.hosts[$0].address) } }

    /// ` on TCP port 443`, ` on 3 UDP ports`; the protocol alone where it has no ports.
    private func ports(of pattern: TrafficPattern) -> String {
        switch (pattern.proto, pattern.ports.count) {
        case (1, _): " by ICMP"
        case (let proto, 1): " on \(proto == 17 ? "UDP" : "TCP") port \(pattern.ports[0])"
        case (let proto, 2...4):
            " on \(proto == 17 ? "UDP" : "TCP") ports \(pattern.ports.map(String.init).joined(separator: ", "))"
        case (let proto, let count): " on \(count) \(proto == 17 ? "UDP" : "TCP") ports"
        }
    }
}
