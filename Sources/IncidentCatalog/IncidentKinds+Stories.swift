import Truth
import TailnetModel

// Incidents of several stages.
extension IncidentKinds {
    static let stories: [IncidentKind] = [.intrusion, .stolenKey, .insider]
}

extension IncidentKind {
    static let intrusion = IncidentKind(
        "intrusion", "A compromised laptop probes servers, moves from one to the next, and copies data out.",
        story: """
            Within an hour: SSH logins to one server until one works; attempts on ports of other servers, most of them \
            refused; logins from the first server to others; a large copy from the last of them to the laptop.
            """,
        attack: "60 logins, 40 probed ports, 6 hops, 1 GiB.", over: "36 logins, 12 probed ports, 2 hops, 120 MiB.",
        under: "10 logins, 5 probed ports, 1 hop, 40 MiB.",
        lookalike: "An engineer's evening: 6 logins, 3 wrong ports, 1 hop, 60 MiB.",
        stages: [
            Stage("initial-access", "T1110", "T1021.004"), Stage("discovery", "T1046"),
            Stage("lateral-movement", "T1021.004"), Stage("exfiltration", "T1041"),
        ],
        rules: [
            Rule("sigma/brute-force"), Rule("panther/vpc-port-scan"), Rule("sentinel/large-outbound-transfer"),
        ],
        cast: Cast(node: .laptop, targets: .servers),
        parameters: [
            IncidentParameter(.sessions, "logins", attack: 60, over: 36, under: 10, lookalike: 6),
            IncidentParameter(.ports, "probed ports", attack: 40, over: 12, under: 5, lookalike: 3),
            IncidentParameter(.items, "hops", attack: 6, over: 2, under: 1, lookalike: 1),
            IncidentParameter(
                .bytes, "payload", attack: 1_024 << 20, over: 120 << 20, under: 40 << 20, lookalike: 60 << 20),
        ], seconds: 3_600)

    static let stolenKey = IncidentKind(
        "stolen-key", "An unknown device joins with an auth key from an admin's session, and copies data.",
        story: """
            An admin's session creates a reusable auth key; an unknown device joins with it, probes a server and \
            copies from another. In the end an admin deletes it and revokes the key. Rules on new nodes and keys also \
            fire on every new colleague.
            """,
        attack: "A device that probes 60 ports and copies 600 MiB.",
        over: "A device that probes 12 ports and copies 120 MiB.",
        under: "A device that probes 5 ports and copies 30 MiB.",
        lookalike: "A new server of the build team that probes nothing and copies 20 MiB.",
        stages: [
            Stage("persistence", "T1098", "T1136"), Stage("initial-access", "T1078"), Stage("discovery", "T1046"),
            Stage("exfiltration", "T1041"), Stage("remediation"),
        ],
        rules: [
            Rule("panther/vpc-port-scan"),
            Rule("runreveal/new-node", on: [.attack, .over, .under, .lookalike]),
            Rule("sentinel/api-credential-created", on: [.attack, .over, .under, .lookalike]),
        ],
        cast: Cast(user: .admin, targets: .servers, ownNodes: .rogue),
        parameters: [
            IncidentParameter(.ports, "probed ports", attack: 60, over: 12, under: 5, lookalike: 1),
            IncidentParameter(
                .bytes, "payload", attack: 600 << 20, over: 120 << 20, under: 30 << 20, lookalike: 20 << 20),
        ], seconds: 3_600)

    static let insider = IncidentKind(
        "insider",
        "An admin who is about to leave creates a credential, copies data, and deletes the log stream.",
        story: """
            A console login, an unneeded API token, large copies from several servers to a laptop, and the log stream \
            deleted; another admin creates it again and revokes the token.
            """,
        attack: "Six copies of 300 MiB.", over: "Two copies of 120 MiB.",
        under: "Two copies of 40 MiB; a webhook is changed instead of the log stream, and no token is created.",
        lookalike: "Two copies of 40 MiB before a holiday, and a changed webhook.",
        stages: [
            Stage("persistence", "T1098"), Stage("exfiltration", "T1041"), Stage("defense-evasion", "T1562.008"),
            Stage("remediation"),
        ],
        rules: [
            Rule("sentinel/api-credential-created"), Rule("sentinel/large-outbound-transfer"),
            Rule("tailscale2otel/logstream-config-changed"), Rule("elastic/flow-log-deletion"),
        ],
        cast: Cast(node: .laptop, user: .admin, targets: .servers),
        parameters: [
            IncidentParameter(.items, "copies", attack: 6, over: 2, under: 2, lookalike: 2),
            IncidentParameter(
                .bytes, "payload of a copy", attack: 300 << 20, over: 120 << 20, under: 40 << 20, lookalike: 40 << 20),
        ], seconds: 3_600)
}
