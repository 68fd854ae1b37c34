import TailnetModel
import TailnetPolicy
import Testing

@Suite("Node capabilities") struct NodeCapabilitiesTests {
    private typealias Fixture = PolicyFixture

    private func names(_ policy: CompiledPolicy, _ node: Int) -> Set<String> {
        Set(policy.selfCapabilities(of: node).map(\.name))
    }

    @Test("Defaults depend on the role") func defaultsDependOnTheRole() throws {
        let policy = try Fixture.compiled("")
        let owner = "https://tailscale.com/cap/is-owner"
        let admin = "https://tailscale.com/cap/is-admin"
        #expect(names(policy, Fixture.anaLaptop).isSuperset(of: [owner, admin, "https://tailscale.com/cap/ssh"]))
        #expect(names(policy, Fixture.benLaptop).isDisjoint(with: [owner, admin]))
        #expect(names(policy, Fixture.web).contains(owner))
        #expect(
            policy.selfCapabilityMap(of: Fixture.benLaptop).hasPrefix(
                #"{"default-auto-update":[false],"https://tailscale.com/cap/file-sharing":null,"#))
        #expect(policy.selfCapabilityMap(of: Fixture.web).hasSuffix(#""tailnet-display-name":["ana@example.com"]}"#))
    }

    @Test("Attributes go to their targets") func attributesGoToTheirTargets() throws {
        let policy = try Fixture.compiled(
            """
            "randomizeClientPort": true,
            "nodeAttrs": [
              {"target": ["group:dev", "tag:web"], "attr": ["funnel"]},
              {"target": ["webhost"], "app": {"tailscale.com/app-connectors": [{"name": "x"}]}},
              {"target": ["*"], "attr": ["nextdns:abc"]},
            ]
            """)
        let having = { (name: String) in Fixture.topology.nodes.indices.filter { names(policy, $0).contains(name) } }
        #expect(having("funnel") == [0, 1, 2, 3])
        #expect(having("tailscale.com/app-connectors") == [3])
        #expect(having("nextdns:abc").count == 8)
        #expect(having("randomize-client-port").count == 8)
        let connector = policy.selfCapabilities(of: Fixture.web).first { $0.name == "tailscale.com/app-connectors" }
        #expect(connector?.values == [#"{"name":"x"}"#])
    }
}
