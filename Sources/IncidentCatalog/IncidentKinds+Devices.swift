import Truth
import TailnetModel

// Devices, routes and shares.
extension IncidentKinds {
    static let devices: [IncidentKind] = [
        .massDeviceDeletion, .unauthorisedDevice, .nodeSharedOut, .subnetRouteThenTraffic, .exitNodeAdvertised,
    ]
}

extension IncidentKind {
    static let massDeviceDeletion = IncidentKind(
        "mass-device-deletion", "One admin deletes many devices within minutes.",
        story: """
            Devices of the inventory that have been silent for long are deleted within minutes, all by one account; \
            only this incident has them, so nobody's traffic ends. The look-alike is the yearly clean-up by two \
            admins.
            """,
        attack: "A console login; 20 devices deleted by one admin in five minutes.",
        over: "11 devices deleted by one admin: what the stricter of the two rules asks for.",
        under: "4 devices deleted by one admin: one less than the other rule asks for.",
        lookalike: "6 devices deleted by two admins, 3 each.",
        stages: [Stage("impact", "T1485", "T1531")],
        rules: [Rule("elastic/mass-deletion"), Rule("panther/bulk-delete")],
        cast: Cast(user: .admin, ownNodes: .stale),
        parameters: [IncidentParameter(.items, "devices", attack: 20, over: 11, under: 4, lookalike: 6)], seconds: 300)

    static let unauthorisedDevice = IncidentKind(
        "unauthorised-device",
        "A device joins with a member's stolen login, waits for approval, and then probes servers.",
        story: """
            Unknown devices join in a member's name. They are unauthorised in the inventory for most of the time; then \
            a careless admin approves them and they connect to servers. Another admin deletes them at the end. The \
            look-alike is a new laptop that is approved within a minute: a rule on any new device cannot tell the \
            difference.
            """,
        attack: "3 devices that wait for half of the time; approved, they make 24 connections to servers.",
        over: "1 device that waits for most of the time, approved, and 4 connections to servers.",
        under: "1 device that is approved within a minute, and 4 connections to servers.",
        lookalike: "1 new laptop that is approved within a minute, and 2 connections to servers.",
        stages: [
            Stage("initial-access", "T1078"), Stage("discovery", "T1021"),
            Stage("remediation"),
        ],
        rules: [
            Rule("sentinel/unauthorized-device"),
            Rule("runreveal/new-node", on: [.attack, .over, .under, .lookalike]),
        ],
        cast: Cast(user: .member, targets: .servers, ownNodes: .rogue),
        parameters: [
            IncidentParameter(.items, "devices", attack: 3, over: 1, under: 1, lookalike: 1),
            IncidentParameter(.sessions, "connections", attack: 24, over: 4, under: 4, lookalike: 2),
        ], seconds: 10_800, readsSnapshots: true)

    static let nodeSharedOut = IncidentKind(
        "node-shared-out", "Servers are shared with somebody in another tailnet.",
        story: """
            An admin's session invites a stranger to servers, who accepts. Another admin ends the shares. The rule \
            fires on any accepted invitation. The look-alike is an old share that is changed.
            """,
        attack: "A console login; 3 servers shared, and each share accepted.",
        over: "1 server shared, and the share accepted.",
        under: "1 server shared; the invitation is withdrawn before anybody accepts.",
        lookalike: "1 old share with a partner is changed.",
        stages: [Stage("exfiltration", "T1537", "T1078"), Stage("remediation")],
        rules: [Rule("runreveal/new-user-by-invite")],
        cast: Cast(user: .admin, targets: .servers),
        parameters: [IncidentParameter(.items, "servers", attack: 3, over: 1, under: 1, lookalike: 1)], seconds: 1_800)

    static let subnetRouteThenTraffic = IncidentKind(
        "subnet-route-then-traffic", "A new route of a subnet router is approved, and somebody connects through it.",
        story: """
            An admin's session approves another route of a subnet router; then a laptop connects to hosts behind it \
            that nobody used before. Another admin withdraws the route. The look-alike is the network of a new office: \
            a rule on any new route cannot tell the difference.
            """,
        attack: "A console login; a new route, then 120 connections to 12 hosts behind it.",
        over: "A new route, then 4 connections to 2 hosts behind it.",
        under:
            "No new route: 4 connections to 2 hosts behind the router, and the router is renamed and gets its name back.",
        lookalike: "A new route as planned, which stays, and 1 connection to test it.",
        stages: [
            Stage("defense-evasion", "T1599"), Stage("lateral-movement", "T1021"),
            Stage("remediation"),
        ],
        rules: [Rule("sentinel/new-subnet-routes", on: [.attack, .over, .lookalike])],
        cast: Cast(node: .router, user: .admin, ownHosts: .lan),
        parameters: [
            IncidentParameter(.sessions, "connections", attack: 120, over: 4, under: 4, lookalike: 1),
            IncidentParameter(.hosts, "hosts", attack: 12, over: 2, under: 2, lookalike: 1),
        ], seconds: 7_200, historyDays: 1)

    static let exitNodeAdvertised = IncidentKind(
        "exit-node-advertised", "Servers become exit nodes: traffic to the internet can leave through them.",
        story: """
            An admin's session approves servers as exit nodes. Another admin reverts that. The look-alike is an exit \
            node for a new region: the rule cannot tell the difference.
            """,
        attack: "A console login; 3 servers become exit nodes.",
        over: "1 server becomes an exit node.",
        under: "1 server is renamed, and gets its old name back.",
        lookalike: "1 server becomes an exit node by an admin's script through the API, as planned.",
        stages: [Stage("command-and-control", "T1090"), Stage("remediation")],
        rules: [Rule("sentinel/exit-node-approved", on: [.attack, .over, .lookalike])],
        cast: Cast(user: .admin, targets: .servers),
        parameters: [IncidentParameter(.items, "servers", attack: 3, over: 1, under: 1, lookalike: 1)], seconds: 1_800)
}
