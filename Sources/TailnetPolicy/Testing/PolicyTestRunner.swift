import TailnetModel

/// Runs the `tests` and `sshTests` of a policy as the service does when the file is saved.
///
/// An entry that the service cannot make sense of is a failed test, not an error of the file.
struct PolicyTestRunner {
    private let file: PolicyFile
    private let resolver: SelectorResolver
    private let names: PolicyNames
    private(set) var failures: [PolicyTestFailure] = []

    init(_ policy: CompiledPolicy) {
        file = policy.file
        resolver = policy.resolver
        names = PolicyNames(of: file)
    }

    mutating func run() {
        for test in file.tests { run(test) }
        for test in file.sshTests { run(test) }
    }

    private mutating func fail(_ word: PolicyWord, _ message: String) {
        failures.append(PolicyTestFailure(position: word.position, message: message))
    }

    // MARK: Network

    private mutating func run(_ test: PolicyTest) {
        if test.accept.isEmpty && test.deny.isEmpty {
            failures.append(PolicyTestFailure(position: test.position, message: "a test needs accept or deny"))
        }
        guard let sources = resolver.parties(test.source.text, in: names), !sources.isEmpty else {
            fail(test.source, "the source \(test.source.text.quoted) is nobody")
            return
        }
        guard let protocols = PolicyTestRunner.protocols(test.proto) else {
            fail(test.source, "the protocol \((test.proto ?? "").quoted) is unknown")
            return
        }
        for word in test.accept { check(word, test, sources, protocols, mustAllow: true) }
        for word in test.deny { check(word, test, sources, protocols, mustAllow: false) }
    }

    /// TCP or UDP, unless the test says otherwise.
    private static func protocols(_ text: String?) -> [UInt8]? {
        guard let text, !text.isEmpty else { return [IPProtocol.tcp, IPProtocol.udp] }
        return IPProtocol.number(text).map { [$0] }
    }

    private mutating func check(
        _ word: PolicyWord, _ test: PolicyTest, _ sources: [TestParty], _ protocols: [UInt8], mustAllow: Bool
    ) {
        guard let (targets, port) = destination(word.text, protocols) else {
            fail(word, "\(word.text.quoted) is not one destination with one port")
            return
        }
        for source in sources {
            for target in targets {
                let isAllowed = protocols.contains { proto in
                    allows(test, source, target, proto: proto, port: port, any: !mustAllow)
                }
                if isAllowed != mustAllow {
                    let outcome = "\(test.source.text) \(isAllowed ? "can" : "cannot") reach \(word.text)"
                    let reason = isAllowed ? "" : postureReason(test, source, target, protocols, port)
                    fail(word, outcome + reason)
                    return
                }
            }
        }
    }

    /// Which rule would allow what a test wants if it asked for no posture; empty where none would.
    private func postureReason(
        _ test: PolicyTest, _ source: TestParty, _ target: TestParty, _ protocols: [UInt8], _ port: UInt16
    ) -> String {
        let rule = file.rules.first { rule in
            !resolver.postures(of: rule).isEmpty
                && protocols.contains {
                    rule.allows(source, target, proto: $0, port: port, any: false, in: resolver)
                }
        }
        guard let rule else { return "" }
        let postures = resolver.postures(of: rule)
        let names = (postures.count == 1 ? "" : "one of ") + postures.joined(separator: ", ")
        let fault =
            test.sourceAttributes.isEmpty
            ? "the test has no \"srcPostureAttrs\"" : "the test's \"srcPostureAttrs\" do not meet it"
        return ": \(rule.name) would allow it, but requires \(names), and \(fault)"
    }

    /// Reads `host:port`; blocks, the internet and oneself are no destination of a test.
    private func destination(_ text: String, _ protocols: [UInt8]) -> ([TestParty], UInt16)? {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }), let port = UInt16(digits),
            port > 0 || protocols.allSatisfy({ !IPProtocol.hasPorts($0) })
        else { return nil }
        var host = String(text[..<colon])
        if host.hasPrefix("[") && host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        if host.hasPrefix("svc:"), host.utf8.count > 4 { return ([TestParty(identities: [.service(host)])], port) }
        guard !host.contains("/"), names.hosts[host]?.isWrittenAsPrefix != true,
            let targets = resolver.parties(host, in: names), !targets.isEmpty,
            targets.allSatisfy({ $0.range.map { $0.first == $0.last } ?? true })
        else { return nil }
        return (targets, port)
    }

    private func allows(
        _ test: PolicyTest, _ source: TestParty, _ target: TestParty, proto: UInt8, port: UInt16, any: Bool
    ) -> Bool {
        if !file.restrictsAccess { return true }
        return file.rules.contains { rule in
            resolver.holds(resolver.postures(of: rule), for: test.sourceAttributes)
                && rule.allows(source, target, proto: proto, port: port, any: any, in: resolver)
        }
    }

    // MARK: SSH

    private mutating func run(_ test: SSHPolicyTest) {
        if test.accept.isEmpty && test.deny.isEmpty && test.check.isEmpty {
            failures.append(
                PolicyTestFailure(position: test.position, message: "an SSH test needs accept, deny or check"))
        }
        if test.destinations.isEmpty {
            failures.append(PolicyTestFailure(position: test.position, message: "an SSH test needs dst"))
        }
        guard let sources = resolver.parties(test.source.text, in: names), !sources.isEmpty else {
            fail(test.source, "the source \(test.source.text.quoted) is nobody")
            return
        }
        for word in test.destinations {
            guard let targets = sshTargets(word.text) else {
                fail(word, "\(word.text.quoted) is no device that SSH can go to")
                continue
            }
            check(word, test, test.accept, sources, targets, is: .accept)
            check(word, test, test.check, sources, targets, is: .check)
            check(word, test, test.deny, sources, targets, is: nil)
        }
    }

    private func sshTargets(_ text: String) -> [TestParty]? {
        guard let targets = resolver.parties(text, in: names), !targets.isEmpty else { return nil }
        let areDevices = targets.allSatisfy { target in
            guard let range = target.range else { return !target.isAny }
            return range.first == range.last && range.first.isIPv4
        }
        return areDevices ? targets : nil
    }

    private mutating func check(
        _ word: PolicyWord, _ test: SSHPolicyTest, _ logins: [String], _ sources: [TestParty],
        _ targets: [TestParty], is expected: SSHPolicyRule.Action?
    ) {
        for login in logins {
            for source in sources {
                for target in targets where action(login, test, source, target, any: expected == nil) != expected {
                    let outcome = expected.map { "is not allowed (\($0.rawValue))" } ?? "is allowed"
                    fail(word, "SSH from \(test.source.text) to \(word.text) as \(login) \(outcome)")
                    return
                }
            }
        }
    }

    /// What happens to a session; checks come before accepts.
    private func action(
        _ login: String, _ test: SSHPolicyTest, _ source: TestParty, _ target: TestParty, any: Bool
    ) -> SSHPolicyRule.Action? {
        let matching = file.ssh.filter { rule in
            resolver.holds(rule.sourcePosture.map(\.text), for: test.sourceAttributes)
                && rule.sources.contains { resolver.means($0.selector, source: source, any: any) }
                && rule.destinations.contains {
                    resolver.means($0.selector, destination: target, source: source, any: any)
                }
                && SSHUsers(rule.users.map(\.text)).allows(login, login: source.login)
        }
        return matching.contains { $0.action == .check } ? .check : matching.first?.action
    }
}

extension PolicyRule {
    /// Whether the rule lets one party reach another, its postures aside.
    fileprivate func allows(
        _ source: TestParty, _ target: TestParty, proto: UInt8, port: UInt16, any: Bool, in resolver: SelectorResolver
    ) -> Bool {
        sources.contains { resolver.means($0.selector, source: source, any: any) }
            && destinations.contains { destination in
                destination.services.contains { $0.covers(proto: proto, port: port) }
                    && resolver.means(destination.name.selector, destination: target, source: source, any: any)
            }
    }
}

extension CompiledPolicy {
    /// The tests of the policy file that do not hold.
    public func testFailures() -> [PolicyTestFailure] {
        var runner = PolicyTestRunner(self)
        runner.run()
        return runner.failures
    }
}
