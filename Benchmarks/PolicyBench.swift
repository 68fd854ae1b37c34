import TailnetModel
import TailnetPolicy

/// Measures the policy engine: how long a policy of 1,000 rules takes to be made ready for tailnets of growing size, and
/// how many verdicts it then gives.
enum PolicyBench {
    static let ruleCount = 1_000
    static let groupCount = 100
    static let tagCount = 100

    /// A policy with rules of all common kinds: groups, tags, people, hosts, blocks, one's own devices.
    static func policyText(users: Int) -> String {
        let groups = (0..<groupCount).map { group in
            let members = (0..<10).map { "\"user\((group * 7 + $0 * 13) % users)@example.com\"" }
            return "\"group:g\(group)\": [\(members.joined(separator: ", "))]"
        }
        let owners = (0..<tagCount).map { "\"tag:t\($0)\": [\"group:g0\"]" }
        let hosts = (0..<50).map { "\"host\($0)\": \"10.\($0).0.0/16\"" }
        let rules = (0..<ruleCount).map { index in
            let source =
                switch index % 4 {
                case 0, 1: "group:g\(index % groupCount)"
                case 2: "tag:t\(index % tagCount)"
                default: "user\(index % users)@example.com"
                }
            let targets =
                switch index % 5 {
                case 3: ["host\(index % 50)"]
                case 4 where index % 20 == 4: ["autogroup:self"]
                default: (0..<8).map { "tag:t\((index * 3 + $0 * 17) % tagCount)" }
                }
            let ports = "\(index % 500 + 20)-\(index % 500 + 420)"
            let destinations = targets.map { "\"\($0):\(ports)\"" }.joined(separator: ", ")
            return "{\"action\": \"accept\", \"src\": [\"\(source)\"], \"dst\": [\(destinations)]}"
        }
        return """
            {
              "groups": {\(groups.joined(separator: ", "))},
              "tagOwners": {\(owners.joined(separator: ", "))},
              "hosts": {\(hosts.joined(separator: ", "))},
              "acls": [\(rules.joined(separator: ",\n"))],
            }
            """
    }

    /// A tailnet where half of the nodes are people's and half are servers with one tag.
    static func topology(nodes: Int, users: Int) -> PolicyTopology {
        PolicyTopology(
            users: (0..<users).map {
                PolicyTopology.User(login: "user\($0)@example.com", role: $0 == 0 ? .owner : .member)
            },
            nodes: (0..<nodes).map { index in
                PolicyTopology.Node(
                    name: "node\(index)", owner: index % 2 == 0 ? index / 2 % users : nil,
                    tags: index % 2 == 0 ? [] : ["tag:t\(index / 2 % tagCount)"],
                    ipv4: IPAddress(ipv4: 0x6440_0000 + UInt32(index) + 1),
                    ipv6: IPAddress(ipv6High: 0xFD7A_115C_A1E0_0000, low: UInt64(index) + 1))
            })
    }

    static func run(runs: Int) async {
        talk("")
        talk("policy of \(ruleCount) rules; medians of \(runs) runs")
        let users = 500
        let text = policyText(users: users)
        guard let file = PolicyFile.parse(text).valid else {
            talk("the benchmark's policy is wrong: \(PolicyFile.parse(text).problems.prefix(3))")
            return
        }
        await timed("read the file", runs) { PolicyFile.parse(text).problems.count }
        for nodes in [10, 100, 1_000, 10_000] {
            let topology = topology(nodes: nodes, users: users)
            await timed("compile for \(nodes) nodes", runs) {
                CompiledPolicy(file: file, topology: topology).topology.nodes.count
            }
        }
        let policy = CompiledPolicy(file: file, topology: topology(nodes: 10_000, users: users))
        let filters = PacketFilterCompiler(policy)
        let sample = 100
        let each = await medianSeconds(runs) {
            var rules = 0
            for node in 0..<sample { rules += filters.filter(for: node * 97 % 10_000)?.count ?? 0 }
            return rules
        }
        row("packet filter of one of 10000 nodes", "\(fixed(each * 1e3 / Double(sample), 2)) ms")
        let asked = 2_000_000
        let all = await medianSeconds(runs) { verdicts(policy, asked) }
        let share = fixed(Double(verdicts(policy, asked)) * 100 / Double(asked), 1)
        row("verdicts, 10000 nodes, one thread", "\(fixed(Double(asked) / all, 0)) verdicts/s, \(share) % of them yes")
    }

    /// Asks about pairs and ports all over the tailnet and counts the yes.
    private static func verdicts(_ policy: CompiledPolicy, _ count: Int) -> Int {
        var allowed = 0
        var state: UInt64 = 42
        for _ in 0..<count {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let source = Int(state >> 33) % 10_000
            // A server: people's nodes are hardly ever a destination.
            let node = Int(state >> 18 & 0xFFFF) % 10_000 | 1
            let port = UInt16(20 + (state >> 40) % 900)
            if policy.verdict(source: source, node: node, proto: IPProtocol.tcp, port: port).isAllowed { allowed += 1 }
        }
        return allowed
    }

    private static func timed(_ name: String, _ runs: Int, _ work: () -> Int) async {
        row(name, "\(fixed(await medianSeconds(runs, work) * 1e3, 2)) ms")
    }

    /// The median of some runs; what the work gives is used, so that no compiler leaves it out.
    private static func medianSeconds(_ runs: Int, _ work: () -> Int) async -> Double {
        var times: [Double] = []
        var sum = 0
        for _ in 0..<runs { times.append(await seconds { sum &+= work() }) }
        precondition(sum >= 0)
        return times.sorted()[times.count / 2]
    }
}
