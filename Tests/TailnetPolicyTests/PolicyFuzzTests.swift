import ByteText
import TailnetModel
import TailnetPolicy
import Testing

/// Mutated policy files are read, judged and compiled without a crash, and laid out without a loss.
@Suite("Policy fuzz") struct PolicyFuzzTests {
    private static let text = """
        {
          // A policy with a bit of everything.
          "groups": {"group:dev": ["ana@example.com", "ben@example.com"]}, "hosts": {"db": "100.64.0.5", "lan": "10.1.0.0/16"},
          "tagOwners": {"tag:web": ["group:dev"], "tag:router": ["autogroup:admin"]}, /* owners */
          "postures": {"posture:p": ["node:os IN ['linux', \\"macos\\"]", "node:tsVersion >= '1.60'", "custom:x IS SET"]},
          "ipsets": {"ipset:s": ["10.0.0.0/8", "remove 10.1.1.1-10.1.1.9", "autogroup:internet"], "ipset:t": ["add ipset:s"]},
          "autoApprovers": {"routes": {"10.1.0.0/16": ["tag:router"]}, "exitNode": ["group:dev"]},
          "acls": [{"action": "accept", "src": ["group:dev", "*"], "proto": "tcp", "dst": ["tag:web:80,443", "db:5000-6000", "[fd00::1]:1", "autogroup:self:*"]}],
          "grants": [{"src": ["autogroup:member"], "dst": ["lan", "10.9.0.0/16"], "ip": ["tcp:22", "icmp:*", "*"], "via": ["tag:router"], "app": {"example.com/cap/x": [{"a": [1.5e3, null, "\\u00e9"]}]}, "srcPosture": ["posture:p"]}],
          "ssh": [{"action": "check", "src": ["autogroup:member"], "dst": ["autogroup:self", "tag:web"], "users": ["root", "localpart:*@example.com"], "checkPeriod": "1h30m0.5s"}],
          "nodeAttrs": [{"target": ["*"], "attr": ["funnel"], "ipPool": ["100.81.0.0/16"]}],
          "tests": [{"src": "group:dev", "accept": ["tag:web:80"], "deny": ["db:22"]}],
          "sshTests": [{"src": "ana@example.com", "dst": ["tag:web", "db"], "check": ["root"], "deny": ["bob"]}],
        }
        """

    @Test("Nothing crashes", arguments: Array(1...12 as ClosedRange<UInt64>))
    func nothingCrashes(_ seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed)
        let original = Array(Self.text.utf8)
        #expect(PolicyFile.parse(Self.text).valid != nil)
        var valid = 0
        for _ in 0..<25 {
            var bytes = original
            for _ in 0...numbers.below(3) { mutate(&bytes, &numbers) }
            let text = String(decoding: bytes, as: UTF8.self)
            let reading = PolicyFile.parse(text)
            #expect(reading.answer.code == 200 || !reading.problems.isEmpty)
            guard let file = reading.file else { continue }
            valid += 1
            _ = reading.answer(in: PolicyFixture.topology)
            let policy = CompiledPolicy(file: file, topology: PolicyFixture.topology)
            let compiler = PacketFilterCompiler(policy)
            for node in PolicyFixture.topology.nodes.indices {
                _ = try JSONValue.parse(Array(compiler.json(for: node).utf8))
                for rule in policy.sshRules(for: node) { _ = try JSONValue.parse(Array(rule.json.utf8)) }
                _ = try JSONValue.parse(Array(policy.selfCapabilityMap(of: node).utf8))
            }
            let formatted = try PolicyFormatter.format(text)
            #expect(try PolicyFormatter.format(formatted) == formatted)
            let before = try JSONValue.parse(Array(text.utf8), syntax: .hujson)
            #expect(try JSONValue.parse(Array(formatted.utf8), syntax: .hujson).canonical() == before.canonical())
        }
        #expect(valid > 0)
    }

    /// Takes away, doubles, swaps or replaces a few bytes.
    private func mutate(_ bytes: inout [UInt8], _ numbers: inout SeededNumbers) {
        let start = numbers.below(bytes.count)
        let end = min(bytes.count, start + 1 + numbers.below(6))
        switch numbers.below(5) {
        case 0: bytes.removeSubrange(start..<end)
        case 1: bytes.insert(contentsOf: bytes[start..<end], at: start)
        case 2: bytes[start] = numbers.pick(Array("{}[],:\"/*\n 019.-@".utf8))
        case 3: bytes.swapAt(start, numbers.below(bytes.count))
        default: bytes.insert(contentsOf: numbers.pick(["/*x*/", "//\n", ",", "\"\"", "null", " "]).utf8, at: start)
        }
    }
}
