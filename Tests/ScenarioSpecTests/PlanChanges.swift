import TailnetControl
import IncidentCatalog
import ScenarioSpec
import SimTime
import TailnetModel
import Truth

/// Changes of a plan, each of one field: together they reach every field, which `CanonicalTextTests` checks by
/// reflection.
struct PlanChange {
    /// What comes before the change.
    var prepare: @Sendable (inout Plan) -> Void = { _ in }
    var apply: @Sendable (inout Plan) -> Void

    /// A plan in which every list has an element and every optional value is there.
    static func fullPlan() throws -> Plan {
        var plan = try Fixture.plan(
            "{name: db, tags: [tag:db]}", "{name: db, tags: [tag:db], advertisedRoutes: [10.0.0.0/8]}")
        plan.connections[0] = NodeConnection(site: "office", isHardToReach: true)
        plan.hosts = [
            Host(key: "printer", address: 1, place: .lan(routers: [5])), Host(key: "cdn", address: 2, place: .internet),
        ]
        plan.holidays = [20_000]
        plan.nodes[0].removed = plan.span.end
        plan.nodes[0].exitNode = 5
        plan.nodes[0].sharer = Sharer(login: "guest@example.org", dnsSuffix: "tail20b7e")
        plan.policies[0].since = plan.span.start
        plan.policies[0].incident = 0
        plan.patterns[0].sourceHosts = [0]
        plan.patterns[0].targetHosts = [1]
        plan.administration.events[0].user = 1
        plan.administration.events[0].client = 0
        plan.incidents[0].user = 0
        plan.incidents[0].oauthClient = 0
        plan.incidents[0].targets = [1]
        plan.incidents[0].ownNodes = [1]
        plan.incidents[0].ownHosts = [1]
        plan.incidents[0].exit = 1
        return plan
    }

    static let all: [PlanChange] =
        (ofTailnet + ofUsers + ofNodes + ofTraffic + ofAdministration + ofIncidents).map { PlanChange(apply: $0) }
        + ofActions

    private static let ofTailnet: [@Sendable (inout Plan) -> Void] = [
        { $0.name += "x" }, { $0.summary += "\n" }, { $0.seed += 1 }, { $0.span.start += .nanoseconds(1) },
        { $0.span.end += .nanoseconds(1) }, { $0.tailnet.organization += "x" }, { $0.tailnet.dnsSuffix += "x" },
        { $0.tailnet.number += 1 }, { $0.tailnet.settings.devicesApprovalOn.toggle() },
        { $0.tailnet.settings.usersApprovalOn.toggle() }, { $0.tailnet.settings.devicesKeyDurationDays -= 1 },
        { $0.tailnet.settings.networkFlowLoggingOn.toggle() }, { $0.tailnet.settings.logExitFlowsOn.toggle() },
        { $0.tailnet.settings.magicDNSOn.toggle() }, { $0.tailnet.settings.httpsEnabled.toggle() },
        { $0.tailnet.settings.tailnetLockOn.toggle() },
        { $0.tailnet.settings.postureIdentityCollectionOn.toggle() }, { $0.holidays[0] += 1 },
        { $0.holidays.append(1) }, { $0.ordinaryNodeCount -= 1 },
    ]

    private static let ofUsers: [@Sendable (inout Plan) -> Void] = [
        { $0.users[1].key += "x" }, { $0.users[1].login += "x" }, { $0.users[1].displayName += "x" },
        { $0.users[1].role = .auditor }, { $0.users[1].number += 1 }, { $0.users[0].timeZone = .utc },
        { $0.users[1].created += .nanoseconds(1) }, { $0.users.removeLast() },
        { $0.workingHours[0].start = .zero }, { $0.workingHours[0].end = .days(1) },
        { $0.workingHours[0].weekends.toggle() }, { $0.workingHours.removeLast() }, { $0.policies[0].since = nil },
        { $0.policies[0].since? += .nanoseconds(1) }, { $0.policies[0].file += "x" }, { $0.policies[0].text += " " },
        { $0.policies[0].incident = nil }, { $0.policies[0].incident = 1 },
        { $0.policies.append($0.policies[0]) }, { $0.oauthClients[0].key += "x" }, { $0.oauthClients[0].number += 1 },
        { $0.oauthClients[0].scopes += "x" }, { $0.oauthClients[0].tokenEvery = nil },
        { $0.oauthClients[0].tokenEvery = .hours(2) }, { $0.oauthClients.append($0.oauthClients[0]) },
    ]

    private static let ofNodes: [@Sendable (inout Plan) -> Void] = [
        { $0.nodes[0].key += "x" }, { $0.nodes[0].hostName += "x" }, { $0.nodes[0].name += "x" },
        { $0.nodes[0].number += 1 }, { $0.nodes[0].owner = nil }, { $0.nodes[0].owner = 1 },
        { $0.nodes[0].tags = ["tag:x"] }, { $0.nodes[5].tags = ["tag:x"] }, { $0.nodes[0].os = .tvOS },
        { $0.nodes[0].ipv4 = $0.nodes[1].ipv4 }, { $0.nodes[0].ipv6 = $0.nodes[1].ipv6 },
        { $0.nodes[0].clientVersion += "x" }, { $0.nodes[0].isEphemeral.toggle() },
        { $0.nodes[0].keyExpiryDisabled.toggle() }, { $0.nodes[0].created += .nanoseconds(1) },
        { $0.nodes[5].advertisedRoutes = [] },
        { $0.nodes[5].advertisedRoutes = ["10.0.0.0/9"].compactMap(IPPrefix.init) },
        { $0.nodes[5].approvedRoutes = [] }, { $0.nodes[5].approvedRoutes = ["10.0.0.0/9"].compactMap(IPPrefix.init) },
        { $0.nodes[0].removed = nil }, { $0.nodes[0].removed? += .nanoseconds(1) }, { $0.nodes[0].logsFlows.toggle() },
        { $0.nodes[0].isUserspace.toggle() }, { $0.nodes[0].runsSSH.toggle() }, { $0.nodes[0].exitNode = nil },
        { $0.nodes[0].exitNode = 4 }, { $0.nodes[0].sharer = nil }, { $0.nodes[0].sharer?.login += "x" },
        { $0.nodes[0].sharer?.dnsSuffix += "x" }, { $0.nodes.removeLast() }, { $0.roles[0] = .phone },
        { $0.roles.removeLast() }, { $0.connections[0].site = nil }, { $0.connections[0].site = "home" },
        { $0.connections[0].isHardToReach = nil }, { $0.connections[0].isHardToReach = false },
        { $0.connections.removeLast() }, { $0.hosts[0].key += "x" }, { $0.hosts[0].address += 1 },
        { $0.hosts[0].place = .lan(routers: [4]) }, { $0.hosts[0].place = .lan(routers: []) },
        { $0.hosts[0].place = .internet }, { $0.hosts[0].place = .gone }, { $0.hosts.removeLast() },
    ]

    private static let ofTraffic: [@Sendable (inout Plan) -> Void] = [
        { $0.patterns[0].key += "x" }, { $0.patterns[0].profile = .chat }, { $0.patterns[0].proto = 17 },
        { $0.patterns[0].ports[0] = 80 }, { $0.patterns[0].ports.append(80) }, { $0.patterns[0].sources[0] = 5 },
        { $0.patterns[0].sources.removeLast() }, { $0.patterns[0].targets[0] = 5 },
        { $0.patterns[0].targets.removeLast() }, { $0.patterns[0].sourceHosts = [1] },
        { $0.patterns[0].sourceHosts = [] }, { $0.patterns[0].targetHosts = [0] }, { $0.patterns[0].targetHosts = [] },
        { $0.patterns[0].isEndless.toggle() }, { $0.patterns[0].milliSessionsPerHour += 1 },
        { $0.patterns[0].schedule = .nightly }, { $0.patterns[0].ipv6Permille += 1 },
        { $0.patterns.append($0.patterns[0]) },
    ]

    private static let ofAdministration: [@Sendable (inout Plan) -> Void] = [
        { $0.administration.milliConsoleLoginsPerDay += 1 }, { $0.administration.milliFailedRequestsPerDay += 1 },
        { $0.administration.milliSSHChecksPerDay += 1 }, { $0.administration.milliWebLoginsPerDay += 1 },
        { $0.administration.milliAttributeUpdatesPerDay += 1 }, { $0.administration.renewsKeys.toggle() },
        { $0.administration.events.removeLast() }, { $0.administration.events[0].key += "x" },
        { $0.administration.events[0].time += .nanoseconds(1) }, { $0.administration.events[0].user = nil },
        { $0.administration.events[0].user = 0 }, { $0.administration.events[0].client = nil },
        { $0.administration.events[0].client = 1 }, { $0.administration.events[0].isByAPI.toggle() },
    ]

    private static let ofIncidents: [@Sendable (inout Plan) -> Void] = [
        { $0.incidents[0].id += "x" }, { $0.incidents[0].kind = .unauthorizedAPICalls },
        { $0.incidents[0].variant = .over }, { $0.incidents[0].window.start += .nanoseconds(2) },
        { $0.incidents[0].window.end += .nanoseconds(2) }, { $0.incidents[0].node = nil },
        { $0.incidents[0].node = 3 }, { $0.incidents[0].user = nil }, { $0.incidents[0].user = 1 },
        { $0.incidents[0].oauthClient = nil }, { $0.incidents[0].oauthClient = 1 }, { $0.incidents[0].targets = [2] },
        { $0.incidents[0].targets = [] }, { $0.incidents[0].ownNodes = [2] }, { $0.incidents[0].ownNodes = [] },
        { $0.incidents[0].ownHosts = [2] }, { $0.incidents[0].ownHosts = [] }, { $0.incidents[0].exit = nil },
        { $0.incidents[0].exit = 2 }, { $0.incidents[0].values[0] += 1 }, { $0.incidents[0].values.append(1) },
        { $0.incidents.removeLast() },
    ]

    /// For every action of the control plane the change to it from another, and each of its own fields.
    private static let ofActions: [PlanChange] = ActionVariants.all.flatMap { variants in
        variants.dropFirst().map { variant in
            PlanChange(
                prepare: { $0.administration.events[0].action = variants[0] },
                apply: { $0.administration.events[0].action = variant })
        } + [PlanChange(apply: { $0.administration.events[0].action = variants[0] })]
    }
}
