import ScenarioSpec
import TailnetModel
import TailnetPolicy
import Testing

@Suite("Topology file") struct TopologyFileTests {
    private static let text = """
        {
          "users": [
            {"id": 1, "name": "ana", "email": "Ana@example.com"},
            {"id": 2, "name": "ben", "email": "ben@example.org"}
          ],
          "nodes": {
            "laptop": {"hostname": "ana-laptop", "user": "ana", "ipv4": "100.64.0.1", "ipv6": "fd7a:115c:a1e0::1"},
            "phone": {"user": "ben@example.org", "ipv4": "100.64.0.2"},
            "router": {
              "tags": ["tag:router"], "ipv4": "100.64.0.3",
              "routable_ips": ["10.1.0.0/16", "::/0"], "approved_routes": ["10.1.0.0/16"]
            }
          }
        }
        """

    private func problems(_ text: String) -> [String] {
        do throws(ScenarioProblems) {
            _ = try TopologyFile.decode(text, file: "t.json")
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }

    @Test("Reads users and devices") func readsUsersAndDevices() throws {
        let named = try TopologyFile.decode(Self.text, file: "t.json")
        let topology = named.topology
        #expect(topology.users.map(\.login) == ["ana@example.com", "ben@example.org"])
        #expect(topology.users.map(\.role) == [.owner, .admin])
        #expect(topology.nodes.map(\.name) == ["laptop", "phone", "router"])
        #expect(topology.nodes.map(\.owner) == [0, 1, nil])
        #expect(topology.nodes[2].tags == ["tag:router"])
        #expect(topology.nodes[0].addresses.map(\.description) == ["100.64.0.1", "fd7a:115c:a1e0::1"])
        #expect(topology.nodes[2].advertisedRoutes.map(\.description) == ["10.1.0.0/16", "::/0"])
        #expect(topology.nodes[2].approvedRoutes.map(\.description) == ["10.1.0.0/16"])
        #expect(named.otherNames == [["ana-laptop"], [], []])
        #expect(topology.domains == ["example.com"])
        #expect(topology.displayName == "ana@example.com")
    }

    @Test("Users go by their names, and groups have members") func usersGoByTheirNames() throws {
        let text = """
            {"users": [{"name": "ana", "email": "ana@example.com"}, {"name": "ben", "email": "ben@example.com"}],
             "groups": {"group:ops@example.com": ["Ben@example.com"]}, "nodes": {}}
            """
        let named = try TopologyFile.decode("\u{FEFF}" + text, file: "t.json")
        #expect(TopologyFile.isMeant(by: "\u{FEFF}" + text))
        #expect(["ana", "BEN", "ana@example.com", "eve"].map { named.user(named: $0) } == [0, 1, 0, nil])
        #expect(named.topology.groups == ["group:ops@example.com": ["ben@example.com"]])
        #expect(
            problems(#"{"nodes": {}, "groups": {"ops": [], "group:x": ["ben"]}}"#) == [
                "t.json:1: groups.ops: the name of a group begins with \"group:\"",
                "t.json:1: groups.group:x[0]: there must be a login such as \"ana@example.com\" here",
            ])
    }

    @Test("Reads the topology inside another object") func readsTheTopologyInsideAnotherObject() throws {
        let named = try TopologyFile.decode("{\"name\": \"x\", \"topology\": \(Self.text)}", file: "t.json")
        #expect(named.topology.nodes.count == 3)
        let problem = problems("{\"topology\": {\"nodes\": {\"a\": {\"ipv4\": \"::1\"}}}}")
        #expect(problem == ["t.json:1: topology.nodes.a.ipv4: \"::1\" is no IPv4 address"])
    }

    @Test("A role counts where one is given") func aRoleCountsWhereOneIsGiven() throws {
        let text = """
            {"users": [{"email": "a@x.org"}, {"email": "b@x.org", "role": "owner"}], "nodes": {}}
            """
        let topology = try TopologyFile.decode(text, file: "t.json").topology
        #expect(topology.users.map(\.role) == [.member, .owner])
    }

    @Test("Missing users are nobody") func missingUsersAreNobody() throws {
        #expect(try TopologyFile.decode("{\"users\": null, \"nodes\": {}}", file: "t.json").topology.users.isEmpty)
        #expect(try TopologyFile.decode("{\"nodes\": {}}", file: "t.json").topology.domains.isEmpty)
        let nameless = "{\"users\": [{\"name\": \"odin\", \"email\": \"\"}], \"nodes\": {}}"
        #expect(try TopologyFile.decode(nameless, file: "t.json").topology.users.map(\.displayName) == ["odin"])
    }

    @Test("Every problem is reported with line and path") func everyProblemIsReportedWithLineAndPath() {
        let text = """
            {
              "users": [{"name": "ana"}, {"email": "b@x.org", "role": "boss"}],
              "nodes": {
                "a": {"user": "b@x.orf", "tags": ["web"]},
                "b": {"ipv4": "100.64.0.1", "routable_ips": ["10.1"], "ipv6": 6},
                "c": {"ipv4": "100.64.0.1", "aproved_routes": []},
                "d": []
              }
            }
            """
        #expect(
            problems(text) == [
                "t.json:2: users[0]: a user needs \"email\", a login such as ana@example.com",
                "t.json:2: users[1].role: there is no role \"boss\"; there are owner, admin, it-admin, network-admin, "
                    + "billing-admin, auditor, member",
                "t.json:4: nodes.a.user: there is no user \"b@x.orf\"; did you mean \"b@x.org\"?",
                "t.json:4: nodes.a.tags[0]: there must be a tag such as \"tag:web\" here",
                "t.json:5: nodes.b.ipv6: there must be a string here: \"...\"",
                "t.json:5: nodes.b.routable_ips[0]: there must be a block of addresses such as \"10.1.0.0/16\" here",
                "t.json:6: nodes.c: unknown key \"aproved_routes\"; did you mean \"approved_routes\"?",
                "t.json:6: nodes.c: 100.64.0.1 is the address of \"b\" too; give each device its own",
                "t.json:7: nodes.d: there must be an object here: {...}",
            ])
    }

    @Test("Broken JSON has its place") func brokenJSONHasItsPlace() {
        let found = problems("{\n  \"nodes\": {,}\n}")
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("t.json:2: column 13: ") ?? false, "\(found)")
        #expect(problems("{}") == ["t.json:1: nodes: there must be \"nodes\", an object of devices by name"])
    }

    @Test(
        "Topologies are told from scenarios",
        arguments: [
            ("{\"nodes\": {}}", true), ("\n {", true), ("mocktail: 1\n", false), ("{\"mocktail\": 1}", false),
            ("", false),
        ])
    func topologiesAreToldFromScenarios(_ text: String, isTopology: Bool) {
        #expect(TopologyFile.isMeant(by: text) == isTopology)
    }

    @Test("A scenario is a topology with full names") func aScenarioIsATopologyWithFullNames() throws {
        let plan = try Scenario.decode(Fixture.text, file: "fixture.yaml", files: Fixture.files)
        let named = NamedTopology(plan)
        #expect(named.topology.nodes.count == plan.nodes.count)
        #expect(named.otherNames[0].contains("ana-laptop.tail3f9c1.ts.net"))
        #expect(named.topology.domains == ["example.com"])
    }

    @Test("Devices are found by any of their names") func devicesAreFoundByAnyOfTheirNames() throws {
        let plan = try Scenario.decode(Fixture.text, file: "fixture.yaml", files: Fixture.files)
        let named = NamedTopology(plan)
        #expect(named.node(named: "Ben-Laptop") == 1)
        #expect(named.node(named: "ben-laptop.tail3f9c1.ts.net.") == 1)
        #expect(named.node(named: "ben-laptop.example.com") == nil)
        #expect(named.nearestName(to: "bem-laptop", besides: ["tag:web"]) == "ben-laptop")
        #expect(named.nearestName(to: "tag:wbe", besides: ["tag:web"]) == "tag:web")
        #expect(named.nearestName(to: "something else", besides: ["tag:web"]) == nil)
    }
}
