import ByteText
import TailnetModel

/// Says whether a policy lets a connection through, and why.
package struct PolicyExplanation {
    private let quotation: PolicyQuotation
    private let policy: CompiledPolicy
    private let proto: UInt8
    private let port: UInt16
    /// The protocol as the command line has it.
    private let protoName: String

    /// Makes the explanations of one policy, protocol and port.
    ///
    /// - Parameters:
    ///   - policy: The policy, compiled for its tailnet.
    ///   - file: The policy file's name, for quotations.
    ///   - text: The policy file's text, which rules are quoted from.
    ///   - proto: The IP protocol's number.
    ///   - protoName: What the protocol is called.
    ///   - port: The destination port; 0 for protocols without ports.
    package init(
        of policy: CompiledPolicy, file: String, text: String, proto: UInt8, protoName: String, port: UInt16
    ) {
        self.policy = policy
        quotation = PolicyQuotation(file: file, text: text)
        self.proto = proto
        self.protoName = protoName
        self.port = port
    }

    /// The answer for each pair of ends, each of one or more lines; never for a node and itself, unless there is no
    /// other pair.
    package func answers(from sources: [PolicyParty], to targets: [PolicyParty]) -> [String] {
        let pairs = sources.flatMap { source in targets.map { (source, $0) } }
        // No packet filter judges what a node sends to itself.
        let others = pairs.filter { $0.0.node == nil || $0.0.node != $0.1.node }
        return (others.isEmpty ? pairs : others).map { answer(from: $0, to: $1) }
    }

    private var rules: [PolicyRule] { policy.file.rules }
    private var topology: PolicyTopology { policy.topology }

    /// One connection: both ends by addresses of one family.
    private struct Pair {
        var source: PolicyParty
        var target: PolicyParty
        var from: IPAddress
        var to: IPAddress
    }

    /// The answer for two ends.
    private func answer(from source: PolicyParty, to target: PolicyParty) -> String {
        let pairs = source.addresses.flatMap { from in
            target.addresses.filter { $0.family == from.family }.map {
                Pair(source: source, target: target, from: from, to: $0)
            }
        }
        let verdicts = pairs.map { policy.verdict(from: $0.from, to: $0.to, proto: proto, port: port) }
        guard let first = pairs.first else {
            return "no: \(source.name) and \(target.name) have no addresses of the same family"
        }
        guard let allowed = verdicts.firstIndex(where: \.isAllowed) else {
            return (["no: \(sentence(first, "cannot"))"] + reasons(first)).joined(separator: "\n")
        }
        let pair = pairs[allowed]
        var lines: [String] = []
        if rules.indices.contains(verdicts[allowed].rule) {
            let rule = rules[verdicts[allowed].rule]
            lines.append("yes: \(sentence(pair, "can")), by \(rule.name)")
            lines += quotation(of: rule) + chains(rule, pair)
        } else {
            lines.append("yes: \(sentence(pair, "can")), because the policy has neither acls nor grants")
        }
        for index in pairs.indices where verdicts[index].isAllowed != verdicts[allowed].isAllowed {
            lines.append("  but not from \(pairs[index].from) to \(pairs[index].to)")
        }
        return (lines + routes(pair)).joined(separator: "\n")
    }

    private func sentence(_ pair: Pair, _ verb: String) -> String {
        let place = IPProtocol.hasPorts(proto) ? "on \(protoName) port \(port)" : "with \(protoName)"
        return "\(pair.source.label(pair.from)) \(verb) reach \(pair.target.label(pair.to)) \(place)"
    }

    private func quotation(of rule: PolicyRule) -> [String] {
        quotation.lines(of: rule.kind == .acl ? "acls" : "grants", at: rule.index, line: rule.position.line)
    }

    // MARK: Chains

    /// The words of the rule that select the two ends, each with how it leads to the end.
    private func chains(_ rule: PolicyRule, _ pair: Pair) -> [String] {
        let ends = SelectionChain(policy)
        let sources = rule.sources.filter { ends.selects($0.selector, source: pair.source, pair.from) }
        let destinations = rule.destinations.filter { destination in
            destination.services.contains { $0.covers(proto: proto, port: port) }
                && ends.selects(
                    destination.name.selector, target: pair.target, pair.to, from: pair.source, via: rule.via)
        }
        var lines = sources.map { "  source:      \(ends.text($0, pair.source, pair.from))" }
        lines += destinations.map { "  destination: \(ends.text($0.name, pair.target, pair.to))" }
        let postures = rule.sourcePosture.isEmpty ? policy.file.defaultSourcePosture : rule.sourcePosture
        if !postures.isEmpty { lines.append("  posture:     one of \(postures.joined)") }
        if !rule.via.isEmpty {
            let routers = topology.nodes.filter { node in rule.via.contains { node.tags.contains($0.text) } }
            lines.append("  via:         \(rule.via.joined) -> \(routers.map(\.name).joined(separator: ", "))")
        }
        return lines
    }

    /// What the same file says about the pair after some changes.
    private func verdict(_ pair: Pair, _ change: (inout PolicyFile) -> Void) -> Verdict {
        var file = policy.file
        change(&file)
        file.restrictsAccess = true
        return CompiledPolicy(file: file, topology: topology).verdict(
            from: pair.from, to: pair.to, proto: proto, port: port)
    }

    /// The routers that carry traffic to an address that is no node's.
    private func routes(_ pair: Pair) -> [String] {
        guard pair.target.node == nil else { return [] }
        let address = pair.to
        let routers = topology.nodes.compactMap { node in
            node.approvedRoutes.filter { $0.contains(address) }.max { $0.bits < $1.bits }.map { "\(node.name) (\($0))" }
        }
        if routers.isEmpty { return ["  route:       no node has an approved route to \(address)"] }
        return ["  route:       \(routers.joined(separator: ", "))"]
    }

    // MARK: Refusals

    /// How many rules a list of near misses names.
    fileprivate static let listed = 5

    /// What comes closest to letting a refused pair through.
    private func reasons(_ pair: Pair) -> [String] {
        var lines: [String] = []
        let hasPostures = rules.contains { !$0.sourcePosture.isEmpty } || !policy.file.defaultSourcePosture.isEmpty
        if hasPostures {
            for rule in found(pair, { $0.without(\.sourcePosture) }, keepsPosture: false) {
                lines += ["  \(rule.name) requires a posture that \(pair.source.name) does not have"]
                lines += quotation(of: rule)
            }
        }
        if !lines.isEmpty { return lines }
        for rule in found(pair, { $0.withAllServices(of: proto) }) {
            lines += ["  \(rule.name) leads there, but for another protocol or port"] + quotation(of: rule)
        }
        if !lines.isEmpty { return lines + pings(pair) }
        let begins = found(pair, { $0.toAnywhere.withAllServices(of: proto) })
        let ends = found(pair, { $0.fromAnybody.withAllServices(of: proto) }, keepsPosture: false)
        lines.append("  rules for \(pair.source.name): \(begins.listed)")
        lines.append("  rules that lead to \(pair.target.name): \(ends.listed)")
        return lines + pings(pair)
    }

    /// Echo requests pass wherever a rule allows anything.
    private func pings(_ pair: Pair) -> [String] {
        guard proto == IPProtocol.icmp || proto == IPProtocol.icmpv6, let source = pair.source.node,
            policy.admits(source: source, destination: pair.to, .icmp(isAnswer: false))
        else { return [] }
        return ["  pings pass all the same, because a rule allows another protocol"]
    }

    /// The first few rules that let the pair through once they are changed.
    private func found(
        _ pair: Pair, _ change: (PolicyRule) -> PolicyRule, keepsPosture: Bool = true
    ) -> [PolicyRule] {
        var found: [PolicyRule] = []
        var start = 0
        while found.count < PolicyExplanation.listed {
            let verdict = verdict(pair) { file in
                file.rules = file.rules.dropFirst(start).map(change)
                if !keepsPosture { file.defaultSourcePosture = [] }
            }
            guard verdict.isAllowed else { break }
            start += verdict.rule + 1
            found.append(rules[start - 1])
        }
        return found
    }
}

extension PolicyRule {
    fileprivate func without(_ words: WritableKeyPath<PolicyRule, [PolicyWord]>) -> PolicyRule {
        var rule = self
        rule[keyPath: words] = []
        return rule
    }

    /// The rule for any source.
    fileprivate var fromAnybody: PolicyRule {
        var rule = without(\.sourcePosture)
        for index in rule.sources.indices { rule.sources[index].selector = .autogroup(.dangerAll) }
        return rule
    }

    /// The rule for any destination.
    fileprivate var toAnywhere: PolicyRule {
        var rule = without(\.via)
        for index in rule.destinations.indices { rule.destinations[index].name.selector = .any }
        return rule
    }

    /// The rule for every port of a protocol, unless it is about capabilities only.
    fileprivate func withAllServices(of proto: UInt8) -> PolicyRule {
        var rule = self
        for index in rule.destinations.indices where !rule.destinations[index].services.isEmpty {
            rule.destinations[index].services = [PolicyService(proto: proto, ports: PolicyService.allPorts)]
        }
        return rule
    }
}

extension [PolicyRule] {
    /// The rules' places, with a hint that there may be more.
    fileprivate var listed: String {
        isEmpty
            ? "none" : map(\.name).joined(separator: ", ") + (count == PolicyExplanation.listed ? ", perhaps more" : "")
    }
}

extension [PolicyWord] {
    /// The words, with commas between them.
    var joined: String { map(\.text).joined(separator: ", ") }
}
