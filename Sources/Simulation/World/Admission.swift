import ScenarioSpec
import SimTime
import TailnetModel
import TailnetPolicy

/// Who may connect to what, at any instant: the policy file and its edits, compiled.
///
/// Verdicts come from the rules; per-node packet filters are never made here. A node that joins later is in the topology
/// from the beginning: before it joins it is down, and no verdict about it is needed.
///
/// A class, because it has many arrays and is handed from session to session.
final class Admission: Sendable {
    private let policies: [CompiledPolicy]
    /// The last policy, under which nearly all verdicts fall: a property of its own is not retained for each of them.
    private let last: CompiledPolicy
    /// When each policy comes into force; the first one has always been.
    private let since: [Instant]
    private let addresses: [(ipv4: IPAddress, ipv6: IPAddress)]
    private let hosts: [IPAddress]
    private let isShared: [Bool]

    /// The incident that made each policy; nil in ordinary life, to which an edit that is taken back leads.
    private let incidents: [Int?]

    /// Compiles policies.
    ///
    /// - Parameter versions: the plan's, or those of them that hold; in the order of time.
    init(plan: Plan, versions: [PolicyVersion], control: ControlState) throws(SimulationError) {
        var files: [(since: Instant, file: PolicyFile, text: String, incident: Int?)] = []
        for version in versions {
            let reading = PolicyFile.parse(version.text)
            guard let file = reading.valid else {
                let reason = reading.problems.first.map(\.description) ?? "it is no policy file"
                throw SimulationError("policy file \(version.file): \(reason)")
            }
            files.append((version.since ?? .distantPast, file, version.text, version.incident))
        }
        // Other tags, owners and routes make other verdicts: each such change is an epoch, as an edit is.
        let changes = control.changedNodes.flatMap { control.states(ofNode: $0).map(\.since) }
        let epochs = Set(files.map(\.since) + changes).sorted()
        since = epochs
        incidents = epochs.map { epoch in
            let inForce = files.last { $0.since <= epoch } ?? files[0]
            let ordinary = files.last { $0.since <= epoch && $0.incident == nil }
            return inForce.text == ordinary?.text ? nil : inForce.incident
        }
        let policies = epochs.map { epoch in
            let nodes = plan.nodes.indices.map { control.node($0, at: epoch) }
            let topology = PolicyTopology(tailnet: plan.tailnet, users: plan.users, nodes: nodes)
            let file = files.last { $0.since <= epoch }?.file ?? files[0].file
            return CompiledPolicy(file: file, topology: topology)
        }
        self.policies = policies
        last = policies[policies.count - 1]
        addresses = plan.nodes.map { ($0.ipv4, $0.ipv6) }
        hosts = plan.hosts.map { IPAddress(ipv4: $0.address) }
        isShared = plan.nodes.map { $0.sharer != nil }
    }

    /// The policies as they are where incidents edit them; nil where none does.
    static func changed(plan: Plan, control: ControlState) throws(SimulationError) -> Admission? {
        guard plan.policies.contains(where: { $0.incident != nil }) else { return nil }
        let order = plan.policies.indices.sorted { left, right in
            let first = plan.policies[left].since ?? .distantPast
            let second = plan.policies[right].since ?? .distantPast
            return (first, left) < (second, right)
        }
        return try Admission(plan: plan, versions: order.map { plan.policies[$0] }, control: control)
    }

    /// The ranges in which policies that incidents made are in force, each as long as it goes.
    var editedWindows: [(incident: Int, window: TimeWindow)] {
        var found: [(incident: Int, window: TimeWindow)] = []
        for index in since.indices {
            guard let incident = incidents[index] else { continue }
            let end = index + 1 < since.count ? since[index + 1] : .distantFuture
            // A change of a node's tags makes two policies of one edit.
            if let last = found.last, last.incident == incident, last.window.end == since[index] {
                found[found.count - 1].window.end = end
            } else {
                found.append((incident, TimeWindow(start: since[index], end: end)))
            }
        }
        return found
    }

    /// Whether a policy that an incident made is in force at some time between two instants.
    func isEdited(from start: Instant, to end: Instant) -> Bool {
        editedIndex(from: start, to: end) != nil
    }

    /// The incident that made the policy which is in force at an instant; nil in ordinary life.
    func editor(at instant: Instant) -> Int? { editedIndex(from: instant, to: instant).flatMap { incidents[$0] } }

    private func editedIndex(from start: Instant, to end: Instant) -> Int? {
        since.indices.first { index in
            incidents[index] != nil && since[index] <= end && (index + 1 == since.count || since[index + 1] > start)
        }
    }

    /// Whether the policy of that instant lets the conversation begin.
    func admits(_ conversation: Conversation, at instant: Instant) -> Bool {
        var index = policies.count - 1
        if index == 0 || since[index] <= instant { return admits(conversation, under: last) }
        while index > 0, since[index] > instant { index -= 1 }
        return admits(conversation, under: policies[index])
    }

    /// The first edit after `start` and before `end` whose policy no longer lets the conversation happen; `end` if none.
    func firstRefusal(_ conversation: Conversation, after start: Instant, before end: Instant) -> Instant {
        for index in since.indices where since[index] > start && since[index] < end {
            if !admits(conversation, under: policies[index]) { return since[index] }
        }
        return end
    }

    /// Whether a policy lets a conversation begin.
    private func admits(_ conversation: Conversation, under policy: CompiledPolicy) -> Bool {
        let source = Int(conversation.source)
        let target = Int(conversation.target)
        let isICMP = conversation.proto == IPProtocol.icmp || conversation.proto == IPProtocol.icmpv6
        if conversation.sourceHost | conversation.targetHost == 0 {
            // What a shared node lets in is up to the tailnet that shares it.
            if isShared[target] { return true }
            if isICMP {
                let address = conversation.isIPv6 ? addresses[target].ipv6 : addresses[target].ipv4
                return policy.admits(source: source, destination: address, .icmp(isAnswer: false))
            }
            return policy.verdict(
                source: source, node: target, family: conversation.isIPv6 ? .ipv6 : .ipv4, proto: conversation.proto,
                port: conversation.port
            ).isAllowed
        }
        let to = conversation.targetHost == 0 ? addresses[target].ipv4 : hosts[Int(conversation.targetHost) - 1]
        guard conversation.sourceHost == 0 else {
            return policy.verdict(
                from: hosts[Int(conversation.sourceHost) - 1], to: to, proto: conversation.proto,
                port: conversation.port
            ).isAllowed
        }
        if isICMP { return policy.admits(source: source, destination: to, .icmp(isAnswer: false)) }
        return policy.verdict(
            source: source, destination: to, proto: conversation.proto, port: conversation.port
        ).isAllowed
    }
}
