import TailnetModel
import TailnetPolicy
import Testing

@Suite("How far a policy lets anybody come")
struct PolicyReachTests {
    private typealias Fixture = PolicyFixture

    private func nodes(_ indices: Int...) -> PolicyEnds { PolicyEnds(nodes: indices, addresses: []) }

    @Test("Ports, people, and the owner's own devices are told apart")
    func reach() throws {
        let policy = try Fixture.compiled(
            """
            "acls": [
              {"action": "accept", "src": ["group:dev"], "dst": ["tag:web:80,443", "autogroup:self:22"]},
              {"action": "accept", "src": ["tag:web"], "proto": "udp", "dst": ["lan:53"]},
            ]
            """)
        let people = nodes(Fixture.anaLaptop, Fixture.benLaptop)
        let web = nodes(Fixture.web)
        #expect(policy.reach(from: people, to: web, proto: 6, ports: [443]) == .some)
        #expect(policy.reach(from: people, to: web, proto: 6, ports: [22]) == .otherPorts(rule: "acls[0]"))
        #expect(policy.reach(from: people, to: nodes(Fixture.database), proto: 6, ports: [443]) == .none)
        #expect(policy.reach(from: web, to: people, proto: 6, ports: [443]) == .none)
        #expect(
            policy.reach(from: nodes(Fixture.anaLaptop), to: nodes(Fixture.anaPhone), proto: 6, ports: [22]) == .some)
        #expect(
            policy.reach(from: nodes(Fixture.anaLaptop), to: nodes(Fixture.benLaptop), proto: 6, ports: [22]) == .none)
        #expect(policy.reach(from: people, to: web, proto: 1, ports: []) == .some)
        let host = PolicyEnds(nodes: [], addresses: [try Fixture.address("10.1.2.3")])
        #expect(policy.reach(from: web, to: host, proto: 17, ports: [53]) == .some)
        #expect(policy.reach(from: web, to: host, proto: 6, ports: [53]) == .otherPorts(rule: "acls[1]"))
        #expect(policy.reach(from: host, to: web, proto: 17, ports: [53]) == .none)
        #expect(policy.reach(from: people, to: nodes(Fixture.guest), proto: 6, ports: [1]) == .some)
    }

    @Test("Without rules everybody comes everywhere, with an empty list nobody")
    func unrestricted() throws {
        let web = nodes(Fixture.web)
        #expect(try Fixture.compiled("").reach(from: web, to: web, proto: 6, ports: [1]) == .some)
        #expect(try Fixture.compiled("\"acls\": []").reach(from: web, to: web, proto: 6, ports: [1]) == .none)
    }
}
