import Truth
import TailnetModel

// Traffic that stands out by its volume or its way.
extension IncidentKinds {
    static let transfers: [IncidentKind] = [
        .exfiltration, .exfiltrationDrip, .exitNodeAbuse, .derpSurge, .subnetRouterFlood,
    ]
}

extension IncidentKind {
    private static let megabyte: Int64 = 1 << 20

    static let exfiltration = IncidentKind(
        "exfiltration", "A laptop copies a large file from a server in one go.",
        story: """
            One connection carries far more than usual for the pair. Published rules add up sent and received bytes \
            for each connection; a backup of the same size looks the same to them.
            """,
        attack: "2 GiB.", over: "112 MiB: the published rule asks for 100 MiB.", under: "88 MiB.",
        lookalike: "600 MiB in 12 connections of 50 MiB: a mirror of packages.",
        stages: [Stage("exfiltration", "T1041", "T1020")],
        rules: [
            Rule("sentinel/large-outbound-transfer"),
            Rule("datadog/virtual-traffic-derivative", on: [.attack, .over, .under, .lookalike]),
        ],
        cast: Cast(node: .laptop, targets: .servers),
        parameters: [
            IncidentParameter(
                .bytes, "payload", attack: 2_048 * megabyte, over: 112 * megabyte, under: 88 * megabyte,
                lookalike: 600 * megabyte)
        ], seconds: 1_200)

    static let exfiltrationDrip = IncidentKind(
        "exfiltration-drip", "A laptop copies data from a server in small pieces, for hours.",
        story: """
            Every few minutes a connection carries some megabytes: none of them is large, but together they are more \
            than the laptop usually moves in that time.
            """,
        attack: "3 GiB in 72 pieces over six hours.",
        over: "600 MiB in 72 pieces: the rule, reduced to a plain threshold, asks for 512 MiB.",
        under: "400 MiB in 72 pieces.", lookalike: "150 MiB in 72 pieces, of a synchronised folder.",
        stages: [Stage("exfiltration", "T1041", "T1030")],
        rules: [Rule("elastic/high-sent-bytes")], cast: Cast(node: .laptop, targets: .servers),
        parameters: [
            IncidentParameter(
                .bytes, "payload", attack: 3_072 * megabyte, over: 600 * megabyte, under: 400 * megabyte,
                lookalike: 150 * megabyte),
            IncidentParameter(.sessions, "pieces", attack: 72, over: 72, under: 72, lookalike: 72),
        ], seconds: 21_600, historyDays: 1)

    static let exitNodeAbuse = IncidentKind(
        "exit-node-abuse", "A laptop that never used an exit node sends its traffic through one.",
        story: """
            A laptop sends much traffic to the internet through the tailnet's exit node, to addresses that nobody used \
            before. Records hold destinations only if the tailnet logs them; otherwise published rules that join on \
            destinations never fire.
            """,
        attack: "60 connections to 20 addresses, 1 GiB in all.", over: "2 connections to one address.",
        under: "No connection through the exit node: 2 to a server instead.",
        lookalike: "3 connections of somebody in a hotel: the rule cannot tell the difference.",
        stages: [Stage("command-and-control", "T1090"), Stage("exfiltration", "T1041")],
        rules: [Rule("sentinel/unexpected-exit-node-egress", on: [.attack, .over, .lookalike])],
        cast: Cast(node: .laptop, targets: .servers, ownHosts: .internet, exit: true),
        parameters: [
            IncidentParameter(.sessions, "connections", attack: 60, over: 2, under: 2, lookalike: 3),
            IncidentParameter(.hosts, "addresses", attack: 20, over: 1, under: 1, lookalike: 3),
            IncidentParameter(
                .bytes, "payload", attack: 1_024 * megabyte, over: 4 * megabyte, under: 4 * megabyte,
                lookalike: 6 * megabyte),
        ], seconds: 900, historyDays: 7)

    static let derpSurge = IncidentKind(
        "derp-surge", "All traffic of a laptop suddenly goes through relays.",
        story: """
            A laptop has no direct paths any more: everything it sends and receives goes through a DERP relay, as \
            behind a strict firewall, or with a client that was configured so.
            """,
        attack: "90 connections to servers within ten minutes, all relayed.",
        over: "40 connections within ten minutes.", under: "4 connections.",
        lookalike: "4 connections of somebody on a train.",
        stages: [Stage("command-and-control", "T1572")],
        rules: [Rule("sentinel/derp-relay-surge")], cast: Cast(node: .laptop, targets: .servers),
        parameters: [IncidentParameter(.sessions, "connections", attack: 90, over: 40, under: 4, lookalike: 4)],
        seconds: 600)

    static let subnetRouterFlood = IncidentKind(
        "subnet-router-flood", "A laptop moves far more data through a subnet router than usual.",
        story:
            "Data is copied from hosts behind a subnet router: the router carries many times its usual traffic of an hour.",
        attack: "4 GiB from 12 hosts.",
        over: "600 MiB from 4 hosts: over three times the usual hourly traffic of a quiet router.",
        under: "8 kB from 2 hosts.", lookalike: "6 kB: somebody prints a page.",
        stages: [Stage("collection", "T1572", "T1041")],
        rules: [Rule("sentinel/subnet-router-throughput")], cast: Cast(node: .laptop, ownHosts: .lan),
        parameters: [
            IncidentParameter(.hosts, "hosts", attack: 12, over: 4, under: 2, lookalike: 1),
            IncidentParameter(
                .bytes, "payload", attack: 4_096 * megabyte, over: 600 * megabyte, under: 8_000,
                lookalike: 6_000),
        ], seconds: 1_800, historyDays: 7)
}
