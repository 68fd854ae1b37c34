import TailnetModel
import TailnetPolicy
import Testing

@Suite("SSH explanation") struct SSHExplanationTests {
    private typealias Fixture = PolicyFixture

    private static let text = """
        {\(PolicyFixture.names)
          "acls": [{"action": "accept", "src": ["group:dev"], "dst": ["tag:web:22"]}],
          "ssh": [
            {"action": "accept", "src": ["group:dev"], "dst": ["tag:web"], "users": ["ubuntu", "autogroup:nonroot"]},
            {"action": "check", "src": ["ana@example.com"], "dst": ["tag:web", "tag:db"], "users": ["root"]},
          ],
        }
        """

    private func party(_ node: Int) -> PolicyParty {
        let device = Fixture.topology.nodes[node]
        return PolicyParty(node: node, addresses: device.addresses, name: device.name)
    }

    private func answer(_ source: Int, _ target: PolicyParty, as user: String) throws -> [String] {
        let file = try #require(PolicyFile.parse(Self.text).valid)
        let policy = CompiledPolicy(file: file, topology: Fixture.topology)
        let explanation = SSHExplanation(of: policy, file: "p.hujson", text: Self.text, user: user)
        return explanation.answers(from: [party(source)], to: [target]).flatMap {
            $0.split(separator: "\n").map(String.init)
        }
    }

    @Test("A yes names the rule and how it applies") func aYesNamesTheRule() throws {
        let lines = try answer(Fixture.benLaptop, party(Fixture.web), as: "deploy")
        #expect(lines.count == 4, "\(lines)")
        #expect(lines[0] == "yes: ben-laptop (100.64.0.3) can use SSH to web (100.64.0.4) as deploy, by ssh[0]")
        #expect(lines[1].hasPrefix("  p.hujson:6: {\"action\": \"accept\", \"src\": [\"group:dev\"]"))
        #expect(
            lines[2...] == [
                "  source:      group:dev -> ben@example.com -> ben-laptop", "  destination: tag:web -> web",
            ])
    }

    @Test("A check is said, and a network that is closed") func aCheckIsSaid() throws {
        let open = try answer(Fixture.anaLaptop, party(Fixture.web), as: "root")
        #expect(
            open.first
                == "yes: ana-laptop (100.64.0.1) can use SSH to web (100.64.0.4) as root after a check, by ssh[1]")
        let closed = try answer(Fixture.anaLaptop, party(Fixture.database), as: "root")
        #expect(closed.first?.hasPrefix("yes: ana-laptop") == true)
        #expect(closed.last == "  but no rule of acls or grants lets it reach tcp port 22, which SSH needs")
    }

    @Test("A no names the rules that come nearest") func aNoNamesTheRulesThatComeNearest() throws {
        let user = try answer(Fixture.benLaptop, party(Fixture.web), as: "root")
        #expect(user[0] == "no: ben-laptop (100.64.0.3) cannot use SSH to web (100.64.0.4) as root")
        #expect(user[1] == "  ssh[0] leads there, but as ubuntu, autogroup:nonroot")
        let place = try answer(Fixture.benLaptop, party(Fixture.database), as: "ubuntu")
        #expect(place[1...] == ["  rules for ben-laptop: ssh[0]", "  rules that lead to db: ssh[1]"])
        let address = try Fixture.address("10.1.2.3")
        let host = try answer(
            Fixture.benLaptop, PolicyParty(node: nil, addresses: [address], name: "10.1.2.3"), as: "root")
        #expect(
            host == [
                "no: ben-laptop (100.64.0.3) cannot use SSH to 10.1.2.3 as root: Tailscale SSH goes to nodes, not to other hosts"
            ])
    }
}
