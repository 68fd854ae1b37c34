import TailnetModel
import TailnetPolicy
import Testing

/// Large and hostile files are answered soon, and by a sentence where there is a bound.
@Suite("Policy scale", .timeLimit(.minutes(10))) struct PolicyScaleTests {
    private typealias Fixture = PolicyFixture

    /// What a file takes from its text to the filters and SSH rules of all devices.
    private func compile(_ text: String) throws -> Duration {
        let clock = ContinuousClock()
        return try clock.measure {
            let reading = PolicyFile.parse(text)
            let file = try #require(reading.valid, "\(reading.problems.prefix(3))")
            let policy = CompiledPolicy(file: file, topology: Fixture.topology)
            let compiler = PacketFilterCompiler(policy)
            for node in Fixture.topology.nodes.indices {
                _ = compiler.json(for: node)
                _ = policy.sshRules(for: node)
            }
        }
    }

    private func address(_ number: Int) -> String { "10.\(number >> 14).\(number >> 7 & 127).\(number & 127)" }

    /// Expects that a file eight times as large takes no more than 24 times as long; work that grows with the square
    /// would take 64 times as long.
    private func expectNearlyLinear(_ text: (Int) -> String) throws {
        let small = try #require(try (0..<3).map { _ in try compile(text(500)) }.min())
        let large = try #require(try (0..<2).map { _ in try compile(text(4_000)) }.min())
        #expect(large < small * 24 + .milliseconds(100), "\(small) for 500 and \(large) for 4,000")
    }

    @Test("A rule grows with its sources, whatever they are", arguments: ["", "/25", "-10.255.255.255"])
    func aRuleGrowsWithItsSources(_ suffix: String) throws {
        try expectNearlyLinear { count in
            let sources = (0..<count).map { "\"\(address($0))\(suffix)\"" }.joined(separator: ",")
            return
                "{\(Fixture.names)\"acls\": [{\"action\": \"accept\", \"src\": [\(sources)], \"dst\": [\"tag:web:1\"]}]}"
        }
    }

    @Test("A rule grows with its destinations, each with a port of its own")
    func aRuleGrowsWithItsDestinations() throws {
        try expectNearlyLinear { count in
            let destinations = (0..<count).map { "\"\(address($0)):\($0 + 1)\"" }.joined(separator: ",")
            return "{\"acls\": [{\"action\": \"accept\", \"src\": [\"100.64.0.1\"], \"dst\": [\(destinations)]}]}"
        }
    }

    @Test("16,000 sources and 16,000 destinations with ports of their own in one rule")
    func sourcesAndDestinations() throws {
        let sources = (0..<16_000).map { "\"\(address($0))\"" }.joined(separator: ",")
        let destinations = (0..<16_000).map { "\"\(address($0 + 20_000)):\($0 + 1)\"" }.joined(separator: ",")
        let text = "{\"acls\": [{\"action\": \"accept\", \"src\": [\(sources)], \"dst\": [\(destinations)]}]}"
        #expect(try compile(text) < .seconds(60))
        let policy = CompiledPolicy(file: try #require(PolicyFile.parse(text).valid), topology: Fixture.topology)
        func allows(_ source: Int, _ destination: Int, _ port: UInt16) throws -> Bool {
            let from = try Fixture.address(address(source))
            let to = try Fixture.address(address(destination + 20_000))
            return policy.verdict(from: from, to: to, proto: 6, port: port).isAllowed
        }
        #expect(try allows(0, 0, 1) && allows(15_999, 15_999, 16_000) && allows(7, 15_999, 16_000))
        #expect(try !allows(0, 0, 2) && !allows(16_000, 0, 1) && !allows(0, 16_000, 16_001))
    }

    @Test("Rules that would not fit into memory are refused by a sentence")
    func tooManyPorts() {
        let destinations = (0..<50_000).map { "\"\(address($0)):\($0 + 1)\"" }.joined(separator: ",")
        let text = "{\"acls\": [{\"action\": \"accept\", \"src\": [\"*\"], \"dst\": [\(destinations)]}]}"
        let messages = PolicyFile.parse(text).problems.map(\.message)
        #expect(
            messages == [
                "acls[0]: the rules have 50000 lists of ports and name 50000 addresses, blocks and ranges; the limit is "
                    + "2147483648 of the one times the other; let destinations share their ports, or name blocks of addresses"
            ])
    }

    @Test("A group grows with its members, a policy with its mistakes") func namesGrow() throws {
        try expectNearlyLinear { count in
            let members = (0..<count).map { "\"user\($0)@example.com\"" }.joined(separator: ",")
            return """
                {"groups": {"group:all": [\(members)]},
                 "acls": [{"action": "accept", "src": ["group:all"], "dst": ["group:all:22"]}]}
                """
        }
        let wrong = (0..<16_000).map { "\"tag:t\($0)\"" }.joined(separator: ",")
        let reading = PolicyFile.parse(
            "{\(Fixture.names)\"grants\": [{\"src\": [\(wrong)], \"dst\": [\"*\"], \"ip\": [\"*\"]}]}")
        #expect(reading.problems.count == 16_000)
    }

    @Test("16,000 sources and 16,000 rules") func sixteenThousand() throws {
        let sources = (0..<16_000).map { "\"\(address($0))\"" }
        let one =
            "{\"acls\": [{\"action\": \"accept\", \"src\": [\(sources.joined(separator: ","))], \"dst\": [\"*:*\"]}]}"
        #expect(try compile(one) < .seconds(60))
    }

    @Test("Sets that double thirty times are as large as one") func setsThatDoubleThirtyTimes() throws {
        let sets = (1...30).map { "\"ipset:s\($0)\": [\"ipset:s\($0 - 1)\", \"add ipset:s\($0 - 1)\"]" }
        let text = """
            {"ipsets": {"ipset:s0": ["100.64.0.1", "100.64.0.3"], \(sets.joined(separator: ", "))},
             "grants": [{"src": ["ipset:s30"], "dst": ["*"], "ip": ["*"]}]}
            """
        #expect(try compile(text) < .seconds(1))
        let policy = CompiledPolicy(file: try #require(PolicyFile.parse(text).valid), topology: Fixture.topology)
        #expect(PacketFilterCompiler(policy).filter(for: 0)?.first?.sources == ["100.64.0.1", "100.64.0.3"])
    }

    @Test("A long chain of sets is followed to its end") func aLongChainOfSetsIsFollowedToItsEnd() throws {
        let sets = (1...8_000).reversed().map { "\"ipset:s\($0)\": [\"ipset:s\($0 - 1)\"]" }
        let text = """
            {"ipsets": {\(sets.joined(separator: ", ")), "ipset:s0": ["100.64.0.1"]},
             "grants": [{"src": ["ipset:s8000"], "dst": ["*"], "ip": ["*"]}]}
            """
        #expect(try compile(text) < .seconds(60))
    }

    @Test("Sets that grow out of hand are refused by a sentence") func setsThatGrowOutOfHand() {
        let large = (0..<2_000).map { "\"10.\($0 >> 7).\($0 & 127).0/25\"" }.joined(separator: ",")
        let sets = (0..<1_000).map { "\"ipset:s\($0)\": [\"ipset:large\", \"192.168.\($0 >> 8).\($0 & 255)\"]" }
        let text = "{\"ipsets\": {\"ipset:large\": [\(large)], \(sets.joined(separator: ","))}, \"acls\": []}"
        let messages = PolicyFile.parse(text).problems.map(\.message)
        #expect(messages.count == 1)
        #expect(messages.first?.contains("the sets hold more than 1000000 ranges of addresses together") == true)
    }

    @Test("Circles of sets are found, and only they") func circlesOfSetsAreFoundAndOnlyThey() {
        let text = """
            {"acls": [], "ipsets": {
              "ipset:in": ["ipset:a"], "ipset:a": ["ipset:b"], "ipset:b": ["ipset:c", "10.0.0.1"], "ipset:c": ["ipset:a"],
              "ipset:self": ["ipset:self"], "ipset:between": ["ipset:a"], "ipset:d": ["ipset:between", "ipset:e"],
              "ipset:e": ["ipset:d"], "ipset:plain": ["10.0.0.1"],
            }}
            """
        let names = PolicyFile.parse(text).problems.map { $0.message.prefix { $0 != "]" } }
        #expect(names == ["a", "b", "c", "self", "d", "e"].map { "ipsets[\"ipset:\($0)\"" })
    }

    @Test("Sets hold what their entries say, one after the other", arguments: Array(1...20 as ClosedRange<UInt64>))
    func setsHoldWhatTheirEntriesSay(_ seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed)
        var entries: [String] = []
        var held: Set<Int> = []
        for _ in 0...numbers.below(12) {
            let first = numbers.below(250)
            let last = min(255, first + numbers.below(60))
            let adds = numbers.below(3) > 0
            entries.append("\"\(adds ? "add " : "remove ")10.0.0.\(first)-10.0.0.\(last)\"")
            if adds { held.formUnion(first...last) } else { held.subtract(first...last) }
        }
        let policy = try Fixture.compiled(
            """
            "ipsets": {"ipset:s": [\(entries.joined(separator: ", "))]},
            "grants": [{"src": ["*"], "dst": ["ipset:s"], "ip": ["*"]}]
            """)
        let found = (0...255).filter {
            policy.verdict(source: 0, destination: IPAddress(ipv4: 0x0A00_0000 + UInt32($0)), proto: 6, port: 1)
                .isAllowed
        }
        #expect(Set(found) == held, "\(entries)")
    }

    @Test("Sets reach the ends of both families") func setsReachTheEndsOfBothFamilies() throws {
        let policy = try Fixture.compiled(
            """
            "ipsets": {"ipset:s": ["0.0.0.0/1", "128.0.0.0/1", "::/1", "8000::/1", "remove 255.255.255.255", "remove ::"]},
            "grants": [{"src": ["*"], "dst": ["ipset:s"], "ip": ["*"]}]
            """)
        let allows = { (text: String) in
            policy.verdict(source: 0, destination: try Fixture.address(text), proto: 6, port: 1).isAllowed
        }
        for text in ["0.0.0.0", "255.255.255.254", "::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"] {
            #expect(try allows(text), "\(text)")
        }
        for text in ["255.255.255.255", "::"] { #expect(try !allows(text), "\(text)") }
    }
}
