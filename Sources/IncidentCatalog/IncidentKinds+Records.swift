import TailnetModel

// Records that were forged, held back or changed, and a node that is somewhere else.
extension IncidentKinds {
    static let records: [IncidentKind] = [.spoofedFlows, .tamperedLogs, .alteredLogs, .silencedNode, .impossibleTravel]
}

extension IncidentKind {
    static let spoofedFlows = IncidentKind(
        "spoofed-flows", "A laptop reports connections with servers that never saw them.",
        story: """
            A client that was tampered with reports flows that nobody had: its records name servers whose own records know \
            nothing of it. Every true flow between two nodes that log is reported from both sides.
            """,
        attack: "80 connections with ten servers.", over: "3 connections.", under: "None: 3 true connections.",
        lookalike: "3 true connections, one after the other.",
        stages: [Stage("defense-evasion", "T1565")],
        rules: [Rule("tailscale2otel/flow-reporter-mismatch")], cast: Cast(node: .laptop, targets: .servers),
        parameters: [IncidentParameter(.sessions, "connections", attack: 80, over: 3, under: 3, lookalike: 3)],
        seconds: 600)

    static let tamperedLogs = IncidentKind(
        "tampered-logs", "A server is read out, and its own records of that time are missing.",
        story: """
            A laptop connects to a server again and again; the server's reports of the time never arrive. The laptop's do: \
            the flows are told by one side only.
            """,
        attack: "60 connections in twenty minutes without a record of the server.",
        over: "12 connections in twenty minutes.", under: "12 connections; the records are there.",
        lookalike: "12 connections to a server whose records come late, but come.",
        stages: [Stage("defense-evasion", "T1562.008", "T1565"), Stage("collection", "T1005")],
        rules: [Rule("tailscale2otel/flow-reporter-mismatch")], cast: Cast(node: .laptop, targets: .servers),
        parameters: [IncidentParameter(.sessions, "connections", attack: 60, over: 12, under: 12, lookalike: 12)],
        seconds: 1_200)

    static let alteredLogs = IncidentKind(
        "altered-logs", "A server's records are there, but not what they said of one laptop.",
        story: """
            A laptop connects to a server again and again; from the server's reports every entry about that laptop is gone. \
            The laptop's own records name the server.
            """,
        attack: "60 connections in twenty minutes that the server does not mention.",
        over: "12 connections in twenty minutes.", under: "12 connections; the entries are there.",
        lookalike: "12 connections in pairs that both sides report.",
        stages: [Stage("defense-evasion", "T1565.001")],
        rules: [Rule("tailscale2otel/flow-reporter-mismatch")], cast: Cast(node: .laptop, targets: .servers),
        parameters: [IncidentParameter(.sessions, "connections", attack: 60, over: 12, under: 12, lookalike: 12)],
        seconds: 1_200)

    static let silencedNode = IncidentKind(
        "silenced-node", "A laptop stops reporting, though it goes on talking.",
        story: """
            A laptop's client is kept from uploading its flow records. What the servers report of it goes on: its flows are \
            told by one side only.
            """,
        attack: "Silent for more than an hour.", over: "Silent for half an hour.",
        under: "Silent for nothing: the records are there.",
        lookalike: "Asleep at its desk: neither side has much to say.",
        stages: [Stage("defense-evasion", "T1562.008")],
        rules: [Rule("tailscale2otel/flow-reporter-mismatch")], cast: Cast(node: .laptop, targets: .servers),
        parameters: [
            IncidentParameter(.sessions, "connections meanwhile", attack: 120, over: 90, under: 90, lookalike: 4)
        ],
        seconds: 5_400)

    static let impossibleTravel = IncidentKind(
        "impossible-travel", "A laptop is reached at another end of the world within minutes.",
        story: """
            The node's key is used on another machine: the packets that its peers send it go to a public address far from the \
            one of a moment ago, while its name and its tailnet addresses stay the same.
            """,
        attack: "Forty minutes elsewhere, and back.", over: "Twelve minutes elsewhere.",
        under: "Where it always is.", lookalike: "Where it always is: only the port changes.",
        stages: [Stage("initial-access", "T1078")],
        rules: [Rule("panther/impossible-travel")], cast: Cast(node: .laptop, targets: .servers),
        parameters: [
            IncidentParameter(.sessions, "connections meanwhile", attack: 60, over: 30, under: 30, lookalike: 30)
        ],
        seconds: 3_600)
}
