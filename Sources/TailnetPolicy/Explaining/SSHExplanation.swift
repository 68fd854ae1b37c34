import ByteText
import TailnetModel

/// Says whether a policy lets somebody use Tailscale SSH, and why.
package struct SSHExplanation {
    private let policy: CompiledPolicy
    private let quotation: PolicyQuotation
    /// The local user to log in as.
    private let user: String

    private var topology: PolicyTopology { policy.topology }
    private static let port: UInt16 = 22

    /// Makes the explanations of one policy and local user.
    ///
    /// - Parameters:
    ///   - policy: The policy, compiled for its tailnet.
    ///   - file: The policy file's name, for quotations.
    ///   - text: The policy file's text, which rules are quoted from.
    ///   - user: The local user of the destination.
    package init(of policy: CompiledPolicy, file: String, text: String, user: String) {
        self.policy = policy
        self.user = user
        quotation = PolicyQuotation(file: file, text: text)
    }

    /// The answer for each pair of ends, each of one or more lines; never for a node and itself, unless there is no
    /// other pair.
    package func answers(from sources: [PolicyParty], to targets: [PolicyParty]) -> [String] {
        let pairs = sources.flatMap { source in targets.map { (source, $0) } }
        let others = pairs.filter { $0.0.node == nil || $0.0.node != $0.1.node }
        return (others.isEmpty ? pairs : others).map { answer(from: $0, to: $1) }
    }

    private func answer(from source: PolicyParty, to target: PolicyParty) -> String {
        guard let from = source.addresses.first, let to = target.addresses.first else {
            return "no: \(source.addresses.isEmpty ? source.name : target.name) has no address"
        }
        let label = "\(target.label(to)) as \(user)"
        guard let node = target.node else {
            return
                "no: \(source.label(from)) cannot use SSH to \(label): Tailscale SSH goes to nodes, not to other hosts"
        }
        let texts = Set(source.addresses.map(\.description))
        let found = policy.sshRules(for: node).first { rule in
            rule.principals.contains(where: texts.contains) && rule.admits(user)
        }
        guard let found else {
            let sentence = "no: \(source.label(from)) cannot use SSH to \(label)"
            return ([sentence] + reasons(source, from, target, to)).joined(separator: "\n")
        }
        let rule = policy.file.ssh[found.rule]
        let check = found.action == .check ? " after a check" : ""
        var lines = ["yes: \(source.label(from)) can use SSH to \(label)\(check), by ssh[\(found.rule)]"]
        lines += quotation.lines(of: "ssh", at: found.rule, line: rule.position.line)
        lines += chains(rule, source, from, target, to)
        return (lines + network(source, target)).joined(separator: "\n")
    }

    private func chains(
        _ rule: SSHPolicyRule, _ source: PolicyParty, _ from: IPAddress, _ target: PolicyParty, _ to: IPAddress
    ) -> [String] {
        let ends = SelectionChain(policy)
        let sources = rule.sources.filter { ends.selects($0.selector, source: source, from) }
        let destinations = rule.destinations.filter { ends.selects($0.selector, target: target, to, from: source) }
        return sources.map { "  source:      \(ends.text($0, source, from))" }
            + destinations.map { "  destination: \(ends.text($0, target, to))" }
    }

    /// A word about the network, which must let the connection through as well.
    private func network(_ source: PolicyParty, _ target: PolicyParty) -> [String] {
        let isOpen = source.addresses.contains { from in
            target.addresses.contains { to in
                policy.verdict(from: from, to: to, proto: IPProtocol.tcp, port: SSHExplanation.port).isAllowed
            }
        }
        return isOpen ? [] : ["  but no rule of acls or grants lets it reach tcp port 22, which SSH needs"]
    }

    /// The rules that come closest to letting a refused pair through.
    private func reasons(
        _ source: PolicyParty, _ from: IPAddress, _ target: PolicyParty, _ to: IPAddress
    ) -> [String] {
        let ends = SelectionChain(policy)
        let rules = policy.file.ssh
        let begins = rules.indices.filter { index in
            rules[index].sources.contains { ends.selects($0.selector, source: source, from) }
        }
        let leads = rules.indices.filter { index in
            rules[index].destinations.contains { ends.selects($0.selector, target: target, to, from: source) }
        }
        var lines: [String] = []
        for index in begins where leads.contains(index) {
            lines.append("  ssh[\(index)] leads there, but as \(rules[index].users.joined)")
            lines += quotation.lines(of: "ssh", at: index, line: rules[index].position.line)
        }
        if !lines.isEmpty { return lines }
        let list = { (indices: [Int]) in
            indices.isEmpty ? "none" : indices.map { "ssh[\($0)]" }.joined(separator: ", ")
        }
        return [
            "  rules for \(source.name): \(list(begins))", "  rules that lead to \(target.name): \(list(leads))",
        ]
    }
}

extension SSHRule {
    /// Whether somebody may log in as a local user by this rule.
    fileprivate func admits(_ user: String) -> Bool {
        let mapping = users.first { $0.login == user } ?? users.first { $0.login == "*" }
        return mapping.map { !$0.localUser.isEmpty } ?? false
    }
}
