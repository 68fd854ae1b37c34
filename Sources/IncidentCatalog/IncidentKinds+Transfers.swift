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
            One connection carries far more than the pair ever did. Published rules add up sent and received bytes by \
            connection; a backup of the same size looks no different to them.
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
            Every few minutes a connection carries some megabytes: none of them is large, all together they are more than the \
            laptop ever moved in such a time.
            """,
        attack: "3 GiB in 72 pieces over six hours.",
        over: "600 MiB in 72 pieces: the plain form of the rule asks for 512 MiB.",
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
            A laptop goes to the internet through the tailnet's exit node: in bulk, and to addresses that nobody went to \
            before. Destinations are in the records only where the tailnet logs them; without that, published rules that join \
            on them see nothing, whatever happens.
            """,
        attack: "60 connections to 20 addresses, 1 GiB in all.", over: "2 connections to one address.",
        under: "No connection through the exit node: 2 to a server instead.",
        lookalike: "3 connections of somebody in a hotel: the rule cannot tell.",
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
        "derp-surge", "A laptop's traffic goes through relays all at once.",
        story: """
            A laptop's direct paths are gone: everything it sends and receives goes through a DERP relay, as behind a network \
            that lets nothing else out, or by a client that was told to.
            """,
        attack: "90 connections to servers within ten minutes, all relayed.",
        over: "40 connections within ten minutes.", under: "4 connections.",
        lookalike: "4 connections of somebody on a train.",
        stages: [Stage("command-and-control", "T1572")],
        rules: [Rule("sentinel/derp-relay-surge")], cast: Cast(node: .laptop, targets: .servers),
        parameters: [IncidentParameter(.sessions, "connections", attack: 90, over: 40, under: 4, lookalike: 4)],
        seconds: 600)

    static let subnetRouterFlood = IncidentKind(
        "subnet-router-flood", "A laptop moves far more through a subnet router than ever.",
        story: "Hosts behind a subnet router are read out: the router's hour holds many times its usual hour.",
        attack: "4 GiB from 12 hosts.",
        over: "600 MiB from 4 hosts: over three times the usual hour of a quiet router.",
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
