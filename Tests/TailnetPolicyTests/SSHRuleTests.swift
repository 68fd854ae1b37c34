import TailnetModel
import TailnetPolicy
import Testing

@Suite("SSH rule") struct SSHRuleTests {
    private typealias Fixture = PolicyFixture

    private func rules(_ rules: String, _ node: Int) throws -> [SSHRule] {
        try Fixture.compiled("\"ssh\": [\(rules)]").sshRules(for: node)
    }

    @Test("Accept is written as the service does") func acceptIsWrittenAsTheServiceDoes() throws {
        let rule =
            #"{"action": "accept", "src": ["tag:db"], "dst": ["tag:web"], "users": ["ubuntu"], "acceptEnv": ["LC_*"]}"#
        #expect(
            try rules(rule, Fixture.web).map(\.json) == [
                #"{"principals":[{"nodeIP":"100.64.0.5"},{"nodeIP":"fd7a:115c:a1e0::5"}],"sshUsers":{"root":"","ubuntu":"ubuntu"},"#
                    + #""action":{"accept":true,"allowAgentForwarding":true,"allowLocalPortForwarding":true,"allowRemotePortForwarding":true},"#
                    + #""acceptEnv":["LC_*"]}"#
            ])
        #expect(try rules(rule, Fixture.database).isEmpty)
    }

    @Test("Checks come first") func checksComeFirst() throws {
        let both = """
            {"action": "accept", "src": ["ben@example.com"], "dst": ["tag:web"], "users": ["root"]},
            {"action": "check", "src": ["ben@example.com"], "dst": ["tag:web"], "users": ["autogroup:nonroot"]}
            """
        let found = try rules(both, Fixture.web)
        #expect(found.map(\.action) == [.check, .accept])
        #expect(found.map(\.rule) == [1, 0])
        #expect(found[0].users == [SSHUserMapping("*", "="), SSHUserMapping("root", "")])
        #expect(found[1].users == [SSHUserMapping("root", "root")])
    }

    @Test("Self is the owners devices") func selfIsTheOwnersDevices() throws {
        let rule = #"{"action": "accept", "src": ["autogroup:member"], "dst": ["autogroup:self"], "users": ["root"]}"#
        #expect(try rules(rule, Fixture.benLaptop).map(\.principals) == [["100.64.0.3", "fd7a:115c:a1e0::3"]])
        #expect(try rules(rule, Fixture.anaLaptop).first?.principals.count == 4)
        #expect(try rules(rule, Fixture.web).isEmpty)
    }

    @Test("Local parts split a rule by person") func localPartsSplitARuleByPerson() throws {
        let rule =
            #"{"action": "accept", "src": ["group:dev", "tag:db"], "dst": ["tag:web"], "users": ["localpart:*@example.com", "ops"]}"#
        let found = try rules(rule, Fixture.web)
        let common = [SSHUserMapping("ops", "ops"), SSHUserMapping("root", "")]
        #expect(
            found.map(\.users) == [
                common, [SSHUserMapping("ana", "ana")], common, [SSHUserMapping("ben", "ben")], common,
            ])
        #expect(found.last?.principals == ["100.64.0.5", "fd7a:115c:a1e0::5"])
        // A quirk of the service: sources get the part about themselves.
        #expect(try rules(rule, Fixture.benLaptop).map(\.users) == [common, [SSHUserMapping("ben", "ben")]])
        #expect(try rules(rule, Fixture.router).isEmpty)
    }

    @Test("An address is only itself") func anAddressIsOnlyItself() throws {
        let rule = #"{"action": "accept", "src": ["webhost", "100.64.9.9"], "dst": ["tag:db"], "users": ["root"]}"#
        #expect(try rules(rule, Fixture.database).map(\.principals) == [["100.64.0.4", "100.64.9.9"]])
    }

    @Test("A posture narrows the sources, of rules and of tests") func aPostureNarrowsTheSources() throws {
        let sections = { (os: String) in
            """
            "acls": [], "postures": {"posture:mac": ["node:os == 'macos'"]},
            "ssh": [{"action": "accept", "src": ["group:dev"], "dst": ["tag:web"], "users": ["root"], "srcPosture": ["posture:mac"]}],
            "sshTests": [{"src": "ben@example.com", "dst": ["tag:web"], "accept": ["root"], "srcPostureAttrs": {"node:os": "\(os)"}}]
            """
        }
        let policy = try Fixture.compiled(sections("macos"))
        #expect(policy.sshRules(for: Fixture.web).map(\.principals) == [["100.64.0.1", "fd7a:115c:a1e0::1"]])
        #expect(policy.testFailures().isEmpty)
        #expect(try Fixture.compiled(sections("linux")).testFailures().count == 1)
        let unknown =
            #"{"ssh": [{"action": "accept", "src": [], "dst": [], "users": ["x"], "srcPosture": ["posture:no"]}]}"#
        #expect(PolicyFile.parse(unknown).valid == nil)
    }
}
