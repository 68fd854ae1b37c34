import BundledScenarios
import TailnetModel
import TailnetPolicy

/// Changed policy files through the whole policy engine: reading, judging, tests, filters, SSH rules, layout.
final class PolicyTarget: FuzzTarget {
    static let name = "policy"

    private let texts: [[UInt8]]
    private let mutator: TextMutator
    private var text: [UInt8] = []

    init(_ workplace: Workplace) {
        let bundled = BundledFiles.bytes.filter { $0.key.hasSuffix(".hujson") }.sorted { $0.key < $1.key }
        texts = PolicyTarget.inline.map { Array($0.utf8) } + bundled.map(\.value)
        mutator = TextMutator(
            texts,
            words: [
                "\"autogroup:self\"", "\"autogroup:internet\"", "\"0.0.0.0/0\"", "\"::/0\"", "\"fd7a::1-fd7a::2\"",
                "\"*:*\"", "\"group:a\"", "\"svc:a\"", "\"tag:\"", "\"[::]:*\"",
            ])
    }

    func prepare(_ draws: inout CaseDraws) -> [UInt8] {
        text = mutator.mutated(draws.pick(texts), among: texts, &draws)
        return text
    }

    func judge() async -> Verdict {
        if let complaint = PolicyTarget.complaint(about: text) { return .finding(complaint) }
        return PolicyFile.parse(String(decoding: text, as: UTF8.self)).valid == nil ? .refused : .accepted
    }

    /// Policies of an own making, one with a bit of everything.
    private static let inline = [
        "{}", "{\"acls\": []}", "{\"grants\": [{\"src\": [\"*\"], \"dst\": [\"*\"], \"ip\": [\"*\"]}]}",
        """
        {
          // A policy with a bit of everything.
          "groups": {"group:dev": ["ana@example.com", "ben@example.com"], "group:all": ["ana@example.com", "odin@example.com"]},
          "hosts": {"db": "100.64.0.5", "lan": "10.1.0.0/16"},
          "tagOwners": {"tag:web": ["group:dev"], "tag:router": ["autogroup:admin"]}, /* owners */
          "postures": {"posture:p": ["node:os IN ['linux', \\"macos\\"]", "node:tsVersion >= '1.60'", "custom:x IS SET"]},
          "ipsets": {"ipset:s": ["10.0.0.0/8", "remove 10.1.1.1-10.1.1.9", "autogroup:internet"], "ipset:t": ["add ipset:s", "remove 10.2.0.0/16", "ipset:s"]},
          "autoApprovers": {"routes": {"10.1.0.0/16": ["tag:router"]}, "exitNode": ["group:dev"]},
          "acls": [{"action": "accept", "src": ["group:all", "*"], "proto": "tcp", "dst": ["tag:web:80,443", "[fd00::1]:1", "autogroup:self:*"]}],
          "grants": [{"src": ["autogroup:member"], "dst": ["lan", "10.9.0.0/16"], "ip": ["tcp:22", "icmp:*"], "via": ["tag:router"],
                      "app": {"tailscale.com/cap/drive": [{"a": [1.5e3, null, "\\u00e9"]}]}, "srcPosture": ["posture:p"]}],
          "ssh": [{"action": "check", "src": ["autogroup:member", "group:platform team@example.com"], "dst": ["autogroup:self", "tag:web"],
                   "users": ["root", "localpart:*@example.com"], "checkPeriod": "1h30m0.5s"}],
          "nodeAttrs": [{"target": ["*"], "attr": ["funnel"], "ipPool": ["100.81.0.0/16"]}],
          "tests": [{"src": "group:dev", "accept": ["tag:web:80"], "deny": ["db:22"]}],
          "sshTests": [{"src": "ana@example.com", "dst": ["tag:web", "db"], "check": ["root"], "deny": ["bob"]}],
        }
        """,
    ]

    /// A small tailnet that the texts' names fit.
    private static let topology = PolicyTopology(
        users: [
            PolicyTopology.User(login: "ana@example.com", role: .owner), PolicyTopology.User(login: "ben@example.com"),
            PolicyTopology.User(login: "odin@example.com", role: .admin),
        ],
        nodes: [
            node("ana", 1, owner: 0), node("ben", 2, owner: 1), node("odin", 3, owner: 2),
            node("web", 4, tags: ["tag:web"]),
            node("server", 5, tags: ["tag:server", "tag:prod"]), node("db", 6, tags: ["tag:db"]),
            node("router", 7, tags: ["tag:router"], routes: ["10.1.0.0/16", "10.33.0.0/16"]),
            node("exit", 8, tags: ["tag:exit"], routes: ["0.0.0.0/0", "::/0"]),
        ])

    private static func node(
        _ name: String, _ number: UInt32, owner: Int? = nil, tags: [String] = [], routes: [String] = []
    )
        -> PolicyTopology.Node
    {
        let routes = routes.compactMap { IPPrefix($0) }
        return PolicyTopology.Node(
            name: name, owner: owner, tags: tags, ipv4: IPAddress(ipv4: 0x6440_0000 + number),
            ipv6: IPAddress(ipv6High: 0xFD7A_115C_A1E0_0000, low: UInt64(number)), advertisedRoutes: routes,
            approvedRoutes: routes, attributes: [PostureAttribute("node:os", .text("linux"))])
    }

    /// Puts a text through everything; says what is wrong, if anything is.
    private static func complaint(about bytes: [UInt8]) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        let reading = PolicyFile.parse(text)
        if reading.answer.code != 200 && reading.problems.isEmpty { return "refused without a problem" }
        guard let file = reading.file else { return nil }
        _ = reading.answer(in: topology)
        let policy = CompiledPolicy(file: file, topology: topology)
        _ = policy.testFailures()
        let compiler = PacketFilterCompiler(policy)
        for source in topology.nodes.indices {
            _ = compiler.json(for: source)
            _ = policy.sshRules(for: source).map(\.json)
            _ = policy.selfCapabilityMap(of: source)
            for target in topology.nodes.indices {
                let verdict = policy.verdict(source: source, node: target, proto: IPProtocol.tcp, port: 443)
                if verdict.rule >= file.rules.count { return "a verdict names rule \(verdict.rule)" }
            }
            if let outside = IPAddress("10.1.2.3") {
                _ = policy.admits(source: source, destination: outside, .icmp(isAnswer: false))
            }
        }
        guard let formatted = try? PolicyFormatter.format(text) else { return "a file that can be read has no layout" }
        return (try? PolicyFormatter.format(formatted)) == formatted ? nil : "the layout of a layout differs"
    }
}
