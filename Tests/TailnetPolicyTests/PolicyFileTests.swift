import ByteText
import TailnetModel
import TailnetPolicy
import Testing

@Suite("Policy file") struct PolicyFileTests {
    @Test("Reads every section") func readsEverySection() throws {
        let reading = PolicyFile.parse(
            """
            {
              // Every section at once.
              "groups": {"group:dev": ["ana@example.com"]},
              "hosts": {"db": "100.64.0.9", "lan": "10.0.0.0/8"},
              "tagOwners": {"tag:web": ["group:dev"]},
              "autoApprovers": {"routes": {"10.0.0.0/8": ["tag:web"]}, "exitNode": ["group:dev"]},
              "postures": {"posture:new": ["node:tsVersion >= '1.60'"]},
              "defaultSrcPosture": ["posture:new"],
              "ipsets": {"ipset:prod": ["10.1.0.0/16", "remove 10.1.1.1"]},
              "acls": [{"action": "accept", "users": ["group:dev"], "ports": ["db:5432", "[fd00::1]:80", "fd00::/64:*"], "proto": "tcp"}],
              "grants": [{"src": ["*"], "dst": ["lan"], "ip": ["*"], "app": {"example.com/cap/x": [{"a": 1}]}, "via": ["tag:web"], "srcPosture": ["posture:new"]}],
              "ssh": [{"action": "check", "src": ["group:dev"], "dst": ["tag:web"], "users": ["root"], "checkPeriod": "1h30m", "acceptEnv": ["LC_*"], "recorder": ["tag:web"], "enforceRecorder": true}],
              "nodeAttrs": [{"target": ["*"], "attr": ["funnel"], "app": {"tailscale.com/app-connectors": [{"name": "x"}]}, "ipPool": ["100.81.0.0/16"]}],
              "tests": [{"src": "group:dev", "accept": ["db:5432"], "deny": ["db:22"], "proto": "tcp", "srcPostureAttrs": {"node:tsVersion": "1.70"}}],
              "sshTests": [{"src": "ana@example.com", "dst": ["tag:web"], "check": ["root"], "deny": ["bob"]}],
              "derpMap": {"Regions": {}}, "disableIPv4": false, "OneCGNATRoute": "", "randomizeClientPort": true,
              "attrConfig": {},
            }
            """)
        let file = try #require(reading.valid, "\(reading.problems)")
        #expect(file.rules.map(\.kind) == [.acl, .grant])
        #expect(file.rules[0].sources.map(\.selector) == [.group("group:dev")])
        #expect(file.rules[0].destinations.map(\.name.word.text) == ["db", "fd00::1", "fd00::/64"])
        #expect(file.rules[0].destinations[0].services == [PolicyService(proto: 6, ports: 5432...5432)])
        #expect(file.rules[1].capabilities == [PolicyCapability(name: "example.com/cap/x", values: [#"{"a":1}"#])])
        #expect(file.rules[1].via.map(\.text) == ["tag:web"])
        #expect(file.ssh[0].checkPeriodSeconds == 5400)
        #expect(file.ssh[0].recorders.map(\.text) == ["tag:web"])
        #expect(file.ssh[0].enforcesRecorder)
        #expect(file.routeApprovers.map(\.prefix.description) == ["10.0.0.0/8"])
        #expect(file.exitNodeApprovers.map(\.text) == ["group:dev"])
        #expect(file.tests[0].sourceAttributes == [PostureAttribute("node:tsVersion", .text("1.70"))])
        #expect(file.sshTests[0].check == ["root"])
        #expect(file.randomizeClientPort)
    }

    @Test("Takes keys of any case") func takesKeysOfAnyCase() throws {
        let file = try #require(
            PolicyFile.parse(#"{"ACLs": [{"Action": "accept", "Src": ["*"], "DST": ["*:*"]}]}"#).valid)
        #expect(file.rules.count == 1)
    }

    @Test("Reports everything at once in order") func reportsEverythingAtOnceInOrder() {
        let reading = PolicyFile.parse(
            """
            {
              "acl": [],
              "grants": [
                {"src": ["tag:none"], "dst": ["*"], "ip": ["http"]},
                {"src": ["*"], "dst": ["*"], "ips": ["*"]},
              ],
              "groups": {"dev": ["ana@example.com"]},
              "ssh": [{"src": ["*"], "dst": ["*"], "users": [], "action": "maybe"}],
            }
            """)
        #expect(reading.valid == nil)
        #expect(
            reading.problems.map(\.description) == [
                "line 2, column 3: error: unknown section \"acl\"; did you mean \"acls\"?",
                "line 4, column 14: error: src=tag not found: \"tag:none\"",
                "line 4, column 48: error: port range \"http\": invalid first integer",
                "line 5, column 34: error: unknown field \"ips\"; did you mean \"ip\"?",
                "line 7, column 14: error: groups[\"dev\"]: group names must start with 'group:'",
                "line 8, column 11: error: users must be specified",
                "line 8, column 20: warning: \"*\" is not documented as a source of SSH; the service may refuse it",
                "line 8, column 34: error: invalid dst \"*\"",
                "line 8, column 63: error: \"maybe\" is not a valid action",
            ])
    }

    @Test("Syntax errors have line and column") func syntaxErrorsHaveLineAndColumn() {
        let texts = [
            ("{\n  \"acls\": [,]\n}", 2, 12), ("{\"a\": 1} x", 1, 10), ("{\"groups\": {},\n\"groups\": {}}", 2, 1),
            ("{\"acls\": \"\\x\"}", 1, 11), (String(repeating: "[", count: 600), 1, 513), ("", 1, 1), ("{ /* ", 1, 3),
        ]
        for (text, line, column) in texts {
            let reading = PolicyFile.parse(text)
            #expect(reading.file == nil)
            #expect(
                reading.problems.map(\.position) == [TextPosition(line: line, column: column)], "\(text.prefix(20))")
            #expect(reading.answer.code == 400)
        }
        #expect(PolicyFile.parse("[]").valid == nil)
    }

    @Test(
        "Sections of the wrong kind are errors",
        arguments: [
            "acls", "grants", "groups", "hosts", "tagOwners", "ssh", "nodeAttrs", "tests", "sshTests", "postures",
            "ipsets",
            "autoApprovers",
        ])
    func sectionsOfTheWrongKindAreErrors(_ section: String) {
        #expect(PolicyFile.parse("{\"\(section)\": 7}").valid == nil)
        #expect(PolicyFile.parse("{\"\(section)\": null}").valid != nil)
    }
}
