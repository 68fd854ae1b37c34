import IncidentCatalog
import Truth
import ScenarioSpec
import SimTime
import TailnetControl
import TailnetModel
import Testing

@Suite struct CanonicalTextTests {
    /// A plan in which every list has an element, so that every field can be changed.
    private func plan() throws -> Plan {
        try Fixture.plan("{name: db, tags: [tag:db]}", "{name: db, tags: [tag:db], advertisedRoutes: [10.0.0.0/8]}")
    }

    private static let changes: [@Sendable (inout Plan) -> Void] = [
        { $0.name += "x" }, { $0.summary += "\n" }, { $0.seed += 1 }, { $0.span.start += .nanoseconds(1) },
        { $0.span.end += .nanoseconds(1) }, { $0.tailnet.organization += "x" }, { $0.tailnet.dnsSuffix += "x" },
        { $0.tailnet.number += 1 }, { $0.tailnet.settings.devicesApprovalOn.toggle() },
        { $0.tailnet.settings.usersApprovalOn.toggle() }, { $0.tailnet.settings.devicesKeyDurationDays -= 1 },
        { $0.tailnet.settings.networkFlowLoggingOn.toggle() }, { $0.tailnet.settings.logExitFlowsOn.toggle() },
        { $0.tailnet.settings.magicDNSOn.toggle() }, { $0.tailnet.settings.httpsEnabled.toggle() },
        { $0.tailnet.settings.tailnetLockOn.toggle() },
        { $0.tailnet.settings.postureIdentityCollectionOn.toggle() },
        { $0.users[1].key += "x" }, { $0.users[1].login += "x" }, { $0.users[1].displayName += "x" },
        { $0.users[1].role = .auditor }, { $0.users[1].number += 1 }, { $0.users[0].timeZone = .utc },
        { $0.users[1].created += .nanoseconds(1) }, { $0.users.removeLast() },
        { $0.workingHours[0].start = .zero }, { $0.workingHours[0].end = .days(1) },
        { $0.workingHours[0].weekends.toggle() }, { $0.nodes[0].key += "x" }, { $0.nodes[0].hostName += "x" },
        { $0.nodes[0].name += "x" }, { $0.nodes[0].number += 1 }, { $0.nodes[0].owner = nil },
        { $0.nodes[0].tags = ["tag:x"] }, { $0.nodes[0].os = .tvOS }, { $0.nodes[0].ipv4 = $0.nodes[1].ipv4 },
        { $0.nodes[0].ipv6 = $0.nodes[1].ipv6 }, { $0.nodes[0].clientVersion += "x" },
        { $0.nodes[0].isEphemeral.toggle() }, { $0.nodes[0].keyExpiryDisabled.toggle() },
        { $0.nodes[0].created += .nanoseconds(1) }, { $0.nodes[5].advertisedRoutes = [] },
        { $0.nodes[5].approvedRoutes = [] }, { $0.roles[0] = .phone }, { $0.policies[0].since = $0.span.start },
        { $0.policies[0].file += "x" }, { $0.policies[0].text += " " }, { $0.oauthClients[0].key += "x" },
        { $0.oauthClients[0].number += 1 }, { $0.oauthClients[0].scopes += "x" },
        { $0.oauthClients[0].tokenEvery = nil }, { $0.patterns[0].key += "x" }, { $0.patterns[0].profile = .chat },
        { $0.patterns[0].proto = 17 }, { $0.patterns[0].ports = [443, 80] }, { $0.patterns[0].sources = [0] },
        { $0.patterns[0].targets = [2] }, { $0.patterns[0].milliSessionsPerHour += 1 },
        { $0.patterns[0].schedule = .nightly }, { $0.patterns[0].ipv6Permille += 1 },
        { $0.administration.milliConsoleLoginsPerDay += 1 }, { $0.administration.milliFailedRequestsPerDay += 1 },
        { $0.administration.events.removeLast() }, { $0.administration.events[0].key += "x" },
        { $0.administration.events[0].time += .nanoseconds(1) }, { $0.administration.events[0].user = 0 },
        { $0.administration.events[0].action = .expireKey(node: 2) },
        { $0.administration.events[0].action = .reauthenticate(node: 1) },
        { $0.administration.events[0].action = .join(node: 1) },
        { $0.administration.events[0].action = .delete(node: 1) },
        { $0.administration.events[0].action = .setPolicy("1") },
        { $0.administration.events[0].action = .createAPIToken(name: "1") },
        { $0.administration.events[0].action = .revokeKey(name: "1") },
        { $0.administration.events[0].action = .createAuthKey(name: "1", reusable: true, ephemeral: false, tags: []) },
        { $0.administration.events[0].action = .createAuthKey(name: "1", reusable: false, ephemeral: true, tags: []) },
        { $0.administration.events[0].action = .createAuthKey(name: "1", reusable: false, ephemeral: false, tags: []) },
        {
            $0.administration.events[0].action = .createAuthKey(
                name: "1", reusable: false, ephemeral: false, tags: ["tag:web"])
        },
        { $0.incidents[0].id += "x" }, { $0.incidents[0].kind = .unauthorizedAPICalls },
        { $0.incidents[0].variant = .over }, { $0.incidents[0].window.start += .nanoseconds(1) },
        { $0.incidents[0].window.end += .nanoseconds(1) }, { $0.incidents[0].node = nil },
        { $0.incidents[1].oauthClient = nil }, { $0.incidents[0].targets = [2] }, { $0.incidents[0].values[0] += 1 },
    ]

    @Test func everyFieldChangesTheText() throws {
        let original = try plan()
        var texts: Set<String> = [original.canonicalText]
        for (index, change) in CanonicalTextTests.changes.enumerated() {
            var changed = original
            change(&changed)
            #expect(texts.insert(changed.canonicalText).inserted, "change \(index) leaves the text as it was")
        }
    }

    @Test func textsCannotRunIntoEachOther() throws {
        var left = try plan()
        var right = left
        left.name = "a\"\nsummary=\"b"
        right.name = "a\\\"\\nsummary=\\\"b"
        #expect(left.canonicalText != right.canonicalText)
        #expect(left.canonicalText.split(separator: "\n").count == right.canonicalText.split(separator: "\n").count)
    }
}
