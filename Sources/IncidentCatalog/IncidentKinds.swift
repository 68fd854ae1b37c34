import Truth
import TailnetModel

/// Every kind of incident, by family.
public enum IncidentKinds {
    /// All kinds, in the order in which they are listed.
    public static let all: [IncidentKind] =
        scans + connections + transfers + records + settings + policies + credentials + people + devices + inventory
        + stories

    /// The kind of that name.
    public static func kind(_ name: String) -> IncidentKind? { all.first { $0.name == name } }
}

extension IncidentKind {
    /// The two kinds that the embedded ingester has always looked for.
    public static let port22Spike = IncidentKind(
        "port-22-spike", "One node opens far more SSH connections than usual, to many servers.",
        story: """
            A laptop opens many short SSH connections, each to one of its targets: passwords or keys are tried on many \
            servers.
            """,
        attack: "120 connections in five minutes, to all tagged servers.",
        over: "24 connections: four more than the reference detection allows.",
        under: "16 connections: fewer than the reference detection asks for.",
        lookalike: "16 connections of an administrator's script.",
        stages: [Stage("lateral-movement", "T1021.004", "T1110", "T1046")],
        rules: [Rule("mocktail/port-22-spike")],
        cast: Cast(node: .laptop, targets: .servers),
        parameters: [IncidentParameter(.sessions, "SSH connections", attack: 120, over: 24, under: 16, lookalike: 16)])

    public static let unauthorizedAPICalls = IncidentKind(
        "unauthorized-api-calls", "A credential makes many API requests for which it lacks the scope.",
        story: "An OAuth client makes requests for which it lacks the scope: each leaves a record with an error.",
        attack: "40 refused requests in five minutes.",
        over: "6 refused requests: one more than the reference detection asks for.",
        under: "3 refused requests.",
        lookalike: "3 refused requests of a program whose scopes were cut.",
        stages: [Stage("probing", "T1078")],
        rules: [
            Rule("mocktail/unauthorized-api-calls"),
            Rule("tailscale2otel/audit-config-change-warn", on: [.attack, .over, .under, .lookalike]),
        ],
        cast: Cast(client: true),
        parameters: [
            IncidentParameter(.requests, "refused requests", attack: 40, over: 6, under: 3, lookalike: 3)
        ])
}
