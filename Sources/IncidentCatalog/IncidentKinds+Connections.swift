import Truth
import TailnetModel

// Traffic that stands out by whom it connects, how often and when.
extension IncidentKinds {
    static let connections: [IncidentKind] = [
        .port22Spike, .sshBruteForce, .rdpBruteForce, .lateralMovement, .beaconing, .dnsTunnel,
    ]
}

extension IncidentKind {
    static let sshBruteForce = IncidentKind(
        "ssh-brute-force", "One laptop opens many SSH connections to one server.",
        story: "Passwords are tried on one server: many short connections between one pair, of a few kilobytes each.",
        attack: "240 connections in ten minutes.", over: "36 connections: the published rules ask for 30 and 20.",
        under: "16 connections.", lookalike: "12 connections of a deployment that logs in for each step.",
        stages: [Stage("credential-access", "T1110", "T1021.004")],
        rules: [Rule("sigma/brute-force"), Rule("panther/brute-force-by-ip")],
        cast: Cast(node: .laptop, targets: .servers),
        parameters: [
            IncidentParameter(.sessions, "connections", attack: 240, over: 36, under: 16, lookalike: 12),
            IncidentParameter(.port, "port of the SSH server", 22),
        ],
        seconds: 600)

    static let rdpBruteForce = IncidentKind(
        "rdp-brute-force", "One laptop opens many Remote Desktop connections to one server.",
        story: "The same as over SSH, on port 3389; the policy usually refuses it, and every attempt is still logged.",
        attack: "180 connections in ten minutes.", over: "36 connections: the published rules ask for 30 and 20.",
        under: "16 connections.", lookalike: "6 connections of somebody whose session drops again and again.",
        stages: [Stage("credential-access", "T1110", "T1021.001")],
        rules: [Rule("sigma/brute-force"), Rule("panther/brute-force-by-ip")],
        cast: Cast(node: .laptop, targets: .servers),
        parameters: [
            IncidentParameter(.sessions, "connections", attack: 180, over: 36, under: 16, lookalike: 6),
            IncidentParameter(.port, "port of the Remote Desktop server", 3_389),
        ],
        seconds: 600)

    static let lateralMovement = IncidentKind(
        "lateral-movement", "Logins from a laptop to a server, from there to the next, and so on.",
        story: """
            A laptop logs in to a server; from that server SSH connections go to others, from each of those to more. \
            No such pair had a connection before. A rule on new pairs also fires on an engineer's first login.
            """,
        attack: "12 hops within twenty minutes.", over: "3 hops.", under: "1 hop: one new pair.",
        lookalike: "1 hop of an engineer who logs in to a server for the first time.",
        stages: [Stage("lateral-movement", "T1021.004", "T1570")],
        rules: [
            Rule("sentinel/new-pairs", on: [.attack, .over, .under, .lookalike]),
            Rule("splunk/traffic-spike", on: [.attack, .over, .under, .lookalike]),
        ],
        cast: Cast(node: .laptop, targets: .servers),
        parameters: [
            IncidentParameter(.items, "hops", attack: 12, over: 3, under: 1, lookalike: 1),
            IncidentParameter(.port, "port of the SSH servers", 22),
        ], seconds: 1_200,
        historyDays: 7)

    static let beaconing = IncidentKind(
        "beaconing", "A laptop connects to one server at regular intervals.",
        story: """
            A program on a laptop connects to one server at a fixed interval, at most a second early or late, and \
            sends little. Rules that measure the time between two records by `logged` also measure the delays of the \
            log service.
            """,
        attack: "Every minute, 60 times.", over: "12 times: the published rule asks for 10.", under: "8 times.",
        lookalike: "8 times, of a status page that is left open.",
        stages: [Stage("command-and-control", "T1071", "T1029")],
        rules: [Rule("elastic/beaconing")], cast: Cast(node: .laptop, targets: .servers),
        parameters: [
            IncidentParameter(.sessions, "connections", attack: 60, over: 12, under: 8, lookalike: 8),
            IncidentParameter(
                .every, "interval between connections", attack: 60_000_000_000, over: 60_000_000_000,
                under: 60_000_000_000,
                lookalike: 60_000_000_000),
        ], seconds: 3_900)

    static let dnsTunnel = IncidentKind(
        "dns-tunnel", "A laptop sends data out in DNS queries to a server that is not a resolver.",
        story: """
            A program hides data in DNS: many exchanges over UDP port 53 with a machine that is not a resolver. \
            Traffic to a real resolver does not count.
            """,
        attack: "900 exchanges in fifteen minutes.", over: "12 exchanges.",
        under: "900 exchanges over TCP port 8053.", lookalike: "20 queries over TCP port 8053 to a test resolver.",
        stages: [Stage("exfiltration", "T1071.004", "T1048")],
        rules: [Rule("panther/unapproved-outbound-dns")], cast: Cast(node: .laptop, targets: .servers),
        parameters: [IncidentParameter(.sessions, "exchanges", attack: 900, over: 12, under: 900, lookalike: 20)],
        seconds: 900)
}
