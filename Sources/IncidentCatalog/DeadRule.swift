/// A rule that, as it was published, no true record can set off; and why.
///
/// Incidents expect such a rule with the one word repaired, where that makes it one (`IncidentKind.rules`), or not at all.
public struct DeadRule: Sendable, Hashable {
    /// `source/slug`.
    public let id: String
    /// What its text asks for that no record has.
    public let why: String
    /// The kinds that it was written for.
    public let kinds: [String]

    /// All of them.
    public static let all: [DeadRule] = [
        DeadRule(
            id: "sentinel/beaconing",
            why:
                "measures even intervals between logging times, but each record is logged some seconds late, by a varying "
                + "delay; it also groups by source port, which changes with each connection",
            kinds: ["beaconing"]),
        DeadRule(
            id: "sentinel/mass-fan-out",
            why:
                "groups by source address and port, and the port changes with each connection; grouped by address, it fires",
            kinds: ["horizontal-scan", "network-sweep"]),
        DeadRule(
            id: "panther/inbound-port-blocklist",
            why: "looks for a source on the internet; sources in a tailnet have addresses in 100.64.0.0/10",
            kinds: ["ssh-brute-force", "rdp-brute-force"]),
        DeadRule(
            id: "datadog/tailnet-lock-disabled", why: "looks for the property TAILNET_LOCK; records say TKA",
            kinds: ["tailnet-lock-off"]),
        DeadRule(
            id: "sentinel/dns-modified", why: "looks for the property DNS_NAMESERVERS; records say DNS_CONFIG",
            kinds: ["dns-hijack"]),
        DeadRule(
            id: "sentinel/auth-key-created",
            why: "looks for the target type AUTH_KEY; records say API_KEY, with the name \"Auth key\"",
            kinds: ["reusable-auth-key"]),
        DeadRule(
            id: "sentinel/exit-node-approved",
            why:
                "looks for an action that contains EXIT or a field advertisedExitNode; records say UPDATE of ALLOWED_IPS",
            kinds: ["exit-node-advertised"]),
    ]
}

extension IncidentKind {
    /// Rules for this kind that, as published, no true record can set off.
    public var deadRules: [DeadRule] { DeadRule.all.filter { $0.kinds.contains(name) } }
}
