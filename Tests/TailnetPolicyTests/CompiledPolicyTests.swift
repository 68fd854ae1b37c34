import ByteText
import TailnetModel
import TailnetPolicy
import Testing

@Suite("Compiled policy") struct CompiledPolicyTests {
    private typealias Fixture = PolicyFixture

    private func allows(
        _ policy: CompiledPolicy, _ source: Int, _ node: Int, _ port: UInt16 = 22,
        _ family: IPAddress.Family = .ipv4, proto: UInt8 = IPProtocol.tcp
    ) -> Bool {
        policy.verdict(source: source, node: node, family: family, proto: proto, port: port).isAllowed
    }

    @Test("Without rules everything is allowed") func withoutRulesEverythingIsAllowed() throws {
        let open = try Fixture.compiled("")
        #expect(open.verdict(source: 0, node: 4, proto: 6, port: 1) == .unrestricted)
        for closed in ["\"acls\": []", "\"grants\": []"] {
            #expect(try Fixture.compiled(closed).verdict(source: 0, node: 4, proto: 6, port: 1) == .denied)
        }
        #expect(try !Fixture.file("\"acls\": null").restrictsAccess)
    }

    @Test("Says which rule allows") func saysWhichRuleAllows() throws {
        let policy = try Fixture.compiled(
            """

            "acls": [
              {"action": "accept", "src": ["group:dev"], "dst": ["tag:web:443"]},
              {"action": "accept", "src": ["ben@example.com"], "dst": ["tag:web:22", "tag:db:5432"]},
            ],
            "grants": [
              {"src": ["*"], "dst": ["tag:web"], "ip": ["22"]},
            ],
            """)
        let verdict = policy.verdict(source: Fixture.benLaptop, node: Fixture.web, proto: 6, port: 22)
        #expect(verdict.rule == 1)
        #expect(policy.file.rules[verdict.rule].kind == .acl)
        #expect(policy.file.rules[verdict.rule].position.line == 6)
        let other = policy.verdict(source: Fixture.anaPhone, node: Fixture.web, proto: 6, port: 22)
        #expect(policy.file.rules[other.rule].kind == .grant)
        #expect(policy.file.rules[other.rule].index == 0)
        #expect(policy.file.rules[other.rule].position.line == 9)
        #expect(!allows(policy, Fixture.benLaptop, Fixture.database, 22))
        #expect(allows(policy, Fixture.benLaptop, Fixture.database, 5432))
    }

    @Test("An address brings no other family") func anAddressBringsNoOtherFamily() throws {
        let policy = try Fixture.compiled(#""acls": [{"action": "accept", "src": ["*"], "dst": ["webhost:*"]}]"#)
        #expect(allows(policy, Fixture.benLaptop, Fixture.web, 22, .ipv4))
        #expect(!allows(policy, Fixture.benLaptop, Fixture.web, 22, .ipv6))
    }

    @Test("Self is the owner's other devices") func selfIsTheOwnersOtherDevices() throws {
        let policy = try Fixture.compiled(
            #""acls": [{"action": "accept", "src": ["autogroup:member"], "dst": ["autogroup:self:*"]}]"#)
        #expect(allows(policy, Fixture.anaLaptop, Fixture.anaPhone))
        #expect(!allows(policy, Fixture.anaLaptop, Fixture.benLaptop))
        #expect(!allows(policy, Fixture.anaLaptop, Fixture.web))
        #expect(!allows(policy, Fixture.web, Fixture.database))
    }

    @Test(
        "Sources are who they are",
        arguments: [
            ("*", [0, 1, 2, 3, 4, 5, 6, 7]), ("autogroup:member", [0, 1, 2]), ("autogroup:tagged", [3, 4, 5, 6]),
            ("autogroup:owner", [0, 1]), ("autogroup:admin", [0, 1]), ("autogroup:it-admin", []),
            ("autogroup:shared", [7]),
            ("group:dev", [0, 1, 2]), ("group:none", []), ("user:*@example.com", [0, 1, 2]), ("tag:web", [3]),
            ("ana@example.com", [0, 1]), ("ANA@Example.com", [0, 1]), ("webhost", [3]), ("100.64.0.0/30", [0, 1, 2]),
            ("100.64.0.2-100.64.0.4", [1, 2, 3]), ("lan", []), ("autogroup:danger-all", [0, 1, 2, 3, 4, 5, 6, 7]),
        ])
    func sourcesAreWhoTheyAre(_ selector: String, _ expected: [Int]) throws {
        let policy = try Fixture.compiled(
            "\"grants\": [{\"src\": [\"\(selector)\"], \"dst\": [\"tag:db\"], \"ip\": [\"*\"]}]")
        #expect(Fixture.topology.nodes.indices.filter { allows(policy, $0, Fixture.database) } == expected)
    }

    @Test(
        "Destinations are what they are",
        arguments: [
            ("*", [0, 1, 2, 3, 4, 5, 6, 7]), ("autogroup:member", [0, 1, 2]), ("autogroup:tagged", [3, 4, 5, 6]),
            ("group:dev", [0, 1, 2]), ("tag:web", [3]), ("100.64.0.4", [3]), ("lan", []), ("autogroup:internet", []),
        ])
    func destinationsAreWhatTheyAre(_ selector: String, _ expected: [Int]) throws {
        let policy = try Fixture.compiled(
            "\"grants\": [{\"src\": [\"*\"], \"dst\": [\"\(selector)\"], \"ip\": [\"*\"]}]")
        #expect(Fixture.topology.nodes.indices.filter { allows(policy, Fixture.anaLaptop, $0) } == expected)
    }

    @Test("Subnets and the internet are destinations") func subnetsAndTheInternetAreDestinations() throws {
        let policy = try Fixture.compiled(
            """
            "grants": [
              {"src": ["ana@example.com"], "dst": ["lan"], "ip": ["tcp:22"]},
              {"src": ["ben@example.com"], "dst": ["autogroup:internet"], "ip": ["*"]},
            ]
            """)
        let host = try Fixture.address("10.1.2.3")
        let outside = try Fixture.address("8.8.8.8")
        #expect(policy.verdict(source: Fixture.anaLaptop, destination: host, proto: 6, port: 22).isAllowed)
        #expect(!policy.verdict(source: Fixture.anaLaptop, destination: host, proto: 17, port: 22).isAllowed)
        #expect(!policy.verdict(source: Fixture.anaLaptop, destination: outside, proto: 6, port: 22).isAllowed)
        #expect(policy.verdict(source: Fixture.benLaptop, destination: outside, proto: 6, port: 22).isAllowed)
        let private10 = try Fixture.address("10.9.9.9")
        #expect(!policy.verdict(source: Fixture.benLaptop, destination: private10, proto: 6, port: 22).isAllowed)
        let v6 = try Fixture.address("2001:db8::1")
        #expect(policy.verdict(source: Fixture.benLaptop, destination: v6, proto: 6, port: 22).isAllowed)
    }

    @Test("Hosts of a subnet are sources of their approved route") func hostsOfASubnetAreSourcesOfTheirApprovedRoute()
        throws
    {
        let policy = try Fixture.compiled(#""acls": [{"action": "accept", "src": ["*"], "dst": ["tag:web:80"]}]"#)
        let web = try Fixture.address("100.64.0.4")
        let routed = try Fixture.address("10.1.2.3")
        let unrouted = try Fixture.address("10.2.2.3")
        #expect(policy.verdict(from: routed, to: web, proto: 6, port: 80).isAllowed)
        #expect(!policy.verdict(from: unrouted, to: web, proto: 6, port: 80).isAllowed)
        #expect(!policy.verdict(from: try Fixture.address("fd00::1"), to: web, proto: 6, port: 80).isAllowed)
    }

    @Test("Via leads through the routes of the tagged routers") func viaLeadsThroughTheRoutesOfTheTaggedRouters() throws
    {
        let policy = try Fixture.compiled(
            """
            "grants": [
              {"src": ["*"], "dst": ["10.0.0.0/8"], "ip": ["*"], "via": ["tag:router"]},
              {"src": ["*"], "dst": ["autogroup:internet"], "ip": ["*"], "via": ["tag:exit"]},
            ]
            """)
        let allows = { (text: String) in
            policy.verdict(source: 0, destination: try Fixture.address(text), proto: 6, port: 1).isAllowed
        }
        #expect(try allows("10.1.2.3"))
        #expect(try !allows("10.2.0.1"))
        #expect(try allows("8.8.8.8"))
        #expect(try !allows("100.64.0.6"))
    }

    @Test("Postures narrow the sources") func posturesNarrowTheSources() throws {
        let policy = try Fixture.compiled(
            """
            "postures": {"posture:mac": ["node:os == 'macos'"], "posture:phone": ["node:os IN ['ios', 'android']"]},
            "defaultSrcPosture": ["posture:mac"],
            "acls": [
              {"action": "accept", "src": ["*"], "dst": ["tag:web:22"], "srcPosture": ["posture:phone", "posture:mac"]},
              {"action": "accept", "src": ["*"], "dst": ["tag:db:22"]},
            ]
            """)
        let reach = { (target: Int) in Fixture.topology.nodes.indices.filter { allows(policy, $0, target) } }
        #expect(reach(Fixture.web) == [Fixture.anaLaptop, Fixture.anaPhone])
        #expect(reach(Fixture.database) == [Fixture.anaLaptop])
        let web = try Fixture.address("100.64.0.4")
        #expect(!policy.verdict(from: try Fixture.address("10.1.2.3"), to: web, proto: 6, port: 22).isAllowed)
    }

    @Test("Sets of addresses add and remove") func setsOfAddressesAddAndRemove() throws {
        let policy = try Fixture.compiled(
            """
            "ipsets": {
              "ipset:all": ["100.64.0.0/28", "remove 100.64.0.3", "add ipset:more", "remove host:webhost"],
              "ipset:more": ["100.64.1.0/24"],
            },
            "grants": [{"src": ["ipset:all"], "dst": ["tag:db"], "ip": ["*"]}]
            """)
        let reach = Fixture.topology.nodes.indices.filter { allows(policy, $0, Fixture.database) }
        #expect(reach == [0, 1, 4, 5, 6, 7])
        let db = try Fixture.address("100.64.0.5")
        #expect(policy.verdict(from: try Fixture.address("100.64.1.9"), to: db, proto: 6, port: 1).isAllowed)
    }

    @Test("The internet can be narrowed by a set") func theInternetCanBeNarrowedByASet() throws {
        let policy = try Fixture.compiled(
            """
            "ipsets": {"ipset:out": ["autogroup:internet", "remove 8.8.0.0/16"]},
            "grants": [{"src": ["*"], "dst": ["ipset:out"], "ip": ["*"]}]
            """)
        let allows = { (text: String) in
            policy.verdict(source: 0, destination: try Fixture.address(text), proto: 6, port: 1).isAllowed
        }
        #expect(try allows("9.9.9.9"))
        #expect(try !allows("8.8.8.8"))
        #expect(try !allows("10.1.2.3"))
        let circle =
            #"{"acls": [], "ipsets": {"ipset:a": ["ipset:b"], "ipset:b": ["ipset:a"], "ipset:c": ["ipset:a"]}}"#
        #expect(PolicyFile.parse(circle).problems.map(\.position.column) == [25, 49])
    }

    @Test("Protocols and ports narrow the services") func protocolsAndPortsNarrowTheServices() throws {
        let policy = try Fixture.compiled(
            #""grants": [{"src": ["*"], "dst": ["tag:web"], "ip": ["tcp:80-90", "udp:53", "gre:*", "443"]}]"#)
        let allowed: [(UInt8, UInt16, Bool)] = [
            (6, 79, false), (6, 80, true), (6, 90, true), (6, 91, false), (17, 53, true), (17, 80, false),
            (47, 0, true),
            (6, 443, true), (17, 443, true), (1, 0, true), (58, 0, true), (132, 443, false), (50, 0, false),
        ]
        for (proto, port, expected) in allowed {
            #expect(allows(policy, 0, Fixture.web, port, proto: proto) == expected, "\(proto) \(port)")
        }
    }

    @Test("A device without an address reaches nothing by it") func aDeviceWithoutAnAddressReachesNothingByIt() {
        let lonely = PolicyTopology.Node(
            name: "v6", tags: ["tag:x"], ipv6: IPAddress(ipv6High: 0xFD7A_115C_A1E0_0000, low: 9))
        let policy = CompiledPolicy(
            file: PolicyFile.parse(#"{"acls": [{"action": "accept", "src": ["*"], "dst": ["*:*"]}]}"#).file
                ?? PolicyFile(),
            topology: PolicyTopology(users: [], nodes: [lonely]))
        #expect(policy.verdict(source: 0, node: 0, family: .ipv4, proto: 6, port: 1) == .denied)
        #expect(policy.verdict(source: 0, node: 0, family: .ipv6, proto: 6, port: 1).isAllowed)
    }
}
