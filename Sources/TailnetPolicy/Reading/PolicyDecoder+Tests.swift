import ByteText
import TailnetModel

extension PolicyDecoder {
    /// The entries of `tests` and `sshTests`.
    mutating func decodeTests() {
        for entry in elements(section("tests"), of: "tests") {
            let known = ["src", "user", "proto", "accept", "allow", "deny", "srcPostureAttrs"]
            guard let fields = fields(entry, of: "tests", known: known) else { continue }
            let position = source.position(entry.range.lowerBound)
            var test = PolicyTest(
                position: position,
                source: word(field(fields, "src", or: "user"), of: "src") ?? PolicyWord("", at: position))
            test.proto = word(fields["proto"], of: "proto")?.text
            test.accept = words(field(fields, "accept", or: "allow"), of: "accept")
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
            test.sourceAttributes = postureAttributes(fields["srcpostureattrs"])
            checkSSHTestSource(test.source)
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

    /// A source of an SSH test is one user, group, tag, host or address.
    private mutating func checkSSHTestSource(_ word: PolicyWord) {
        let isOfMany =
            switch try? PolicySelector(word.text, in: names) {
            case .any, .autogroup, .ipSet, .service: true
            default: word.text.hasPrefix("autogroup:")
            }
        if isOfMany || isBlock(word) {
            complain(
                PolicyMessage(
                    "SSH tests src contains disallowed element \(word.text.quoted)",
                    hint: "write a user, a group, a tag, a host or an address"),
                at: word.position)
        }
    }

    /// A destination of an SSH test is a device by tag, user, host or address; blocks and the internet are none.
    private mutating func checkSSHTestDestination(_ word: PolicyWord) {
        let text = word.text
        if text.hasPrefix("tag:") && !names.tags.contains(text) {
            complain(
                PolicyMessage("SSH tests dst contains unknown tag \(text.quoted)", unknownName: text),
                at: word.position)
        } else if text == "*" || text == Autogroup.internet.name || isBlock(word) {
            complain(PolicyMessage("SSH tests dst contains disallowed element \(text.quoted)"), at: word.position)
        }
    }

    private func isBlock(_ word: PolicyWord) -> Bool {
        IPPrefix(word.text) != nil || names.hosts[word.text]?.isWrittenAsPrefix == true
    }
}
