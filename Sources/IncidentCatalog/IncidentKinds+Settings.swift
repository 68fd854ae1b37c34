import Truth
import TailnetModel

// Protections that are switched off: switches, posture, names and key expiry. Streams and webhooks are next door.
extension IncidentKinds {
    static let settings: [IncidentKind] = [
        .httpsOff, .magicDNSOff, .deviceApprovalOff, .userApprovalOff, .tailnetLockOff, .postureOff, .keyExpiryOff,
        .flowLoggingOff, .dnsHijack, .logStreamRepointed, .logStreamDeleted, .webhookDeleted,
    ]
}

extension IncidentKind {
    /// What most of these kinds take: how often the switch is turned.
    private static func rounds() -> [IncidentParameter] {
        [IncidentParameter(.items, "times it is switched off", attack: 3, over: 1, under: 1, lookalike: 1)]
    }

    private static func stages(_ attack: String...) -> [Stage] {
        attack.map { Stage("defense-evasion", $0) } + [Stage("remediation")]
    }

    static let httpsOff = IncidentKind(
        "https-off", "HTTPS certificates are switched off for the whole tailnet.",
        story: """
            An admin's session switches HTTPS certificates off in the admin console, so that services answer without \
            them. Another admin switches them on again. The look-alike is a planned change by a script, through the \
            API: rules that ask for the admin console stay silent, a rule without that condition cannot tell the \
            difference.
            """,
        attack: "A console login, then switched off 3 times; another admin switches it on each time.",
        over: "Switched off once.",
        under: "Another setting: Taildrop is switched, and switched back.",
        lookalike: "Switched off once by an admin's script through the API (origin CONFIG_API), and on again by it.",
        stages: stages("T1562"),
        rules: [
            Rule("panther/https-disabled"),
            Rule("datadog/https-disabled", on: [.attack, .over, .lookalike]),
        ],
        cast: Cast(user: .admin), parameters: rounds(), seconds: 3_600)

    static let magicDNSOff = IncidentKind(
        "magic-dns-off", "MagicDNS is switched off, so that names stop resolving inside the tailnet.",
        story: """
            An admin's session switches MagicDNS off in the admin console; each time the DNS configuration changes \
            with it, in the same event group. Another admin switches it on again. The look-alike is a planned \
            migration by a script, through the API.
            """,
        attack: "A console login, then switched off 3 times; another admin switches it on each time.",
        over: "Switched off once.",
        under: "MagicDNS stays on: a search domain is added and removed again.",
        lookalike: "Switched off once by an admin's script through the API (origin CONFIG_API), and on again by it.",
        stages: stages("T1562"),
        rules: [
            Rule("panther/magic-dns-disabled"),
            Rule("sentinel/magic-dns-disabled", on: [.attack, .over, .lookalike]),
        ],
        cast: Cast(user: .admin), parameters: rounds(), seconds: 3_600)

    static let deviceApprovalOff = IncidentKind(
        "device-approval-off", "New devices no longer wait for an admin's approval.",
        story: """
            An admin's session switches device approval off in the admin console: whoever holds a key can add devices. \
            Another admin switches it on again. The look-alike is a planned change by a script, through the API.
            """,
        attack: "A console login, then switched off 3 times; another admin switches it on each time.",
        over: "Switched off once.",
        under: "Another device setting: the key duration is cut by 30 days, then restored.",
        lookalike: "Switched off once by an admin's script through the API (origin CONFIG_API), and on again by it.",
        stages: stages("T1562"),
        rules: [
            Rule("panther/machine-approval-disabled"),
            Rule("datadog/device-approval-disabled", on: [.attack, .over, .lookalike]),
        ],
        cast: Cast(user: .admin), parameters: rounds(), seconds: 3_600)

    static let userApprovalOff = IncidentKind(
        "user-approval-off", "New users no longer wait for an admin's approval.",
        story: """
            An admin's session switches user approval off: everybody whom the identity provider knows gets in. Another \
            admin switches it on again. The look-alike is the morning on which many new colleagues start: the rule \
            sees the same record and cannot tell the difference.
            """,
        attack: "A console login, then switched off 3 times; another admin switches it on each time.",
        over: "Switched off once.",
        under: "Another setting: Taildrop is switched, and switched back.",
        lookalike: "Switched off once by an admin's script through the API, for some minutes.",
        stages: stages("T1562"),
        rules: [Rule("datadog/user-approval-disabled", on: [.attack, .over, .lookalike])],
        cast: Cast(user: .admin), parameters: rounds(), seconds: 3_600)

    static let tailnetLockOff = IncidentKind(
        "tailnet-lock-off", "Tailnet lock is switched off: new keys need no signature any more.",
        story: """
            An admin's session disables tailnet lock. Another admin enables it again. Records say TKA; a rule that \
            asks for a property TAILNET_LOCK never fires on true records. The look-alike is the rotation of a signing \
            key.
            """,
        attack: "A console login, then disabled 3 times; another admin enables it each time.",
        over: "Disabled once.",
        under: "A trusted signing key is added, and removed again by another admin.",
        lookalike:
            "A new signing key is trusted, a device is signed with it, the old key is removed: a planned rotation.",
        stages: stages("T1562"),
        rules: [Rule("tailscale2otel/tailnet-lock-disabled")],
        cast: Cast(user: .admin, targets: .servers), parameters: rounds(), seconds: 3_600)

    static let postureOff = IncidentKind(
        "posture-off", "Device posture is no longer checked: its integration is weakened and removed.",
        story: """
            An admin's session changes the posture integration, removes it, and stops the collection of posture \
            identities. Another admin restores both. A rule that asks for an action REMOVE never fires; DELETE is what \
            the service writes. The look-alike is the planned rotation of the integration's credentials, which is an \
            update too: the rules cannot tell the difference.
            """,
        attack:
            "A console login; the integration is updated, then deleted; the collection of identities is switched off.",
        over: "One update of the integration.",
        under: "Another integration is added, and identity collection is switched, and switched back.",
        lookalike: "One update of the integration: its credentials are rotated.",
        stages: stages("T1562"),
        rules: [
            Rule("datadog/posture-integration-changed", on: [.attack, .over, .lookalike]),
            Rule("sentinel/posture-integration-changed", on: [.attack, .over, .lookalike]),
        ],
        cast: Cast(user: .admin), seconds: 3_600)

    static let keyExpiryOff = IncidentKind(
        "key-expiry-off", "Key expiry is switched off for some devices.",
        story: """
            An admin's session switches key expiry off for devices of other people: whoever holds them keeps access. \
            Another admin switches it on again. The look-alike is a device in a meeting room: the rule cannot tell the \
            difference.
            """,
        attack: "Switched off for 6 laptops in a row.",
        over: "Switched off for 1 laptop.",
        under: "A laptop is renamed instead, and gets its old name back.",
        lookalike: "Switched off for 1 laptop by an admin's script through the API.",
        stages: stages("T1098"),
        rules: [Rule("tailscale2otel/key-expiry-disabled", on: [.attack, .over, .lookalike])],
        cast: Cast(user: .admin, targets: .laptops),
        parameters: [IncidentParameter(.items, "devices", attack: 6, over: 1, under: 1, lookalike: 1)], seconds: 1_800)

    static let flowLoggingOff = IncidentKind(
        "flow-logging-off", "Network flow logging is switched off for a while.",
        story: """
            An admin's session switches network flow logging off; no node reports anything until another admin \
            switches it on again. The truth names every record that is missing.
            """,
        attack: "A console login, then switched off once, for most of the time.",
        over: "Switched off once, for a short time at the end.",
        under: "Another setting: Taildrop is switched, and switched back.",
        lookalike: "After a privacy review, service collection is switched, and switched back.",
        stages: stages("T1562.008"),
        rules: [
            Rule("tailscale2otel/flow-logging-disabled"), Rule("elastic/flow-log-deletion"),
            Rule("tailscale2otel/no-flow-data"),
        ],
        cast: Cast(user: .admin), seconds: 1_800)

    static let dnsHijack = IncidentKind(
        "dns-hijack", "The tailnet's name servers are replaced by foreign ones.",
        story: """
            An admin's session replaces the global name servers by one on the internet. Another admin restores them. \
            Records say DNS_CONFIG; a rule that asks for DNS_NAMESERVERS never fires on true records, the one that \
            should fire here asks for DNS_CONFIG. The look-alike is a new resolver of the company's own: that rule \
            cannot tell the difference.
            """,
        attack: "A console login; the name servers are replaced by 2 foreign ones, and a search domain is added.",
        over: "1 foreign name server is added behind the others.",
        under: "Another setting of the same page: regional routing is switched, and switched back.",
        lookalike: "1 name server of the company's own network is added by an admin, as planned, and stays.",
        stages: [Stage("credential-access", "T1556", "T1568"), Stage("remediation")],
        rules: [Rule("sentinel/dns-modified", on: [.attack, .over, .lookalike])],
        cast: Cast(user: .admin), seconds: 1_800)
}
