package import ByteText
import TailnetModel

/// One SSH rule as the service sends it to the device that sessions go to.
public struct SSHRule: Hashable, Sendable {
    /// Addresses of the devices that sessions come from.
    public var principals: [String]
    /// Pairs of a login name and the local user that it means, sorted; an empty local user is a refusal.
    public var users: [SSHUserMapping]
    /// What happens to a session.
    public var action: SSHPolicyRule.Action
    /// Names of environment variables that a client may send.
    public var acceptedVariables: [String]
    /// Index of the rule in `PolicyFile.ssh`.
    public var rule: Int

    /// The rule as the service writes it.
    public var json: String { JSONWriter.text(self) }
}

/// As the service writes it.
extension SSHRule: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.objects("principals", principals) { $0.member("nodeIP", $1) }
            json.object("sshUsers") { json in for user in users { json.member(user.login, user.localUser) } }
            json.object("action") { json in
                switch action {
                case .accept:
                    json.member("accept", true)
                    json.member("allowAgentForwarding", true)
                    json.member("allowLocalPortForwarding", true)
                    json.member("allowRemotePortForwarding", true)
                case .check: json.member("holdAndDelegate", SSHRule.checkAddress)
                }
            }
            if !acceptedVariables.isEmpty { json.member("acceptEnv", acceptedVariables) }
        }
    }

    private static let checkAddress =
        "https://unused/machine/ssh/action/$SRC_NODE_ID/to/$DST_NODE_ID?local_user=$LOCAL_USER"
}

extension CompiledPolicy {
    /// The SSH rules that the service sends to a device, checks before accepts.
    public func sshRules(for node: Int) -> [SSHRule] {
        let order = file.ssh.indices.sorted { left, right in
            let isLeftLater = file.ssh[left].action == .accept
            let isRightLater = file.ssh[right].action == .accept
            return isLeftLater == isRightLater ? left < right : isRightLater
        }
        return order.flatMap { sshRules($0, for: node) }
    }

    /// An address that sessions come from, and the device that has it.
    private struct SSHSource {
        var address: String
        var isIPv4: Bool
        var node: Int?
        var person: Int?
    }

    private func sshRules(_ index: Int, for node: Int) -> [SSHRule] {
        let policy = file.ssh[index]
        let users = SSHUsers(policy.users.map(\.text))
        let sources = sshSources(policy)
        let person = topology.nodes[node].person
        if policy.destinations.contains(where: { resolver.matches($0.selector, node: node) }) {
            return rules(index, users, sources)
        }
        let isOwnDestination = policy.destinations.contains { $0.selector == .autogroup(.self) } && person != nil
        // A quirk of the service: with `localpart:` a source gets the part of the rule that is about its own kind.
        let isQuirk = !users.domains.isEmpty && !policy.destinations.isEmpty && sources.contains { $0.node == node }
        guard isOwnDestination || isQuirk else { return [] }
        return rules(index, users, sources.filter { $0.person == person && $0.node != nil })
    }

    /// One rule for all sources, or, where local parts of logins matter, one or two for each person.
    private func rules(_ index: Int, _ users: SSHUsers, _ sources: [SSHSource]) -> [SSHRule] {
        let policy = file.ssh[index]
        let make = { (sources: [SSHSource], mappings: [SSHUserMapping]) -> SSHRule in
            SSHRule(
                principals: sources.filter(\.isIPv4).map(\.address).sortedByBytes
                    + sources.filter { !$0.isIPv4 }.map(\.address).sortedByBytes,
                users: mappings, action: policy.action, acceptedVariables: policy.acceptedVariables, rule: index)
        }
        if users.domains.isEmpty { return sources.isEmpty ? [] : [make(sources, users.common)] }
        var result: [SSHRule] = []
        for (person, user) in topology.users.enumerated() {
            let own = sources.filter { $0.person == person }
            if own.isEmpty { continue }
            result.append(make(own, users.common))
            if users.domains.contains(user.login.domainPart) {
                let name = user.login.localPart
                result.append(make(own, [SSHUserMapping(name, name)]))
            }
        }
        let others = sources.filter { $0.person == nil }
        if !others.isEmpty { result.append(make(others, users.common)) }
        return result
    }

    /// The addresses that a rule lets begin, in the order of the devices; then those that are no device's.
    private func sshSources(_ policy: SSHPolicyRule) -> [SSHSource] {
        let selectors = policy.sources.map(\.selector)
        let ranges = selectors.flatMap { resolver.sourceRanges($0) }
        let united = ranges.united
        var nodes: Set<Int> = []
        for selector in selectors { nodes.formUnion(resolver.nodes(selector)) }
        let postures = policy.sourcePosture.map(\.text)
        var sources: [SSHSource] = []
        for (index, node) in topology.nodes.enumerated() where resolver.holds(postures, for: node.attributes) {
            for address in node.addresses
            where nodes.contains(index) || united.orderedContains(address) {
                sources.append(
                    SSHSource(
                        address: address.description, isIPv4: address.isIPv4, node: index, person: node.person))
            }
        }
        // An address that is no device's meets no posture.
        for range in ranges where postures.isEmpty && range.first == range.last && node(at: range.first) == nil {
            sources.append(SSHSource(address: range.wireText, isIPv4: range.first.isIPv4))
        }
        return sources
    }
}

extension [String] {
    /// The texts in the order of their bytes.
    var sortedByBytes: [String] { sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
}
