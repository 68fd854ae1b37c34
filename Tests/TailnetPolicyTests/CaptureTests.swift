import ByteText
import TailnetModel
import TailnetPolicy
import Testing

/// Compares the engine with what the real service answered; skipped where the corpus is not on the machine.
@Suite("Capture", .enabled(if: captureFolder != nil, "the captures of the service are not on this machine"))
struct CaptureTests {
    /// Judges each case of a file, prints how many agree, and fails with the names of those that do not.
    private func compare(_ file: String, _ difference: (CapturedCase) throws -> String?) throws {
        let cases = try CapturedCase.read(file)
        var failures: [String] = []
        for captured in cases {
            if let difference = try difference(captured) { failures.append("\(captured.name): \(difference)") }
        }
        print("\(file): \(cases.count - failures.count)/\(cases.count) agree")
        #expect(!cases.isEmpty)
        #expect(failures.isEmpty, "\(failures.prefix(20).joined(separator: "\n"))")
    }

    private func answerDifference(_ captured: CapturedCase) -> String? {
        let answer = PolicyFile.parse(captured.policy).answer(in: captured.topology)
        if answer == captured.answer { return nil }
        return
            "answer \(answer.code) \(answer.message ?? ""), service \(captured.answer.code) \(captured.answer.message ?? "")"
    }

    /// A refused file leaves the devices' filters as they were, so only those of taken files are compared.
    private func compiled(_ captured: CapturedCase) -> CompiledPolicy? {
        guard captured.answer.code == 200 else { return nil }
        return PolicyFile.parse(captured.policy).file.map { CompiledPolicy(file: $0, topology: captured.topology) }
    }

    private func difference(
        _ captured: CapturedCase, _ key: String, unordered: Set<String>, _ ours: (CompiledPolicy) -> (Int) -> String
    ) throws -> String? {
        if let difference = answerDifference(captured) { return difference }
        guard let policy = compiled(captured) else { return nil }
        let ours = ours(policy)
        for (index, node) in captured.topology.nodes.enumerated() {
            guard let theirs = captured.captures[node.name] else { continue }
            let expected = (theirs[key] ?? JSONValue(.null, range: 0..<0)).canonical(unordered: unordered, key: key)
            let text = try JSONValue.parse(Array(ours(index).utf8))
            let found = text.canonical(unordered: unordered, key: key)
            if expected != found { return "\(key) of \(node.name)\n  ours    \(found)\n  service \(expected)" }
        }
        return nil
    }

    private func filterDifference(_ captured: CapturedCase) throws -> String? {
        let lists: Set = ["packet_filter_rules", "SrcIPs", "DstPorts", "Dsts", "CapGrant"]
        return try difference(captured, "packet_filter_rules", unordered: lists) { policy in
            let compiler = PacketFilterCompiler(policy)
            return { compiler.json(for: $0) }
        }
    }

    @Test(
        "Packet filters and messages agree",
        arguments: ["acl_results", "grant_results", "routes_results", "issue_3212"])
    func packetFiltersAndMessagesAgree(_ family: String) throws {
        try compare("\(family).jsonl.gz", filterDifference)
    }

    @Test("Tests of policies agree") func testsOfPoliciesAgree() throws {
        try compare("policytest_results.jsonl.gz", filterDifference)
    }

    @Test("SSH rules and messages agree", arguments: ["ssh_results", "sshtest_results"])
    func sshRulesAndMessagesAgree(_ family: String) throws {
        try compare("\(family).jsonl.gz") { captured in
            try filterDifference(captured)
                ?? difference(captured, "ssh_rules", unordered: ["principals"]) { policy in
                    { node in
                        let rules = policy.sshRules(for: node)
                        return rules.isEmpty ? "null" : "[" + rules.map(\.json).joined(separator: ",") + "]"
                    }
                }
        }
    }

    @Test("Node attributes agree") func nodeAttributesAgree() throws {
        try compare("nodeattrs_results.jsonl.gz") { captured in
            try filterDifference(captured)
                ?? difference(captured, "self_cap_map", unordered: []) { policy in
                    { policy.selfCapabilityMap(of: $0) }
                }
        }
    }
}
