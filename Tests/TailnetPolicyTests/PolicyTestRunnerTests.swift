import ByteText
import TailnetModel
import TailnetPolicy
import Testing

@Suite("Policy test runner") struct PolicyTestRunnerTests {
    private let rules = """
        "acls": [
          {"action": "accept", "src": ["group:dev"], "dst": ["webhost:80", "tag:db:5432"], "proto": "tcp"},
          {"action": "accept", "src": ["ben@example.com"], "dst": ["tag:db:*"], "proto": "icmp"},
          {"action": "accept", "src": ["autogroup:member"], "dst": ["autogroup:self:22"]},
          {"action": "accept", "src": ["tag:web"], "dst": ["10.1.2.3:53", "100.99.9.9:53"], "proto": "udp"},
        ],
        "grants": [{"src": ["group:dev"], "dst": ["svc:jenkins"], "ip": ["tcp:443"]}],
        "ssh": [
          {"action": "accept", "src": ["group:dev"], "dst": ["tag:web"], "users": ["ubuntu", "autogroup:nonroot"]},
          {"action": "check", "src": ["ana@example.com"], "dst": ["tag:web"], "users": ["root"]},
          {"action": "accept", "src": ["autogroup:member"], "dst": ["autogroup:self"], "users": ["localpart:*@example.com"]},
        ],
        """

    private func passes(_ tests: String) throws -> Bool {
        let reading = PolicyFile.parse("{\(PolicyFixture.names)\(rules)\(tests)}")
        let policy = CompiledPolicy(
            file: try #require(reading.valid, "\(reading.problems)"), topology: PolicyFixture.topology)
        let answer = reading.answer(in: PolicyFixture.topology)
        let holds = policy.testFailures().isEmpty
        #expect(answer == (holds ? .accepted : PolicyAnswer(code: 400, message: "test(s) failed")))
        return holds
    }

    @Test(
        "Network tests",
        arguments: [
            (#""src": "group:dev", "accept": ["webhost:80", "tag:db:5432"]"#, true),
            (#""src": "ana@example.com", "accept": ["100.64.0.4:80"], "deny": ["webhost:443", "tag:web:22"]"#, true),
            (#""src": "ana@example.com", "deny": ["webhost:80"]"#, false),
            (#""src": "ana@example.com", "accept": ["webhost:80"], "proto": "udp"}"#.dropLast().description, false),
            (#""src": "ana@example.com", "accept": ["webhost:80"], "proto": "6"}"#.dropLast().description, true),
            (#""src": "tag:web", "accept": ["10.1.2.3:53", "100.99.9.9:53"]"#, true),
            (#""src": "100.64.0.3", "accept": ["webhost:80"]"#, true),
            (#""src": "ben@example.com", "accept": ["tag:db:0"], "proto": "icmp""#, true),
            (#""src": "ben@example.com", "accept": ["tag:db:*"], "proto": "icmp""#, false),
            (#""src": "ben@example.com", "accept": ["tag:db:0"]"#, false),
            (#""src": "ana@example.com", "accept": ["ana@example.com:22"], "deny": ["ben@example.com:22"]"#, true),
            (#""src": "autogroup:member", "accept": ["ana@example.com:22"]"#, false),
            (#""src": "ana@example.com", "accept": ["webhost:80,81"]"#, false),
            (#""src": "ana@example.com", "deny": ["webhost:90-91"]"#, false),
            (#""src": "ana@example.com", "deny": ["lan:22"]"#, false),
            (#""src": "ana@example.com", "deny": ["10.0.0.0/8:22"]"#, false),
            (#""src": "ana@example.com", "deny": ["autogroup:internet:22"]"#, false),
            (#""src": "ana@example.com", "deny": ["nowhere:22"]"#, false),
            (#""src": "ana@example.com", "deny": ["[fd7a:115c:a1e0::5]:22"]"#, true),
            (#""src": "nobody", "deny": ["webhost:22"]"#, false), (#""src": "", "deny": ["webhost:22"]"#, false),
            (#""src": "ana@example.com""#, false),
            (#""src": "ana@example.com", "deny": ["webhost:22"], "proto": "x""#, false),
            (#""src": "new@example.com", "deny": ["webhost:80"]"#, true),
            (#""src": "new@example.com", "accept": ["webhost:80"]"#, false),
            (#""src": "ana@example.com", "deny": ["new@example.com:80"]"#, true),
            (#""src": "ana@example.com", "accept": ["new@example.com:80"]"#, false),
            (
                #""src": "ana@example.com", "accept": ["svc:jenkins:443"], "deny": ["svc:jenkins:22", "svc:other:443"]"#,
                true
            ),
            (#""src": "tag:db", "accept": ["svc:jenkins:443"]"#, false),
            (#""src": "ana@example.com", "deny": ["svc:jenkins"]"#, false),
            (#""src": "ana@example.com", "deny": ["svc::443"]"#, false),
            (#""src": "svc:jenkins", "deny": ["webhost:22"]"#, false),
        ])
    func networkTests(_ fields: String, _ expected: Bool) throws {
        #expect(try passes("\"tests\": [{\(fields)}]") == expected)
    }

    @Test(
        "SSH tests",
        arguments: [
            (#""src": "ben@example.com", "dst": ["tag:web"], "accept": ["ubuntu", "other"], "deny": ["root"]"#, true),
            (#""src": "ana@example.com", "dst": ["tag:web"], "check": ["root"], "accept": ["ubuntu"]"#, true),
            (#""src": "ana@example.com", "dst": ["tag:web"], "accept": ["root"]"#, false),
            (#""src": "ana@example.com", "dst": ["webhost", "100.64.0.4"], "accept": ["ubuntu"]"#, true),
            (
                #""src": "ana@example.com", "dst": ["ana@example.com"], "accept": ["ana"], "deny": ["ben", "root"]"#,
                true
            ),
            (#""src": "ana@example.com", "dst": ["ben@example.com"], "deny": ["ana"]"#, true),
            (#""src": "tag:db", "dst": ["tag:web"], "deny": ["ubuntu"]"#, true),
            (#""src": "tag:none", "dst": ["tag:web"], "deny": ["ubuntu"]"#, false),
            (#""src": "new@example.com", "dst": ["tag:web"], "deny": ["ubuntu"]"#, true),
            (#""src": "new@example.com", "dst": ["tag:web"], "accept": ["ubuntu"]"#, false),
            (#""src": "ana@example.com", "dst": ["new@example.com"], "deny": ["ana"]"#, true),
            (#""src": "tag:db", "dst": ["tag:web"]"#, false), (#""src": "tag:db", "deny": ["x"]"#, false),
            (#""src": "tag:db", "dst": ["webhost:22"], "deny": ["x"]"#, false),
        ])
    func sshTests(_ fields: String, _ expected: Bool) throws {
        #expect(try passes("\"sshTests\": [{\(fields)}]") == expected)
    }

    @Test("Somebody whom the tailnet lacks is in the groups that name him")
    func somebodyWhomTheTailnetLacksIsInTheGroupsThatNameHim() throws {
        let reading = PolicyFile.parse(
            """
            {
              "groups": {"group:crew": ["new@example.com", "ana@example.com"]}, "tagOwners": {"tag:web": []},
              "acls": [
                {"action": "accept", "src": ["group:crew"], "dst": ["tag:web:80"]},
                {"action": "accept", "src": ["autogroup:member"], "dst": ["tag:web:22"]},
              ],
              "ssh": [{"action": "accept", "src": ["group:crew"], "dst": ["tag:web"], "users": ["ubuntu"]}],
              "tests": [
                {"src": "new@example.com", "accept": ["tag:web:80"], "deny": ["tag:web:22", "ana@example.com:80"]},
                {"src": "group:crew", "accept": ["tag:web:80"]},
              ],
              "sshTests": [{"src": "new@example.com", "dst": ["tag:web"], "accept": ["ubuntu"], "deny": ["root"]}],
            }
            """)
        #expect(reading.answer(in: PolicyFixture.topology) == .accepted)
    }

    @Test("In a tailnet without users rules hold for the names that they name")
    func inATailnetWithoutUsersRulesHoldForTheNamesThatTheyName() throws {
        let reading = PolicyFile.parse(
            """
            {
              "acls": [
                {"action": "accept", "src": ["ana@example.com"], "dst": ["ana@example.com:22"]},
                {"action": "accept", "src": ["autogroup:member"], "dst": ["100.64.0.4:80"]},
              ],
              "tests": [
                {"src": "ana@example.com", "accept": ["ana@example.com:22"], "deny": ["ben@example.com:22", "100.64.0.4:80"]},
              ],
            }
            """)
        #expect(reading.answer(in: PolicyTopology(users: [], nodes: [])) == .accepted)
    }

    @Test("Failures say where") func failuresSayWhere() throws {
        let policy = try PolicyFixture.compiled(
            "\n\"acls\": [],\n\"tests\": [{\"src\": \"tag:db\", \"accept\": [\"tag:web:80\"]}]")
        #expect(policy.testFailures().map(\.description) == ["line 5, column 40: tag:db cannot reach tag:web:80"])
    }

    @Test("Postures of the source are taken") func posturesOfTheSourceAreTaken() throws {
        let sections = { (os: String) in
            """
            "postures": {"posture:mac": ["node:os == 'macos'"]},
            "grants": [{"src": ["group:dev"], "dst": ["tag:db"], "ip": ["*"], "srcPosture": ["posture:mac"]}],
            "tests": [{"src": "ben@example.com", "srcPostureAttrs": {"node:os": "\(os)"}, "accept": ["tag:db:1"]}]
            """
        }
        #expect(try PolicyFixture.compiled(sections("macos")).testFailures().isEmpty)
        #expect(
            try PolicyFixture.compiled(sections("linux")).testFailures().map(\.message) == [
                "ben@example.com cannot reach tag:db:1: grants[0] would allow it, but requires posture:mac, and the "
                    + "test's \"srcPostureAttrs\" do not meet it"
            ])
    }
}
