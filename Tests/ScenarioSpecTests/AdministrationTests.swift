import ScenarioSpec
import SimTime
import TailnetControl
import TailnetModel
import Testing

@Suite("Administration") struct AdministrationTests {
    /// The fixture with these events.
    private func plan(_ events: [String], users: String = "") throws -> Plan {
        let text = Fixture.text
            .replacing("    - {at: +2h, do: expire-key, node: ben-laptop}\n", with: "")
            .replacing(
                "    - {at: +3h, do: reauthenticate, node: ben-laptop}",
                with: events.map { "    - " + $0 }.joined(separator: "\n"))
        return try Scenario.decode(text, file: "fixture.yaml", files: Fixture.files)
    }

    @Test("Who acts and which way is filled in") func whoActsAndWhichWayIsFilledIn() throws {
        let events = try plan([
            "{at: +1h, do: log-out, node: ben-laptop}",
            "{at: +2h, do: disable, setting: https, by: ana, via: api}",
            "{at: +3h, do: set-tags, node: ana-laptop, tags: [tag:web], by: poller}",
            "{at: +4h, do: push-user, user: ben}",
        ]).administration.events
        #expect(events.map(\.user) == [1, 0, nil, nil])
        #expect(events.map(\.client) == [nil, nil, 0, nil])
        #expect(events.map(\.isByAPI) == [false, true, true, false])
        #expect(events[2].action == .changeNode(.setTags(["tag:web"]), node: 0))
    }

    @Test("Changes say what is new and the text of the plan what was there")
    func changesSayWhatIsNewAndTheTextOfThePlanWhatWasThere() throws {
        let plan = try plan([
            "{at: +1h, do: edit-dns, nameservers: [9.9.9.9], by: ana}",
            "{at: +2h, do: disable, setting: magic-dns, by: ana}",
            "{at: +3h, do: set-contact, contact: security, email: soc@example.com, by: ana}",
            "{at: +4h, do: verify-contact, contact: security, by: ana}",
            "{at: +5h, do: update-log-stream, log: network, provider: s3, bucket: exports, by: ana}",
        ])
        #expect(
            plan.administration.events.map(\.action) == [
                .setDNS(nameservers: ["9.9.9.9"], searchDomains: nil), .turn(.magicDNS, isOn: false),
                .setContact(.security, email: "soc@example.com"), .verifyContact(.security),
                .changeObject(
                    .logStream(.update(LogDestination(provider: "s3", place: .bucket("exports"))), log: "network")),
            ])
        let before = #"{\"nameservers\":[],\"searchPaths\":[],\"preferences\":{\"magicDNS\":true}}"#
        let edited =
            #"{\"nameservers\":[{\"address\":\"9.9.9.9\"}],\"searchPaths\":[],\"preferences\":{\"magicDNS\":true}}"#
        let off = edited.replacing("true", with: "false")
        let lines = Set(plan.canonicalText.split(separator: "\n").map(String.init))
        #expect(lines.contains("event[0].changeTailnet=\"DNS_CONFIG\""))
        #expect(lines.contains("event[0].old=\"\(before)\"") && lines.contains("event[0].new=\"\(edited)\""))
        #expect(lines.contains("event[1].old=\"\(edited)\"") && lines.contains("event[1].new=\"\(off)\""))
        #expect(lines.contains(#"event[2].old="\"ana@example.com\"""#))
        #expect(lines.contains(#"event[3].new="\"soc@example.com\"""#))
        let usual =
            #"{\"provider\":\"splunk\",\"logstreamType\":\"network\",\"endpointURL\":"#
            + #"\"https://collector.example.com/services/collector/event\"}"#
        #expect(lines.contains("event[4].old=\"\(usual)\""))
    }

    @Test("An account is made when it is created") func anAccountIsMadeWhenItIsCreated() throws {
        let text = Fixture.text
            .replacing("  - name: ben\n", with: "  - name: ben\n  - name: cleo\n")
            .replacing("    - {at: +2h", with: "    - {at: +1h, do: create-user, user: cleo}\n    - {at: +2h")
        let plan = try Scenario.decode(text, file: "fixture.yaml", files: Fixture.files)
        #expect(plan.users[2].created == plan.administration.events[0].time)
        #expect(plan.administration.events[0].user == 2)
        #expect(plan.users[1].created < plan.span.start)
    }

    @Test("Habits have defaults") func habitsHaveDefaults() throws {
        let administration = try Fixture.plan().administration
        #expect(administration.milliConsoleLoginsPerDay == 2_000)
        #expect(administration.milliSSHChecksPerDay == 0 && administration.milliWebLoginsPerDay == 0)
        #expect(administration.renewsKeys)
        let other = try Fixture.plan(
            "  consoleLoginsPerDay: 2\n", "  sshChecksPerDay: 0.5\n  attributeUpdatesPerDay: 3\n  renewsKeys: false\n")
        #expect(other.administration.milliSSHChecksPerDay == 500)
        #expect(other.administration.milliAttributeUpdatesPerDay == 3_000)
        #expect(!other.administration.renewsKeys)
    }

    /// Changes that differ in one value only.
    private static let actions: [ControlAction] = [
        .changeNode(.approve, node: 1), .changeNode(.approve, node: 2), .changeNode(.rename("a"), node: 1),
        .changeNode(.rename("b"), node: 1), .changeNode(.setTags(["tag:a"]), node: 1),
        .changeNode(.setTags(["tag:b"]), node: 1), .changeNode(.setRoutes([]), node: 1),
        .changeNode(.autoApproveRoutes([]), node: 1), .changeNode(.setExitNode(true), node: 1),
        .changeNode(.setExitNode(false), node: 1), .changeNode(.setKeyExpiry(true), node: 1),
        .changeNode(.extendKey(.days(1)), node: 1), .changeNode(.extendKey(.days(2)), node: 1),
        .changeNode(.logOut, node: 1), .changeNode(.checkIn, node: 1), .changeNode(.sign, node: 1),
        .changeNode(.setAttribute(name: "a", value: "1"), node: 1),
        .changeNode(.setAttribute(name: "a", value: "2"), node: 1), .changeNode(.deleteAttribute(name: "a"), node: 1),
        .changeNode(.setPostureReporting(true), node: 1),
        .changeNode(.disconnect(reason: "a"), node: 1), .changeNode(.webInterface(isLogin: true), node: 1),
        .changeUser(.invite, user: 1), .changeUser(.resendInvite, user: 1), .changeUser(.create, user: 1),
        .changeUser(.approve, user: 1), .changeUser(.setRole(.admin), user: 1), .changeUser(.setRole(.owner), user: 1),
        .changeUser(.suspend, user: 1), .changeUser(.restore, user: 1), .changeUser(.delete, user: 1),
        .changeUser(.push, user: 1), .pushGroup(name: "a", members: []), .pushGroup(name: "a", members: [1]),
        .turn(.https, isOn: true), .turn(.https, isOn: false), .turn(.scim, isOn: true),
        .turn(.magicDNS, isOn: true), .renameTailnet(suffix: "a"), .changeKeyDuration(days: 1),
        .changeKeyDuration(days: 2), .setDNS(nameservers: ["a"], searchDomains: nil),
        .setDNS(nameservers: nil, searchDomains: ["a"]), .setContact(.support, email: "a"),
        .setContact(.security, email: "a"), .setContact(.support, email: "b"), .verifyContact(.support),
        .joinTailnet(name: "a"), .leaveTailnet(name: "a"), .setPolicy("a"), .setPolicy("b"),
        .createAPIToken(name: "a", lifetime: .days(1)), .createAPIToken(name: "a", lifetime: .days(2)),
        .createOAuthClient(name: "a", scopes: "all"), .createOAuthClient(name: "a", scopes: "all:read"),
        .mintToken, .console(isLogin: true), .console(isLogin: false), .failRequest("a"),
        .changeObject(.webhook(.create(subscriptions: []), name: "a")),
        .changeObject(.webhook(.create(subscriptions: ["1"]), name: "a")),
        .changeObject(.webhook(.subscribe(["1"]), name: "a")), .changeObject(.webhook(.rotate, name: "a")),
        .changeObject(.webhook(.delete, name: "a")), .changeObject(.webhook(.delete, name: "b")),
        .changeObject(.logStream(.create(LogDestination(provider: "p", place: .url("u"))), log: "a")),
        .changeObject(.logStream(.update(LogDestination(provider: "p", place: .url("u"))), log: "a")),
        .changeObject(.logStream(.repoint(LogDestination(provider: "p", place: .bucket("u"))), log: "a")),
        .changeObject(.logStream(.delete, log: "a")), .changeObject(.postureIntegration(.create, provider: "a")),
        .changeObject(.postureIntegration(.update, provider: "a")),
        .changeObject(.postureIntegration(.delete, provider: "a")), .changeObject(.lockKey(.create, name: "a")),
        .changeObject(.lockKey(.update, name: "a")), .changeObject(.lockKey(.delete, name: "a")),
        .changeObject(.share(.create(NodeShare(node: 1, label: "a")), name: "a")),
        .changeObject(.share(.create(NodeShare(node: 1, label: "b")), name: "a")),
        .changeObject(.share(.create(NodeShare(node: 2, label: "a")), name: "a")),
        .changeObject(.share(.create(NodeShare(node: 1, label: "a", email: "e")), name: "a")),
        .changeObject(.share(.resend, name: "a")), .changeObject(.share(.accept, name: "a")),
        .changeObject(.share(.update, name: "a")), .changeObject(.share(.end, name: "a")),
        .changeObject(.share(.cancel, name: "a")),
        .changeObject(.invite(.create(TailnetInvite(label: "a")), name: "a")),
        .changeObject(.invite(.create(TailnetInvite(label: "a", role: .admin)), name: "a")),
        .changeObject(.invite(.resend, name: "a")), .changeObject(.invite(.accept, name: "a")),
        .changeObject(.invite(.cancel, name: "a")),
        .log(LoggedChange(code: "A", origin: .control, actorKind: .worker, name: "D")),
        .log(LoggedChange(code: "A", origin: .stripe, actorKind: .worker, name: "D")),
        .log(LoggedChange(code: "A", origin: .control, actorKind: .scim, name: "D")),
        .log(LoggedChange(code: "A", origin: .control, actorKind: .worker, node: 1, name: "D")),
        .log(LoggedChange(code: "A", origin: .control, actorKind: .worker, target: 1, name: "D")),
        .log(LoggedChange(code: "A", origin: .control, actorKind: .worker, name: "D", details: "1")),
        .log(LoggedChange(code: "A", origin: .control, actorKind: .worker, name: "D", error: "1")),
    ]

    @Test("Every change has a canonical text of its own") func everyChangeHasACanonicalTextOfItsOwn() throws {
        var plan = try Fixture.plan()
        var texts: Set<String> = []
        for action in AdministrationTests.actions {
            plan.administration.events[0].action = action
            #expect(texts.insert(plan.canonicalText).inserted, "\(action)")
        }
        plan = try Fixture.plan()
        let original = plan.canonicalText
        let changes: [(inout Administration) -> Void] = [
            { $0.milliSSHChecksPerDay += 1 }, { $0.milliWebLoginsPerDay += 1 },
            { $0.milliAttributeUpdatesPerDay += 1 }, { $0.renewsKeys.toggle() }, { $0.events[0].client = 0 },
            { $0.events[0].isByAPI.toggle() },
        ]
        for change in changes {
            var other = plan
            change(&other.administration)
            #expect(other.canonicalText != original)
        }
    }
}
