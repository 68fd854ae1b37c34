import TailnetModel
import TailnetPolicy
import Testing

/// The words in which the service refuses a policy file.
@Suite("Policy message") struct PolicyMessageTests {
    private func answer(_ sections: String) -> PolicyAnswer {
        PolicyFile.parse("{\(PolicyFixture.names)\(sections)}").answer(in: PolicyFixture.topology)
    }

    private func acl(_ source: String, _ destination: String, action: String = "accept") -> PolicyAnswer {
        answer("\"acls\": [{\"action\": \"\(action)\", \"src\": [\"\(source)\"], \"dst\": [\"\(destination)\"]}]")
    }

    @Test(
        "Rules of ACLs",
        arguments: [
            ("autogroup:self", "tag:web:22", #""autogroup:self" not valid on the src side of a rule"#),
            (
                "tag:web", "autogroup:self:*",
                "autogroup:self can only be used with users, groups, or supported autogroups"
            ),
            ("tag:no", "*:*", #"src=tag not found: "tag:no""#),
            ("*", "tag:no:22", #"dst="tag:no": tag not found: "tag:no""#),
            ("*", "tag:web:ssh", #"dst="tag:web:ssh": port range "ssh": invalid first integer"#),
            ("*", "tag:web:0", #"dst="tag:web:0": port range "0": first port must be >0, or use '*' for wildcard"#),
            ("*", "autogroup:danger-all:*", "cannot use autogroup:danger-all as a dst"),
        ])
    func rulesOfACLs(_ source: String, _ destination: String, _ message: String) {
        #expect(acl(source, destination) == PolicyAnswer(code: 400, message: message))
    }

    @Test("Only accept is an action") func onlyAcceptIsAnAction() {
        #expect(acl("*", "*:*", action: "deny").message == #"action="deny" is not supported"#)
        #expect(acl("*", "*:*").code == 200)
        #expect(acl("*", "autogroup:self:*").code == 200)
    }

    @Test(
        "Grants",
        arguments: [
            (#""src": ["*"], "dst": ["*"]"#, "ip and app can not both be empty"),
            (#""src": ["*"], "dst": ["*"], "ip": ["*"], "via": ["group:dev"]"#, "via can only be a tag"),
            (#""src": ["*"], "dst": ["*"], "ip": ["*"], "via": ["tag:exit", "tag:no"]"#, #"tag "tag:no" not found"#),
            (
                #""src": ["*"], "dst": ["autogroup:self"], "ip": ["*"]"#,
                "autogroup:self can only be used with users, groups, or supported autogroups"
            ),
            (
                #""src": ["*"], "dst": ["0.0.0.0/0"], "ip": ["*"]"#,
                #"dst "0.0.0.0/0": to allow all IP addresses, use "*" or "autogroup:internet""#
            ),
            (
                #""src": ["*"], "dst": ["*"], "app": {"cap": [{}]}"#,
                "capability name must have the form {domain}/{path}"
            ),
            (
                #""src": ["*"], "dst": ["*"], "app": {"tailscale.com/cap/funnel": [{}]}"#,
                "capability name must not be in the tailscale.com domain"
            ),
            (
                #""src": ["*"], "dst": ["autogroup:internet"], "app": {"a.b/c": [{}]}"#,
                "cannot use app grants with autogroup:internet"
            ),
            (
                #""src": ["*"], "dst": ["tag:web"], "ip": ["tcp:0"]"#,
                #"port range "0": first port must be >0, or use '*' for wildcard"#
            ),
        ])
    func grants(_ fields: String, _ message: String) {
        #expect(answer("\"grants\": [{\(fields)}]") == PolicyAnswer(code: 400, message: message))
    }

    @Test(
        "SSH",
        arguments: [
            (#""action": "deny", "users": ["root"]"#, #""deny" is not a valid action"#),
            (#""action": "ACCEPT", "users": ["root"]"#, #""ACCEPT" is not a valid action"#),
            (#""users": ["root"]"#, "action must be specified"), (#""action": "accept""#, "users must be specified"),
            (#""action": "accept", "users": ["*"]"#, #"user "*" is not valid"#),
            (#""action": "accept", "users": ["root"], "acceptEnv": [""]"#, "acceptEnv values cannot be empty"),
            (#""action": "check", "users": ["root"], "checkPeriod": "abc""#, #"time: invalid duration "abc""#),
            (#""action": "check", "users": ["root"], "checkPeriod": "12""#, #"time: missing unit in duration "12""#),
            (
                #""action": "check", "users": ["root"], "checkPeriod": "3w""#,
                #"time: unknown unit "w" in duration "3w""#
            ),
            (
                #""action": "check", "users": ["root"], "checkPeriod": "200h""#,
                "checkPeriod 200h0m0s is above the max (168h)"
            ),
            (
                #""action": "check", "users": ["root"], "checkPeriod": "168h0m0.5s""#,
                "checkPeriod 168h0m0.5s is above the max (168h)"
            ),
            (
                #""action": "accept", "users": ["localpart:*@EXAMPLE.COM"]"#,
                "EXAMPLE.COM is not associated with this Tailnet and cannot be used in user:*@<domain> expressions"
            ),
            (
                #""action": "check", "users": ["root"], "checkPeriod": "-1m""#,
                "checkPeriod -1m0s must be a positive duration"
            ),
            (
                #""action": "accept", "users": ["localpart:*@other.org"]"#,
                "other.org is not associated with this Tailnet and cannot be used in user:*@<domain> expressions"
            ),
        ])
    func ssh(_ fields: String, _ message: String) {
        let rule = "{\"src\": [\"autogroup:member\"], \"dst\": [\"tag:web\"], \(fields)}"
        #expect(answer("\"ssh\": [\(rule)]") == PolicyAnswer(code: 400, message: message))
    }

    @Test("A check period of nothing is the default", arguments: ["0s", "0", "0h0m", "-0s"])
    func aCheckPeriodOfNothingIsTheDefault(_ period: String) {
        let reading = PolicyFile.parse(
            "{\"tagOwners\": {\"tag:web\": []}, \"acls\": [], \"ssh\": [{\"action\": \"check\", \"src\": [\"autogroup:member\"], \"dst\": [\"tag:web\"], \"users\": [\"root\"], \"checkPeriod\": \"\(period)\"}]}"
        )
        #expect(reading.problems.isEmpty)
        #expect(reading.valid?.ssh.map(\.checkPeriodSeconds) == [nil])
    }

    @Test("A short check period is only a warning") func aShortCheckPeriodIsOnlyAWarning() {
        let reading = PolicyFile.parse(
            #"{"acls": [], "tagOwners": {"tag:web": []}, "ssh": [{"action": "check", "src": ["autogroup:member"], "dst": ["tag:web"], "users": ["root"], "checkPeriod": "30s"}]}"#
        )
        #expect(reading.problems.map(\.severity) == [.warning])
        #expect(reading.valid?.ssh.first?.checkPeriodSeconds == 30)
    }

    @Test("SSH destinations are no addresses") func sshDestinationsAreNoAddresses() {
        for name in ["webhost", "100.64.0.4", "*", "group:dev", "autogroup:internet"] {
            let rule =
                "{\"action\": \"accept\", \"src\": [\"autogroup:member\"], \"dst\": [\"\(name)\"], \"users\": [\"root\"]}"
            #expect(answer("\"ssh\": [\(rule)]").message == "invalid dst \"\(name)\"")
        }
    }

    @Test("Names have rules") func namesHaveRules() {
        let tags = [
            ("tag:1", "tag names must start with a letter, after 'tag:'"), ("tag:", "tag names must not be empty"),
            ("web", "tags must start with 'tag:'"),
            ("tag:a_b", "tag names can only contain numbers, letters, or dashes"),
        ]
        for (tag, message) in tags {
            let reading = PolicyFile.parse("{\"tagOwners\": {\"\(tag)\": []}}")
            #expect(reading.firstServiceMessage == "tagOwners[\"\(tag)\"]: \(message)")
        }
    }

    @Test("Node attributes") func nodeAttributes() {
        let attributes = { (fields: String) in answer("\"nodeAttrs\": [{\"attr\": [\"funnel\"], \(fields)}]") }
        #expect(attributes(#""target": ["%x%"]"#) == PolicyAnswer(code: 400, message: #""%x%": invalid address"#))
        #expect(
            attributes(#""target": ["autogroup:self"]"#) == PolicyAnswer(code: 500, message: "internal server error"))
        #expect(
            attributes(#""target": ["*"], "ipPool": ["100.100.100.0/24"]"#).message
                == "IPPool(100.100.100.0/24): network within reserved range")
        #expect(attributes(#""target": ["*"], "ipPool": ["10.0.0.0/8"]"#).code == 400)
        #expect(attributes(#""target": ["*"], "ipPool": ["100.81.0.0/16"]"#).code == 200)
    }

    @Test("Tests of SSH have words of their own") func testsOfSSHHaveWordsOfTheirOwn() {
        let test = { (name: String) in
            answer("\"sshTests\": [{\"src\": \"ana@example.com\", \"dst\": [\"\(name)\"], \"deny\": [\"root\"]}]")
                .message
        }
        #expect(test("100.64.0.0/24") == #"SSH tests dst contains disallowed element "100.64.0.0/24""#)
        #expect(test("lan") == #"SSH tests dst contains disallowed element "lan""#)
        #expect(test("autogroup:internet") == #"SSH tests dst contains disallowed element "autogroup:internet""#)
        #expect(test("tag:web:22") == #"SSH tests dst contains unknown tag "tag:web:22""#)
        #expect(test("tag:web") == nil)
        #expect(test("fd7a:115c:a1e0::4") == "test(s) failed")
    }

    @Test("Domains must be the tailnet's own") func domainsMustBeTheTailnetsOwn() {
        let rule = #"{"action": "accept", "src": ["user:*@other.org"], "dst": ["tag:web"], "users": ["root"]}"#
        #expect(
            answer("\"ssh\": [\(rule)]").message
                == "[ssh] other.org is not associated with this Tailnet and cannot be used in user:*@<domain> expressions"
        )
        #expect(acl("user:*@example.com", "*:*").code == 200)
    }
}
