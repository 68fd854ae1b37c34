import TailnetModel

// Records that were forged, held back or changed, and a node that is somewhere else.
extension IncidentKinds {
    static let records: [IncidentKind] = [.spoofedFlows, .tamperedLogs, .alteredLogs, .silencedNode, .impossibleTravel]
}

extension IncidentKind {
    static let spoofedFlows = IncidentKind(
        "spoofed-flows", "A laptop reports connections with servers that never saw them.",
        story: """
            A manipulated client reports flows that never happened: its records name servers whose own records do not \
            mention it. Every real flow between two nodes that log is reported by both sides.
            """,
        attack: "80 connections with ten servers.", over: "3 connections.", under: "None: 3 real connections.",
        lookalike: "3 real connections, one after the other.",
        stages: [Stage("defense-evasion", "T1565")],
        rules: [Rule("tailscale2otel/flow-reporter-mismatch")], cast: Cast(node: .laptop, targets: .servers),
        parameters: [IncidentParameter(.sessions, "connections", attack: 80, over: 3, under: 3, lookalike: 3)],
        seconds: 600)

    static let tamperedLogs = IncidentKind(
        "tampered-logs", "Data is copied from a server, and the server's own records of that time are missing.",
        story: """
            A laptop connects to a server many times; the server's records of that time never arrive. The laptop's do: \
            the flows appear only in the laptop's records.
            """,
        attack: "60 connections in twenty minutes without a record from the server.",
        over: "12 connections in twenty minutes.", under: "12 connections; the records are there.",
        lookalike: "12 connections to a server whose records come late, but come.",
        stages: [Stage("defense-evasion", "T1562.008", "T1565"), Stage("collection", "T1005")],
        rules: [Rule("tailscale2otel/flow-reporter-mismatch")], cast: Cast(node: .laptop, targets: .servers),
        parameters: [IncidentParameter(.sessions, "connections", attack: 60, over: 12, under: 12, lookalike: 12)],
        seconds: 1_200)

    static let alteredLogs = IncidentKind(
        "altered-logs", "A server's records lack every entry about one laptop.",
        story: """
            A laptop connects to a server many times; every entry about that laptop is missing from the server's \
            records. The laptop's own records name the server.
            """,
        attack: "60 connections in twenty minutes that the server does not mention.",
        over: "12 connections in twenty minutes.", under: "12 connections; the entries are there.",
        lookalike: "12 connections in pairs that both sides report.",
        stages: [Stage("defense-evasion", "T1565.001")],
        rules: [Rule("tailscale2otel/flow-reporter-mismatch")], cast: Cast(node: .laptop, targets: .servers),
        parameters: [IncidentParameter(.sessions, "connections", attack: 60, over: 12, under: 12, lookalike: 12)],
        seconds: 1_200)

    static let silencedNode = IncidentKind(
        "silenced-node", "A laptop stops reporting flows but still sends traffic.",
        story: """
            A laptop's client no longer uploads its flow records. The servers still report its flows, which appear \
            only in the peers' records.
            """,
        attack: "Silent for more than an hour.", over: "Silent for half an hour.",
        under: "Not silent: the records are there.",
        lookalike: "Asleep: neither side reports much.",
        stages: [Stage("defense-evasion", "T1562.008")],
        rules: [Rule("tailscale2otel/flow-reporter-mismatch")], cast: Cast(node: .laptop, targets: .servers),
        parameters: [
            IncidentParameter(.sessions, "connections during that time", attack: 120, over: 90, under: 90, lookalike: 4)
        ],
        seconds: 5_400)

    static let impossibleTravel = IncidentKind(
        "impossible-travel", "A laptop's public address moves to another part of the world within minutes.",
        story: """
            The node's key is used on another machine: its peers now send packets to a public address far away from \
            the previous one, while its name and its tailnet addresses stay the same.
            """,
        attack: "Forty minutes elsewhere, and back.", over: "Twelve minutes elsewhere.",
        under: "Where it always is.", lookalike: "Where it always is: only the port changes.",
        stages: [Stage("initial-access", "T1078")],
        rules: [Rule("panther/impossible-travel")], cast: Cast(node: .laptop, targets: .servers),
        parameters: [
            IncidentParameter(.sessions, "connections during that time", attack: 60, over: 30, under: 30, lookalike: 30)
        ],
        seconds: 3_600)
}
