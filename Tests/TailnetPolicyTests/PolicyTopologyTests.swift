import SimTime
import TailnetModel
import TailnetPolicy
import Testing

@Suite("Policy topology") struct PolicyTopologyTests {
    @Test("The owner's domain is the tailnet's") func theOwnersDomainIsTheTailnets() {
        let topology = PolicyTopology(
            users: [
                PolicyTopology.User(login: "a@x.org"), PolicyTopology.User(login: "Boss@Example.com", role: .owner),
            ], nodes: [])
        #expect(topology.domains == ["example.com"])
        #expect(topology.displayName == "boss@example.com")
    }

    @Test("Comes from the model") func comesFromTheModel() throws {
        let created = Instant(seconds: 0)
        let user = User(
            key: "ana", login: "ana@example.com", displayName: "Ana", role: .owner, number: 1, timeZone: .utc,
            created: created)
        let laptop = Node(
            key: "laptop", hostName: "laptop", name: "laptop.tail1.ts.net", number: 2, owner: 0, tags: [], os: .macOS,
            ipv4: IPAddress(ipv4: 0x6440_0001), ipv6: IPAddress(ipv6High: 0xFD7A_115C_A1E0_0000, low: 1),
            clientVersion: "1.98.2", isEphemeral: false, keyExpiryDisabled: false, created: created,
            advertisedRoutes: [], approvedRoutes: [])
        let tailnet = Tailnet(
            organization: "example.org", dnsSuffix: "tail1.ts.net", number: 3, settings: TailnetSettings())
        let topology = PolicyTopology(tailnet: tailnet, users: [user], nodes: [laptop])
        #expect(topology.domains == ["example.com", "example.org"])
        #expect(topology.displayName == "example.org")
        let policy = CompiledPolicy(
            file: try #require(
                PolicyFile.parse(
                    """
                    {
                      "postures": {"posture:new": ["node:os == 'macos'", "node:tsVersion >= '1.98'"]},
                      "acls": [{"action": "accept", "src": ["ana@example.com"], "dst": ["*:22"], "srcPosture": ["posture:new"]}],
                    }
                    """
                ).valid), topology: topology)
        #expect(policy.verdict(source: 0, node: 0, proto: IPProtocol.tcp, port: 22).isAllowed)
        #expect(!policy.verdict(source: 0, node: 0, proto: IPProtocol.tcp, port: 23).isAllowed)
    }
}
