import ScenarioSpec
import SimTime
import TailnetModel
import Testing

@Suite("Numbering") struct NumberingTests {
    @Test("A newcomer changes nobody's numbers") func aNewcomerChangesNobodysNumbers() throws {
        let plan = try Fixture.plan()
        let larger = try Scenario.decode(
            Fixture.text
                .replacing("  - name: ben\n", with: "  - name: ben\n  - name: cleo\n")
                .replacing("count: 3", with: "count: 5")
                .replacing(
                    "oauthClients:\n",
                    with: "  - {name: cleo-laptop, user: cleo}\noauthClients:\n  - {name: b, scopes: all}\n"),
            file: "fixture.yaml", files: Fixture.files)
        #expect(larger.nodes.count == plan.nodes.count + 3)
        for node in plan.nodes { #expect(larger.nodes.contains(node)) }
        for user in plan.users { #expect(larger.users.contains(user)) }
        for client in plan.oauthClients { #expect(larger.oauthClients.contains(client)) }
        #expect(larger.tailnet == plan.tailnet)
    }

    @Test("Many nodes have distinct numbers and addresses") func manyNodesHaveDistinctNumbersAndAddresses() throws {
        let plan = try Fixture.plan("count: 3", "count: 4000")
        #expect(Set(plan.nodes.map(\.number)).count == 4_003)
        #expect(Set(plan.nodes.map(\.ipv4)).count == 4_003)
        #expect(Set(plan.nodes.map(\.ipv6)).count == 4_003)
        for node in plan.nodes {
            #expect(TailnetAddress.isAssignable(UInt32(node.ipv4.low)))
            #expect((4_000_000_000_000...StableID.largestNumber).contains(node.number))
            #expect(node.created < plan.span.start)
        }
    }

    @Test("Equal host names get suffixes") func equalHostNamesGetSuffixes() throws {
        let plan = try Fixture.plan(
            "{name: web, count: 3, tags: [tag:web]}", "{name: web, count: 3, hostName: db, tags: [tag:web]}")
        #expect(plan.nodes.map(\.hostName) == ["ana-laptop", "ben-laptop", "db", "db-1", "db-2", "db-3"])
        #expect(plan.nodes[5].name == "db-3.tail3f9c1.ts.net")
    }

    @Test("A tailnet without name draws one") func aTailnetWithoutNameDrawsOne() throws {
        let suffix = try Fixture.plan("  dns: tail3f9c1\n", "").tailnet.dnsSuffix
        #expect(
            suffix.hasPrefix("tail") && suffix.hasSuffix(".ts.net") && suffix.utf8.count == "tail3f9c1.ts.net".count)
    }
}
