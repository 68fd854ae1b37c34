import ScenarioSpec
import SimTime
import Simulation
import TailnetControl
import TailnetModel
import Testing

/// A scenario with every verb, and by `log` every code that no verb has.
enum ControlScenario {
    /// One day; the explicit changes stand in their order of time.
    static let events = [
        // People.
        "{at: +1m, do: invite-user, user: cleo, by: ana}",
        "{at: +2m, do: resend-user-invite, user: cleo, by: ana}",
        "{at: +3m, do: enable, setting: user-approval, by: ana}",
        "{at: +4m, do: create-user, user: cleo}",
        "{at: +5m, do: approve-user, user: cleo, by: ana}",
        "{at: +6m, do: change-role, user: cleo, role: it-admin, by: ana}",
        "{at: +7m, do: push-user, user: cleo}",
        "{at: +8m, do: push-group, name: builders, members: [ben, cleo]}",
        "{at: +9m, do: disable, setting: user-approval, by: cleo}",
        // Devices.
        "{at: +10m, do: enable, setting: device-approval, by: ana}",
        "{at: +11m, do: join, node: cleo-laptop}",
        "{at: +11m, do: join, node: robot}",
        "{at: +12m, do: approve-node, node: cleo-laptop, by: ana}",
        "{at: +13m, do: disable, setting: device-approval, by: ana}",
        "{at: +14m, do: rename-node, node: ben-laptop, to: workbench, by: ana}",
        "{at: +15m, do: set-routes, node: web-1, routes: [10.1.0.0/16], by: ana}",
        "{at: +16m, do: auto-approve-routes, node: db, routes: [10.2.0.0/16]}",
        "{at: +17m, do: enable-exit-node, node: web-1, by: ana}",
        "{at: +18m, do: disable-exit-node, node: web-1, by: ana}",
        "{at: +19m, do: disable-key-expiry, node: ben-phone, by: ana}",
        "{at: +20m, do: enable-key-expiry, node: ben-phone, by: ana}",
        "{at: +21m, do: extend-key, node: ben-phone, lifetime: 700d, by: ana}",
        "{at: +22m, do: sign-node, node: web-1, by: ana}",
        "{at: +23m, do: set-attribute, node: web-1, attribute: \"custom:tier\", value: '\"gold\"', by: poller}",
        "{at: +24m, do: set-attribute, node: web-1, attribute: \"custom:tier\", value: '3', by: poller}",
        "{at: +25m, do: delete-attribute, node: web-1, attribute: \"custom:tier\", by: poller}",
        "{at: +26m, do: set-posture-reporting, node: ben-laptop, on: false}",
        "{at: +27m, do: disconnect, node: ben-laptop, reason: on a train}",
        "{at: +28m, do: web-login, node: ben-laptop}",
        "{at: +29m, do: web-logout, node: ben-laptop}",
        "{at: +30m, do: ssh-check, node: ben-laptop}",
        "{at: +31m, do: log-out, node: ben-laptop}",
        "{at: +32m, do: reauthenticate, node: ben-laptop}",
        "{at: +33m, do: expire-key, node: ben-laptop}",
        "{at: +34m, do: reauthenticate, node: ben-laptop}",
        "{at: +35m, do: set-tags, node: ana-laptop, tags: [tag:web], by: ana}",
        "{at: +36m, do: suspend-user, user: cleo, by: ana}",
        "{at: +37m, do: restore-user, user: cleo, by: ana}",
        "{at: +38m, do: delete-user, user: cleo, by: ana}",
        "{at: +39m, do: delete, node: db, by: ana}",
        // The tailnet.
        "{at: +40m, do: disable, setting: magic-dns, by: ana}",
        "{at: +41m, do: enable, setting: magic-dns, by: ana}",
        "{at: +42m, do: edit-dns, nameservers: [9.9.9.9], searchDomains: [corp.example.com], by: ana}",
        "{at: +43m, do: rename-tailnet, to: yak-bebop, by: ana}",
        "{at: +44m, do: set-key-duration, days: 30, by: ana}",
        "{at: +44m30s, do: set-key-duration, days: 31, by: ana, via: api}",
        "{at: +45m, do: edit-policy, policy: strict.hujson, by: ana}",
        "{at: +46m, do: set-contact, contact: security, email: soc@example.com, by: ana}",
        "{at: +47m, do: verify-contact, contact: security, by: ana}",
        "{at: +48m, do: set-contact, contact: account, email: it@example.com, by: ana}",
        "{at: +49m, do: verify-contact, contact: account, by: ana}",
        "{at: +50m, do: set-contact, contact: support, email: help@example.com, by: ana}",
        "{at: +51m, do: verify-contact, contact: support, by: ana}",
        "{at: +52m, do: join-tailnet, name: other.example, by: ben}",
        "{at: +53m, do: leave-tailnet, name: other.example, by: ben}",
        // Objects.
        "{at: +60m, do: create-webhook, name: chat, url: \"https://chat.example.com/in\", subscriptions: [nodeCreated], "
            + "by: ana}",
        "{at: +61m, do: subscribe-webhook, name: chat, subscriptions: [nodeCreated, userDeleted], by: ana}",
        "{at: +62m, do: rotate-webhook, name: chat, by: ana}",
        "{at: +63m, do: delete-webhook, name: chat, by: ana}",
        "{at: +64m, do: create-log-stream, log: network, provider: splunk, url: \"https://c.example.com\", by: ana}",
        "{at: +65m, do: update-log-stream, log: network, provider: splunk, url: \"https://d.example.com\", by: ana}",
        "{at: +66m, do: repoint-log-stream, log: network, provider: s3, bucket: exports, by: poller}",
        "{at: +67m, do: delete-log-stream, log: network, by: ana}",
        "{at: +68m, do: create-posture-integration, provider: intune, by: ana}",
        "{at: +69m, do: update-posture-integration, provider: intune, by: ana}",
        "{at: +70m, do: delete-posture-integration, provider: intune, by: ana}",
        "{at: +71m, do: add-lock-key, name: yubikey, by: ana}",
        "{at: +72m, do: update-lock-key, name: yubikey, by: ana}",
        "{at: +73m, do: remove-lock-key, name: yubikey, by: ana}",
        "{at: +74m, do: share-node, name: for eve, node: web-2, email: eve@other.example, by: ana}",
        "{at: +75m, do: resend-share, name: for eve, by: ana}",
        "{at: +76m, do: accept-share, name: for eve, by: ben}",
        "{at: +77m, do: update-share, name: for eve, by: ana}",
        "{at: +78m, do: end-share, name: for eve, by: ana}",
        "{at: +79m, do: share-node, name: for dan, node: web-2, by: ana}",
        "{at: +80m, do: cancel-share, name: for dan, by: ana}",
        "{at: +81m, do: create-invite, name: newcomers, role: member, by: ana}",
        "{at: +82m, do: resend-invite, name: newcomers, by: ana}",
        "{at: +83m, do: accept-invite, name: newcomers, by: ben}",
        "{at: +84m, do: create-invite, name: mistake, by: ana}",
        "{at: +85m, do: cancel-invite, name: mistake, by: ana}",
        // Credentials and sessions.
        "{at: +90m, do: create-auth-key, name: runners, reusable: true, tags: [tag:web], by: ana}",
        "{at: +91m, do: create-api-token, name: export, lifetime: 20m, by: ana}",
        "{at: +92m, do: create-oauth-client, name: terraform, scopes: all, by: ana}",
        "{at: +93m, do: revoke-key, name: runners, by: ana}",
        "{at: +94m, do: mint-token, by: poller}",
        "{at: +95m, do: console-login, by: ana}",
        "{at: +96m, do: console-logout, by: ana}",
        "{at: +97m, do: fail-request, request: GET /api/v2/tailnet/example.com/keys, by: ben}",
        "{at: +98m, do: log, event: TAILNET.CREATE, by: ana}",
        "{at: +99m, do: log, event: NODE.REVOKE, node: web-2}",
        "{at: +99m, do: log, event: USER.SUSPEND_GLOBAL, user: ben}",
        "{at: +99m, do: log, event: USER.RESTORE_GLOBAL, user: ben}",
    ]

    /// Codes that only `log` makes: they tell of features beyond the tailnet that is simulated.
    static let bare = AuditEventCode.all.filter {
        $0.text.hasPrefix("BILLING.") || $0.text.hasPrefix("PAM_") || $0.text.hasSuffix(".FEATURE")
    }

    /// Switches that the events above do not turn, each there and back.
    static var turns: [String] {
        let others = TailnetSwitch.allCases.filter {
            ![.magicDNS, .userApproval, .deviceApproval].contains($0)
        }
        return others.enumerated().flatMap { index, setting in
            let isOn = setting.isOn(in: TailnetSettings())
            return [
                "{at: +\(120 + index)m, do: \(isOn ? "disable" : "enable"), setting: \(setting.rawValue), by: ana}",
                "{at: +\(150 + index)m, do: \(isOn ? "enable" : "disable"), setting: \(setting.rawValue), by: ana}",
            ]
        }
    }

    static func tailnet() -> SmallTailnet {
        var tailnet = SmallTailnet(duration: "24h")
        tailnet.users = ["{name: cleo, displayName: Cleo, timeZone: UTC}"]
        tailnet.nodes = ["{name: cleo-laptop, user: cleo, os: macOS}", "{name: robot, tags: [tag:web]}"]
        tailnet.events =
            events + turns
            + bare.enumerated().map { index, code in
                let actor = code.actor == .user ? ", by: ana" : ""
                return "{at: +\(180 + index)m, do: log, event: \(code.text), name: thing\(actor)}"
            }
        return tailnet
    }
}

/// A small tailnet with settings and habits of its own.
struct ControlTailnet {
    var base: SmallTailnet
    /// Lines of `tailnet.settings`.
    var settings: [String] = []
    /// Lines of `administration`.
    var habits: [String] = []

    func plan() throws -> Plan {
        let text = base.yaml
            .replacing(
                "policy: policy.hujson}",
                with: "policy: policy.hujson, settings: {\(settings.joined(separator: ", "))}}"
            )
            .replacing(
                "administration:\n",
                with: "administration:\n" + habits.map { "  \($0)\n" }.joined())
        return try Scenario.decode(
            text, file: "small.yaml",
            files: MemoryFiles(texts: [
                "policy.hujson": SmallTailnet.policy, "strict.hujson": SmallTailnet.strictPolicy,
            ]))
    }

    func world() throws -> World { try World(plan: try plan()) }
}

/// What a test looks at: the records' codes, group by group in the order of the log.
struct ControlLog {
    var records: [AuditEvent]

    init(_ tailnet: SmallTailnet) throws {
        let world = try tailnet.world()
        let timeline = AuditTimeline(world: world, withIncidents: false)
        records = timeline.records(loggedIn: world.plan.span).map(\.event)
    }

    /// The groups in which a record has that code.
    func groups(with code: String) -> [[AuditEvent]] {
        records.filter { $0.code == code }.map { one in
            records.filter { $0.eventGroupID == one.eventGroupID }
        }
    }
}

extension AuditEvent {
    /// `TARGETTYPE.ACTION.PROPERTY`.
    var code: String {
        "\(target.type).\(action)" + (target.property.map { ".\($0)" } ?? "")
    }
}
