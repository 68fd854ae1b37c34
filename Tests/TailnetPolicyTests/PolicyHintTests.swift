import TailnetPolicy
import Testing

/// The words below the service's own: what is probably meant.
@Suite("Policy hint") struct PolicyHintTests {
    private func problems(_ sections: String) -> [PolicyProblem] {
        PolicyFile.parse("{\(PolicyFixture.names)\(sections)}").problems.filter { $0.severity == .error }
    }

    @Test(
        "Destinations of ACLs",
        arguments: [
            (
                "tag:web", #"dst="tag:web": port range "web": invalid first integer"#,
                #"a port is missing: write "tag:web:443", or "tag:web:*" for all ports"#
            ),
            (
                "autogroup:self", #"dst="autogroup:self": port range "self": invalid first integer"#,
                #"a port is missing: write "autogroup:self:443", or "autogroup:self:*" for all ports"#
            ),
            (
                "100.64.0.1", #"hostport must contain a colon (":")"#,
                #"a port is missing: write "100.64.0.1:443", or "100.64.0.1:*" for all ports"#
            ),
            (
                "webhost", #"hostport must contain a colon (":")"#,
                #"a port is missing: write "webhost:443", or "webhost:*" for all ports"#
            ),
            (
                "*", #"hostport must contain a colon (":")"#,
                #"a port is missing: write "*:443", or "*:*" for all ports"#
            ),
            (
                "tag:web:https", #"dst="tag:web:https": port range "https": invalid first integer"#,
                #"ports are numbers: write "443""#
            ),
            (
                "tag:web:80-x", #"dst="tag:web:80-x": port range "80-x": invalid last integer"#,
                #"ports are numbers from 1 to 65535, ranges such as "8000-8100", or "*""#
            ),
            ("tag:wbe:80", #"dst="tag:wbe": tag not found: "tag:wbe""#, #"did you mean "tag:web"?"#),
            ("webhots:80", #"dst="webhots": "webhots": invalid address"#, #"did you mean "webhost"?"#),
        ])
    func destinationsOfACLs(_ destination: String, _ message: String, _ hint: String) {
        let found = problems("\"acls\": [{\"action\": \"accept\", \"src\": [\"*\"], \"dst\": [\"\(destination)\"]}]")
        #expect(found.map(\.message) == [message])
        #expect(found.map(\.hint) == [hint])
        #expect(found.map(\.isServiceMessage) == [true])
    }

    @Test(
        "Services of grants",
        arguments: [
            ("tcp/443", #"write "tcp:443""#), ("443/tcp", #"write "tcp:443""#), ("udp / 53", #"write "udp:53""#),
            ("icmp", #"write "icmp:*" for all of the protocol"#), ("ssh", #"write "tcp:22""#),
            ("web", #"write a service such as "tcp:443", "udp:53", "443" or "*""#),
        ])
    func servicesOfGrants(_ service: String, _ hint: String) {
        let found = problems("\"grants\": [{\"src\": [\"*\"], \"dst\": [\"*\"], \"ip\": [\"\(service)\"]}]")
        #expect(found.map(\.message) == ["port range \"\(service)\": invalid first integer"])
        #expect(found.map(\.hint) == [hint])
    }

    @Test("Names that are not defined") func namesThatAreNotDefined() {
        let found = problems(
            #""grants": [{"src": ["tag:zzzzzzzz", "group:devs", "autogroup:members2"], "dst": ["*"], "ip": ["*"]}]"#)
        #expect(
            found.map(\.hint) == [
                #"define it in "tagOwners""#, #"did you mean "group:dev"?"#, #"did you mean "autogroup:members"?"#,
            ])
    }

    @Test("An open policy is a warning") func anOpenPolicyIsAWarning() {
        for text in ["{}", #"{"acls": null}"#, #"{"groups": {}}"#] {
            let reading = PolicyFile.parse(text)
            #expect(reading.answer == .accepted)
            #expect(reading.problems.map(\.severity) == [.warning])
            #expect(reading.problems.first?.message.contains("every device may connect to every other") == true)
        }
        for text in [#"{"acls": []}"#, #"{"grants": []}"#] { #expect(PolicyFile.parse(text).problems.isEmpty) }
    }

    @Test("Capabilities of Tailscale's own") func capabilitiesOfTailscalesOwn() {
        let severities = { (name: String) in
            PolicyFile.parse(
                "{\"grants\": [{\"src\": [\"*\"], \"dst\": [\"*\"], \"app\": {\"\(name)\": [{}]}}]}"
            ).problems.map(\.severity)
        }
        for name in ["tailscale.com/cap/databases", "tailscale.com/cap/drive", "example.com/cap/anything"] {
            #expect(severities(name).isEmpty, "\(name)")
        }
        for name in ["tailscale.com/cap/brand-new", "tailscale.com/other", "beta.tailscale.com/cap/x"] {
            #expect(severities(name) == [.warning], "\(name)")
        }
        for name in ["tailscale.com/cap/funnel", "tailscale.com/cap/ingress", "https://tailscale.com/cap/x", "cap"] {
            #expect(severities(name) == [.error], "\(name)")
        }
    }
}
