import TailnetModel
import TailnetPolicy
import Testing

/// Keys, names and groups: what counts as the same, and what need not be defined.
@Suite("Policy name") struct PolicyNameTests {
    private func errors(_ text: String) -> [String] {
        PolicyFile.parse(text).problems.filter { $0.severity == .error }.map(\.description)
    }

    private func warnings(_ text: String) -> [String] {
        PolicyFile.parse(text).problems.filter { $0.severity == .warning }.map(\.description)
    }

    @Test("A key of another case is a duplicate") func aKeyOfAnotherCaseIsADuplicate() {
        #expect(
            errors("{\n\"acls\": [],\n\"ACLs\": []}") == [
                "line 3, column 1: error: duplicate key \"ACLs\": it stands on line 2 already as \"acls\", "
                    + "since the case of letters does not matter"
            ])
        #expect(errors(#"{"acls": [{"action": "accept", "src": [], "Src": [], "dst": []}]}"#).count == 1)
        #expect(errors(#"{"teſts": [], "tests": []}"#).count == 1)
        #expect(errors(#"{"acls": [], "acls": []}"#).count == 1)
        let reading = PolicyFile.parse(#"{"acls": [], "ACLS": [{"action": "accept", "src": ["*"], "dst": ["*:*"]}]}"#)
        #expect(reading.valid == nil && reading.file?.rules.isEmpty == true)
    }

    @Test("Names of groups and tags keep their case") func namesOfGroupsAndTagsKeepTheirCase() {
        #expect(errors(#"{"groups": {"group:a": [], "group:A": []}, "tagOwners": {"tag:x": [], "tag:X": []}}"#).isEmpty)
    }

    @Test("What only one of two can count is said") func whatOnlyOneOfTwoCanCountIsSaid() throws {
        let rule = #"{"acls": [{"action": "accept", "src": ["ana@example.com"], "users": ["*"], "dst": ["*:*"]}]}"#
        #expect(
            warnings(rule) == [
                "line 1, column 69: warning: \"users\" is an older name of \"src\"; only \"src\" counts here"
            ])
        #expect(PolicyFile.parse(rule).file?.rules.first?.sources.map(\.selector) == [.user("ana@example.com")])
        #expect(warnings(#"{"acls": [], "groups": {"group:a": [], " group:a": ["x@y.z"]}}"#).count == 1)
    }

    @Test("A group of the identity provider need not be defined")
    func aGroupOfTheIdentityProviderNeedNotBeDefined() throws {
        let group = "group:platform team@example.com"
        let text = """
            {
              "tagOwners": {"tag:web": ["\(group)"]},
              "autoApprovers": {"exitNode": ["\(group)"]},
              "acls": [{"action": "accept", "src": ["\(group)"], "dst": ["\(group):22", "tag:web:443"]}],
              "grants": [{"src": ["\(group)"], "dst": ["tag:web"], "ip": ["80"]}],
              "ssh": [{"action": "accept", "src": ["\(group)"], "dst": ["tag:web"], "users": ["root"]}],
              "nodeAttrs": [{"target": ["\(group)"], "attr": ["funnel"]}],
              "tests": [{"src": "\(group)", "accept": ["tag:web:443"]}],
            }
            """
        let reading = PolicyFile.parse(text)
        #expect(reading.problems.isEmpty)
        let file = try #require(reading.valid)
        // The tailnet does not know it: the rules are judged by their words, and there is a warning.
        #expect(reading.answer(in: PolicyFixture.topology) == .accepted)
        #expect(
            file.problems(in: PolicyFixture.topology).map(\.description) == [
                "line 2, column 29: warning: \"\(group)\": group is not syncing from SCIM and will be ignored by rules in "
                    + "the policy file"
            ])
        // The tailnet says who is in it.
        var topology = PolicyFixture.topology
        topology.groups = [group: ["ben@example.com"]]
        #expect(file.problems(in: topology).isEmpty)
        let policy = CompiledPolicy(file: file, topology: topology)
        #expect(policy.verdict(source: PolicyFixture.benLaptop, node: PolicyFixture.web, proto: 6, port: 443).isAllowed)
        #expect(
            !policy.verdict(source: PolicyFixture.anaLaptop, node: PolicyFixture.web, proto: 6, port: 443).isAllowed)
        #expect(policy.sshRules(for: PolicyFixture.web).first?.principals.first == "100.64.0.3")
        #expect(policy.isAutoApproved(try #require(IPPrefix("0.0.0.0/0")), of: PolicyFixture.benLaptop))
        #expect(errors(#"{"grants": [{"src": ["group:platform team"], "dst": ["*"], "ip": ["*"]}]}"#).count == 1)
    }

    @Test("No group holds a group") func noGroupHoldsAGroup() {
        let message = { (groups: String) in PolicyFile.parse("{\"groups\": {\(groups)}}").firstServiceMessage }
        #expect(
            message(#""group:inner": ["x@y.z"], "group:outer": ["x@y.z", "group:inner"]"#)
                == #"groups["group:outer"]: "group:inner": group members cannot be recursive"#)
        #expect(
            message(#""group:a": ["group:b"], "group:b": ["group:a"]"#)
                == #"groups["group:b"]: "group:a": group members cannot be recursive"#)
        #expect(
            message(#""group:a": ["group:elsewhere"]"#)
                == #"groups["group:a"]: "group:elsewhere": group members cannot be recursive"#)
        #expect(message(#""group:a": ["group:b"], "group:b": ["group:c"], "group:c": []"#)?.contains("group:c") == true)
    }

    @Test("A byte order mark is no part of the text") func aByteOrderMarkIsNoPartOfTheText() throws {
        let text = "{\"acls\": [],\n\"nope\": 1}"
        let marked = PolicyFile.parse("\u{FEFF}" + text)
        #expect(marked.problems == PolicyFile.parse(text).problems)
        #expect(PolicyFile.parse("\u{FEFF}{\"acls\": []}").valid != nil)
        #expect(PolicyFile.parse("\u{FEFF}\u{FEFF}{\"acls\": []}").valid == nil)
        #expect(try PolicyFormatter.format("\u{FEFF}{}") == "{}\n")
    }

    @Test("Messages show what is invisible") func messagesShowWhatIsInvisible() {
        let message = PolicyFile.parse(
            #"{"acls": [{"action": "x\u001b[31m\u0007\u200e\u009b\u00a0é\"", "src": [], "dst": []}]}"#
        ).firstServiceMessage
        #expect(message == #"action="x\x1b[31m\a\u200e\u009b\u00a0é\"" is not supported"#)
    }
}
