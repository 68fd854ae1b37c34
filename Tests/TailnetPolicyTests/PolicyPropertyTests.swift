import TailnetModel
import TailnetPolicy
import Testing

/// Properties of policies made at random from a seed.
@Suite("Policy property") struct PolicyPropertyTests {
    private static let seeds = Array(1...24 as ClosedRange<UInt64>)

    /// A tailnet of a few devices of every sort.
    private func topology(_ numbers: inout SeededNumbers) -> PolicyTopology {
        let roles = UserRole.allCases
        let users = ["ana@example.com", "ben@example.com", "eve@other.org"].map {
            PolicyTopology.User(login: $0, role: numbers.pick(roles))
        }
        let nodes = (1...10 as ClosedRange<UInt32>).map { number in
            let isTagged = numbers.below(2) == 0
            let route = IPPrefix(numbers.pick(["10.1.0.0/16", "10.1.2.0/24", "fd00:1::/64", "0.0.0.0/0"]))
            let routes = numbers.below(3) == 0 ? [route].compactMap { $0 } : []
            return PolicyTopology.Node(
                name: "n\(number)", owner: isTagged ? nil : numbers.below(3),
                tags: isTagged ? Array(Set(numbers.some(["tag:a", "tag:b"], most: 2))).sorted() : [],
                ipv4: IPAddress(ipv4: 0x6440_0000 + number),
                ipv6: numbers.below(4) == 0 ? nil : IPAddress(ipv6High: 0xFD7A_115C_A1E0_0000, low: UInt64(number)),
                advertisedRoutes: routes, approvedRoutes: routes, isExternal: !isTagged && numbers.below(5) == 0,
                attributes: numbers.below(2) == 0 ? [PostureAttribute("node:os", .text("linux"))] : [])
        }
        return PolicyTopology(users: users, nodes: nodes, domains: ["example.com"])
    }

    private let names = """
        "tagOwners": {"tag:a": [], "tag:b": []}, "groups": {"group:g": ["ana@example.com", "eve@other.org"], "group:h": []},
        "hosts": {"one": "100.64.0.3", "net": "10.1.0.0/16"}, "postures": {"posture:p": ["node:os == 'linux'"]},
        "ipsets": {"ipset:s": ["100.64.0.0/29", "remove 100.64.0.2", "fd7a:115c:a1e0::/64"]},
        """

    private func rule(_ numbers: inout SeededNumbers) -> String {
        let list = { (words: [String]) in "[" + words.map { "\"\($0)\"" }.joined(separator: ",") + "]" }
        let people = [
            "ana@example.com", "eve@other.org", "group:g", "group:h", "autogroup:member", "user:*@example.com",
        ]
        let others = [
            "*", "tag:a", "tag:b", "autogroup:tagged", "one", "net", "100.64.0.4", "100.64.0.0/30", "ipset:s",
            "autogroup:shared", "autogroup:admin", "fd7a:115c:a1e0::2",
        ]
        let isSelf = numbers.below(5) == 0
        let sources = numbers.some(isSelf ? people : people + others + ["autogroup:danger-all"], most: 3)
        let targets = isSelf ? ["autogroup:self"] : numbers.some(people + others + ["autogroup:internet"], most: 3)
        let services = numbers.some(["*", "22", "80-90", "tcp:443", "udp:53", "icmp:*"], most: 2)
        let posture = numbers.below(5) == 0 ? ",\"srcPosture\":[\"posture:p\"]" : ""
        let via = !isSelf && numbers.below(6) == 0 ? ",\"via\":[\"tag:a\"]" : ""
        return "{\"src\":\(list(sources)),\"dst\":\(list(targets)),\"ip\":\(list(services))\(posture)\(via)}"
    }

    private func compile(_ rules: [String], _ topology: PolicyTopology) throws -> CompiledPolicy {
        let reading = PolicyFile.parse("{\(names)\"grants\": [\(rules.joined(separator: ","))]}")
        return CompiledPolicy(file: try #require(reading.valid, "\(reading.problems)"), topology: topology)
    }

    private let services: [(UInt8, UInt16)] = [(6, 22), (6, 85), (6, 443), (17, 53), (17, 443), (1, 0), (47, 0)]

    private func targets(_ topology: PolicyTopology) -> [IPAddress] {
        topology.nodes.flatMap(\.addresses)
            + ["10.1.2.3", "10.1.9.9", "10.9.9.9", "8.8.8.8", "fd00:1::5", "2001:db8::1", "100.99.0.1"].compactMap {
                IPAddress($0)
            }
    }

    @Test("Compiled equals evaluated directly", arguments: seeds)
    func compiledEqualsEvaluatedDirectly(_ seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed)
        let topology = topology(&numbers)
        let policy = try compile((0...numbers.below(6)).map { _ in rule(&numbers) }, topology)
        let direct = DirectEvaluation(file: policy.file, topology: topology)
        var differences: [String] = []
        for source in topology.nodes.indices {
            for target in targets(topology) {
                for (proto, port) in services {
                    let expected = direct.verdict(source, target, proto, port)
                    let found = policy.verdict(source: source, destination: target, proto: proto, port: port)
                    if found != expected { differences.append("\(source) to \(target) \(proto)/\(port)") }
                }
            }
        }
        #expect(differences.isEmpty)
    }

    @Test("Order changes nothing and more rules take nothing away", arguments: seeds)
    func orderChangesNothingAndMoreRulesTakeNothingAway(_ seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed &* 7919)
        let topology = topology(&numbers)
        let rules = (0...3 + numbers.below(4)).map { _ in rule(&numbers) }
        let all = try compile(rules, topology)
        let reversed = try compile(rules.reversed(), topology)
        let fewer = try compile(Array(rules.dropLast()), topology)
        var differences: [String] = []
        for source in topology.nodes.indices {
            for target in targets(topology) {
                for (proto, port) in services {
                    let allows = { (policy: CompiledPolicy) in
                        policy.verdict(source: source, destination: target, proto: proto, port: port).isAllowed
                    }
                    if allows(all) != allows(reversed) { differences.append("order: \(source) to \(target)") }
                    if allows(fewer) && !allows(all) { differences.append("fewer: \(source) to \(target)") }
                }
            }
        }
        #expect(differences.isEmpty)
    }

    @Test("The filter says what the verdict says", arguments: seeds)
    func theFilterSaysWhatTheVerdictSays(_ seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed &* 104_729)
        let topology = topology(&numbers)
        let policy = try compile((0...numbers.below(6)).map { _ in rule(&numbers) }, topology)
        let compiler = PacketFilterCompiler(policy)
        var differences: [String] = []
        for target in topology.nodes.indices {
            let filter = compiler.filter(for: target) ?? []
            for address in topology.nodes[target].addresses {
                for source in topology.nodes.indices {
                    for (proto, port) in services {
                        let verdict = policy.verdict(source: source, destination: address, proto: proto, port: port)
                        let isFiltered = topology.nodes[source].addresses.contains { from in
                            from.family == address.family && filter.contains { $0.admits(from, address, proto, port) }
                        }
                        if verdict.isAllowed != isFiltered {
                            differences.append("\(source) to \(address) \(proto)/\(port)")
                        }
                    }
                }
            }
        }
        #expect(differences.isEmpty)
    }
}

extension PacketFilterRule {
    /// Whether the rule of a filter lets a packet through, read from its text alone.
    fileprivate func admits(_ source: IPAddress, _ destination: IPAddress, _ proto: UInt8, _ port: UInt16) -> Bool {
        let holds = { (text: String, address: IPAddress) in text == "*" || AddressRange(text)?.contains(address) == true
        }
        let isProtocol = protocols.isEmpty ? IPProtocol.isDefault(proto) : protocols.contains(proto)
        return isProtocol && sources.contains { holds($0, source) }
            && destinations.contains {
                holds($0.address, destination) && ($0.ports.contains(port) || !IPProtocol.hasPorts(proto))
            }
    }
}
