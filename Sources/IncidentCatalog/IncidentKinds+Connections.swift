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
        "ssh-brute-force", "One laptop opens SSH connection after SSH connection to one server.",
        story: "Passwords are tried on one server: many short connections of one pair, a few kilobytes each.",
        attack: "240 connections in ten minutes.", over: "36 connections: the published rules ask for 30 and 20.",
        under: "16 connections.", lookalike: "12 connections of a deployment that logs in once a step.",
        stages: [Stage("credential-access", "T1110", "T1021.004")],
        rules: [Rule("sigma/brute-force"), Rule("panther/brute-force-by-ip")],
        cast: Cast(node: .laptop, targets: .servers),
        parameters: [
            IncidentParameter(.sessions, "connections", attack: 240, over: 36, under: 16, lookalike: 12),
            IncidentParameter(.port, "port of the SSH server", 22),
        ],
        seconds: 600)

    static let rdpBruteForce = IncidentKind(
        "rdp-brute-force", "One laptop opens Remote Desktop connection after Remote Desktop connection to one server.",
        story: "The same as over SSH, on port 3389; the policy usually refuses it, and every try is seen all the same.",
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
        "lateral-movement", "From a laptop to a server, from there to the next, and on.",
        story: """
            A laptop logs in to a server; from that server SSH connections go to others, from each of those to more. None of \
            these pairs ever talked before. Whoever alerts on new pairs sees the engineer's first login just as well.
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
        "beaconing", "A laptop calls one server as regularly as a clock.",
        story: """
            A program on a laptop connects to one server every few minutes, for hours, a second or less off its beat, with \
            little to say. Rules that measure the time between two records by `logged` measure the log service's delays, too.
            """,
        attack: "Every minute, 60 times.", over: "12 times: the published rule asks for 10.", under: "8 times.",
        lookalike: "8 times, of a status page that is left open.",
        stages: [Stage("command-and-control", "T1071", "T1029")],
        rules: [Rule("elastic/beaconing")], cast: Cast(node: .laptop, targets: .servers),
        parameters: [
            IncidentParameter(.sessions, "calls", attack: 60, over: 12, under: 8, lookalike: 8),
            IncidentParameter(
                .every, "between two calls", attack: 60_000_000_000, over: 60_000_000_000, under: 60_000_000_000,
                lookalike: 60_000_000_000),
        ], seconds: 3_900)

    static let dnsTunnel = IncidentKind(
        "dns-tunnel", "A laptop sends data out in DNS questions to a server that is no resolver.",
        story: """
            A program hides what it sends in DNS: exchange after exchange over UDP port 53 with a machine that nobody uses for \
            names. A resolver that answers everybody is left alone.
            """,
        attack: "900 exchanges in fifteen minutes.", over: "12 exchanges.",
        under: "900 exchanges over TCP port 8053.", lookalike: "20 questions over TCP port 8053 to a test resolver.",
        stages: [Stage("exfiltration", "T1071.004", "T1048")],
        rules: [Rule("panther/unapproved-outbound-dns")], cast: Cast(node: .laptop, targets: .servers),
        parameters: [IncidentParameter(.sessions, "exchanges", attack: 900, over: 12, under: 900, lookalike: 20)],
        seconds: 900)
}
