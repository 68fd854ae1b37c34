import ScenarioSpec
import SimTime
import TailnetModel
import TailnetPolicy

/// Who may talk to what, at any instant: the policy file and its edits, compiled.
///
/// Verdicts come from the rules; per-node packet filters are never made here. A node that joins later is in the topology
/// from the beginning: before it joins it is down, so no verdict about it is asked.
struct Admission: Sendable {
    private let policies: [PolicyInForce]
    /// When each policy comes into force; the first one has always been.
    private let since: [Int64]
    private let addresses: [(ipv4: IPAddress, ipv6: IPAddress)]

    init(plan: Plan) throws(SimulationError) {
        let topology = PolicyTopology(tailnet: plan.tailnet, users: plan.users, nodes: plan.nodes)
        var policies: [PolicyInForce] = []
        for version in plan.policies {
            let reading = PolicyFile.parse(version.text)
            guard let file = reading.valid else {
                let reason = reading.problems.first.map(\.description) ?? "it is no policy file"
                throw SimulationError("policy file \(version.file): \(reason)")
            }
            policies.append(PolicyInForce(CompiledPolicy(file: file, topology: topology)))
        }
        self.policies = policies
        since = plan.policies.map { $0.since?.nanoseconds ?? Int64.min }
        addresses = plan.nodes.map { ($0.ipv4, $0.ipv6) }
    }

    /// Whether the policy of that instant lets `source` begin a conversation with `target`.
    func admits(source: Int, target: Int, proto: UInt8, port: UInt16, isIPv6: Bool, at instant: Int64) -> Bool {
        var index = policies.count - 1
        while index > 0, since[index] > instant { index -= 1 }
        return admits(policies[index], source: source, target: target, proto: proto, port: port, isIPv6: isIPv6)
    }

    /// The first edit after `start` and before `end` whose policy no longer lets the conversation happen; `end` if none.
    func firstRefusal(
        source: Int, target: Int, proto: UInt8, port: UInt16, isIPv6: Bool, after start: Int64, before end: Int64
    ) -> Int64 {
        for index in since.indices where since[index] > start && since[index] < end {
            if !admits(policies[index], source: source, target: target, proto: proto, port: port, isIPv6: isIPv6) {
                return since[index]
            }
        }
        return end
    }

    private func admits(
        _ version: PolicyInForce, source: Int, target: Int, proto: UInt8, port: UInt16, isIPv6: Bool
    ) -> Bool {
        if proto == IPProtocol.icmp || proto == IPProtocol.icmpv6 {
            let address = isIPv6 ? addresses[target].ipv6 : addresses[target].ipv4
            return version.policy.admits(source: source, destination: address, .icmp(isAnswer: false))
        }
        return version.policy.verdict(
            source: source, node: target, family: isIPv6 ? .ipv6 : .ipv4, proto: proto, port: port
        ).isAllowed
    }
}

/// A compiled policy behind one reference: it has many arrays, and a copy would count every one of them.
private final class PolicyInForce: Sendable {
    let policy: CompiledPolicy

    init(_ policy: CompiledPolicy) {
        self.policy = policy
    }
}
