import Truth
import TailnetModel

// What shows in the list of devices and in no record of the configuration log.
extension IncidentKinds {
    static let inventory: [IncidentKind] = [.unsignedDevice, .sshEnabled, .externalDevice]
}

extension IncidentKind {
    static let unsignedDevice = IncidentKind(
        "unsigned-device", "A device joins a locked tailnet, and nobody signs its key.",
        story: """
            Devices join in a member's name while tailnet lock is on. They are approved, but no trusted node signs \
            their keys: the inventory shows a lock error, and no peer connects to them. Another admin deletes them at \
            the end. The look-alike is a new laptop that is signed within a minute.
            """,
        attack: "3 devices that nobody signs.", over: "1 device that nobody signs.",
        under: "1 device that is signed within a minute.", lookalike: "1 new laptop that is signed within a minute.",
        stages: [Stage("initial-access", "T1556", "T1078"), Stage("remediation")],
        rules: [
            Rule("sentinel/tailnet-lock-validation-failed"),
            Rule("runreveal/new-node", on: [.attack, .over, .under, .lookalike]),
        ],
        cast: Cast(user: .member, ownNodes: .rogue, locked: true),
        parameters: [IncidentParameter(.items, "devices", attack: 3, over: 1, under: 1, lookalike: 1)],
        seconds: 10_800, readsSnapshots: true)

    static let sshEnabled = IncidentKind(
        "tailscale-ssh-enabled", "Tailscale SSH is enabled on servers, and somebody logs in.",
        story: """
            Somebody with root access enables Tailscale SSH on servers: from then on the tailnet's policy decides who \
            logs in, not the server's keys. The configuration log has no record of it; the list of devices shows it. \
            Then a laptop connects to their port 22. The look-alike is an admin who does the same on one server: the \
            rule cannot tell the difference.
            """,
        attack: "On 5 servers, and 12 connections to their port 22.", over: "On 1 server, and 2 connections.",
        under: "On none: 2 connections to a server's port 22.",
        lookalike: "On 1 server by its admin, and 2 connections.",
        stages: [Stage("persistence", "T1021.004"), Stage("lateral-movement", "T1021.004")],
        rules: [Rule("sentinel/ssh-enabled", on: [.attack, .over, .lookalike])],
        cast: Cast(node: .laptop, targets: .servers),
        parameters: [
            IncidentParameter(.items, "servers", attack: 5, over: 1, under: 1, lookalike: 1),
            IncidentParameter(.sessions, "connections", attack: 12, over: 2, under: 2, lookalike: 2),
        ], seconds: 10_800, historyDays: 1, matchesTargets: true, readsSnapshots: true)

    static let externalDevice = IncidentKind(
        "external-device", "Devices of another tailnet are shared in, and probe servers.",
        story: """
            Somebody accepts an invitation to devices of a stranger's tailnet. They appear in the list of devices as \
            external, and try to connect to servers; only the servers report it, because a shared node logs in its own \
            tailnet. The look-alike is a supplier's machine: the rule cannot tell the difference.
            """,
        attack: "3 devices, and 24 connections to servers.", over: "1 device, and 4 connections.",
        under: "1 device that has been shared in for months, and 4 connections.",
        lookalike: "1 device of a supplier, and 2 connections.",
        stages: [Stage("initial-access", "T1078", "T1199"), Stage("discovery", "T1021")],
        rules: [Rule("sentinel/external-device-added", on: [.attack, .over, .lookalike])],
        cast: Cast(targets: .servers, ownNodes: .external),
        parameters: [
            IncidentParameter(.items, "devices", attack: 3, over: 1, under: 1, lookalike: 1),
            IncidentParameter(.sessions, "connections", attack: 24, over: 4, under: 4, lookalike: 2),
        ], seconds: 10_800, historyDays: 1, readsSnapshots: true)
}
