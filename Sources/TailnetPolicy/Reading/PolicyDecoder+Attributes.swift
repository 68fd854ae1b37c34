import ByteText
import TailnetModel

extension PolicyDecoder {
    /// The entries of `nodeAttrs`.
    mutating func decodeNodeAttributes() {
        for entry in elements(section("nodeAttrs"), of: "nodeAttrs") {
            let known = ["target", "attr", "app", "ipPool", "description"]
            guard let fields = fields(entry, of: "nodeAttrs", known: known) else { continue }
            var rule = NodeAttributeRule(position: source.position(entry.range.lowerBound))
            for word in words(fields["target"], of: "target") {
                do throws(PolicyMessage) {
                    let selector = try PolicySelector(word.text, in: names)
                    switch selector {
                    case .autogroup(.self), .autogroup(.internet), .autogroup(.nonroot), .autogroup(.dangerAll):
                        // Seen for `autogroup:self`: the service does not refuse such a target, it fails.
                        throw PolicyMessage(PolicyAnswer.internalError)
                    default:
                        rule.targets.append(SelectedWord(word: word, selector: selector))
                    }
                } catch {
                    complain(error, at: word.position)
                }
            }
            rule.attributes = words(fields["attr"], of: "attr")
            rule.capabilities = nodeCapabilities(fields["app"])
            rule.addressPools = words(fields["ippool"], of: "ipPool")
            for pool in rule.addressPools { checkPool(pool) }
            file.nodeAttributes.append(rule)
        }
    }

    /// Unlike in a grant, the service's own names are allowed: `tailscale.com/app-connectors`.
    private mutating func nodeCapabilities(_ value: JSONValue?) -> [PolicyCapability] {
        guard let value, !value.isNull else { return [] }
        return (value.object ?? []).map { member in
            let values = elements(member.value, of: "app[\(member.key.quoted)]").map { compactText($0) }
            return PolicyCapability(name: member.key, values: values)
        }
    }

    private mutating func checkPool(_ word: PolicyWord) {
        guard let pool = AddressRange(word.text) else {
            complain(
                PolicyMessage("IPPool(\(word.text)): not a network", isServiceMessage: false), at: word.position)
            return
        }
        let name = "IPPool(\(pool.prefix?.description ?? word.text))"
        guard TailnetRanges.cgnat.contains(pool.first), TailnetRanges.cgnat.contains(pool.last) else {
            complain(
                PolicyMessage("\(name): network not within \(TailnetRanges.cgnat.wireText)", isServiceMessage: false),
                at: word.position)
            return
        }
        if TailnetRanges.reserved.contains(where: { $0.contains(pool.first) && $0.contains(pool.last) }) {
            complain(PolicyMessage("\(name): network within reserved range"), at: word.position)
        }
    }

    /// The entries of `tests` and `sshTests`.
    mutating func decodeTests() {
        for entry in elements(section("tests"), of: "tests") {
            let known = ["src", "user", "proto", "accept", "allow", "deny", "srcPostureAttrs"]
            guard let fields = fields(entry, of: "tests", known: known) else { continue }
            let position = source.position(entry.range.lowerBound)
            var test = PolicyTest(
                position: position,
                source: word(fields["src"] ?? fields["user"], of: "src") ?? PolicyWord("", at: position))
            test.proto = word(fields["proto"], of: "proto")?.text
            test.accept = words(fields["accept"] ?? fields["allow"], of: "accept")
            test.deny = words(fields["deny"], of: "deny")
            test.sourceAttributes = postureAttributes(fields["srcpostureattrs"])
            file.tests.append(test)
        }
        for entry in elements(section("sshTests"), of: "sshTests") {
            let known = ["src", "dst", "accept", "deny", "check", "srcPostureAttrs"]
            guard let fields = fields(entry, of: "sshTests", known: known) else { continue }
            let position = source.position(entry.range.lowerBound)
            var test = SSHPolicyTest(
                position: position, source: word(fields["src"], of: "src") ?? PolicyWord("", at: position))
            test.destinations = words(fields["dst"], of: "dst")
            test.accept = words(fields["accept"], of: "accept").map(\.text)
            test.deny = words(fields["deny"], of: "deny").map(\.text)
            test.check = words(fields["check"], of: "check").map(\.text)
            for word in test.destinations { checkSSHTestDestination(word) }
            file.sshTests.append(test)
        }
    }

    private func postureAttributes(_ value: JSONValue?) -> [PostureAttribute] {
        (value?.object ?? []).compactMap { member in
            switch member.value.content {
            case .string(let text): PostureAttribute(member.key, .text(text))
            case .number(let text): PostureAttribute(member.key, .number(text))
            case .bool(let value): PostureAttribute(member.key, .bool(value))
            default: nil
            }
        }
    }

    /// A destination of an SSH test is a device by tag, user, host or address; blocks and the internet are none.
    private mutating func checkSSHTestDestination(_ word: PolicyWord) {
        let text = word.text
        if text.hasPrefix("tag:") && !names.tags.contains(text) {
            complain(PolicyMessage("SSH tests dst contains unknown tag \(text.quoted)"), at: word.position)
        } else if text == "*" || text == Autogroup.internet.name || IPPrefix(text) != nil
            || names.hosts[text]?.isWrittenAsPrefix == true
        {
            complain(PolicyMessage("SSH tests dst contains disallowed element \(text.quoted)"), at: word.position)
        }
    }
}
