import SimTime
import Simulation
import TailnetModel

/// Both logs of a range of time, as a detector has them, with the days before where a rule needs them.
struct Evidence {
    var audit: [AuditEvent]
    var flows: [FlowLog]
    var history: [FlowLog] = []
    var auditHistory: [AuditEvent] = []
    /// The devices at every full hour, and those of the days before.
    var devices: [[TailnetSnapshot.Device]] = []
    var deviceHistory: [[TailnetSnapshot.Device]] = []
}

/// Conditions of published rules, plainly: each gives what it fires on, as text.
///
/// They know nothing of the simulation and of its truth; thresholds and fields are those that the rules were published with,
/// repaired where the published form can never hold on true records (said beside the rule).
enum PublishedRules {
    typealias Rule = @Sendable (Evidence) -> Set<String>

    static let all: [String: Rule] = [
        "sentinel/unauthorized-device": { devices($0.devices) { !$0.isApproved && $0.isConnected } },
        "sentinel/tailnet-lock-validation-failed": { devices($0.devices) { $0.isUnsigned } },
        "sentinel/ssh-enabled": { evidence in
            devices(evidence.devices) { $0.node.runsSSH }.subtracting(
                devices(evidence.deviceHistory) { $0.node.runsSSH })
        },
        "sentinel/external-device-added": { evidence in
            devices(evidence.devices) { $0.node.sharer != nil }
                .subtracting(devices(evidence.deviceHistory) { $0.node.sharer != nil })
        },
        "panther/https-disabled": { switchedOff($0, "HTTPS", console: true) },
        "datadog/https-disabled": { switchedOff($0, "HTTPS") },
        "panther/magic-dns-disabled": { switchedOff($0, "MAGIC_DNS", console: true) },
        "sentinel/magic-dns-disabled": { switchedOff($0, "MAGIC_DNS") },
        "panther/machine-approval-disabled": { switchedOff($0, "MACHINE_APPROVAL_NEEDED", console: true) },
        "datadog/device-approval-disabled": { switchedOff($0, "MACHINE_APPROVAL_NEEDED") },
        "datadog/user-approval-disabled": { switchedOff($0, "USER_APPROVAL_REQUIRED") },
        // As published it asks for TAILNET_LOCK, which no record says.
        "tailscale2otel/tailnet-lock-disabled": { switchedOff($0, "TKA") },
        "tailscale2otel/flow-logging-disabled": { switchedOff($0, "NETWORK_FLOW_LOGGING") },
        "elastic/flow-log-deletion": { evidence in
            switchedOff(evidence, "NETWORK_FLOW_LOGGING").union(
                each(evidence) { $0.action == "DELETE" && $0.target.property == "LOGSTREAM_ENDPOINT" })
        },
        // REMOVE as published; the service writes DELETE.
        "datadog/posture-integration-changed": { each($0, isPostureChange) },
        "sentinel/posture-integration-changed": { each($0, isPostureChange) },
        "datadog/user-role-updated": { each($0) { $0.action == "UPDATE" && $0.target.property == "USER_ROLE" } },
        "tailscale2otel/user-role-escalation": {
            each($0) { $0.action == "UPDATE" && $0.target.property == "USER_ROLE" }
        },
        "sentinel/user-role-escalation": {
            each($0) { event in
                event.target.property == "USER_ROLE" && (event.old ?? "").contains("member")
                    && ["owner", "admin", "network-admin", "it-admin"].contains { role in
                        (event.new ?? "").contains("\"\(role)\"")
                    }
            }
        },
        "datadog/console-login-by-new-user": {
            firstSeen($0) { $0.action == "LOGIN" && $0.target.type == "ADMIN_CONSOLE" }
        },
        "sentinel/first-seen-actor": { firstSeen($0) { $0.actor.type == "USER" && $0.origin == "ADMIN_CONSOLE" } },
        "sentinel/policy-file-modified": { each($0) { $0.action == "UPDATE" && $0.target.property == "ACL" } },
        "tailscale2otel/acl-changed": { each($0) { $0.action == "UPDATE" && $0.target.property == "ACL" } },
        "tailscale2otel/acl-unrestricted": { opened($0) },
        "elastic/overly-permissive-policy": { opened($0) },
        // Live records call auth keys API_KEY too.
        "sentinel/api-credential-created": {
            each($0) { $0.action == "CREATE" && ["API_KEY", "OAUTH_CLIENT"].contains($0.target.type) }
        },
        "sentinel/auth-key-created": {
            each($0) { $0.action == "CREATE" && $0.target.type == "API_KEY" && $0.target.name == "Auth key" }
        },
        "sentinel/credential-with-write-scopes": {
            each($0) { $0.action == "CREATE" && ($0.actionDetails ?? "").contains(":write") }
        },
        "sentinel/mass-credential-revocation": { evidence in
            crowded(
                evidence.audit.filter { ["REVOKE", "DELETE"].contains($0.action) && $0.target.type == "API_KEY" },
                by: { $0.actor.loginName + " \(seconds($0) / 3_600)" }, distinct: { $0.target.id }, atLeast: 5)
        },
        "sentinel/exit-node-approved": {
            each($0) { event in
                (event.new ?? "").contains("0.0.0.0/0") && !(event.old ?? "").contains("0.0.0.0/0")
                    || event.target.property == "EXIT_NODE" && event.new == "true"
            }
        },
        "sentinel/new-subnet-routes": {
            each($0) { event in
                ["ALLOWED_IPS", "SUBNET_ROUTES"].contains(event.target.property ?? "")
                    && prefixes(event.new).subtracting(prefixes(event.old)).contains { !$0.hasSuffix("/0") }
            }
        },
        // DNS_NAMESERVERS as published; records say DNS_CONFIG.
        "sentinel/dns-modified": { each($0) { $0.action == "UPDATE" && $0.target.property == "DNS_CONFIG" } },
        "tailscale2otel/key-expiry-disabled": {
            each($0) { $0.action == "DISABLE" && ($0.target.property ?? "").hasPrefix("KEY_EXPIRY") }
        },
        "tailscale2otel/logstream-config-changed": {
            each($0) { $0.target.property == "LOGSTREAM_ENDPOINT" || $0.target.type == "LOGSTREAM_ENDPOINT" }
        },
        "tailscale2otel/secret-scanner-fired": { each($0) { $0.actor.type == "SECRET_SCANNER" } },
        "tailscale2otel/audit-config-change-warn": { each($0) { $0.error != nil } },
        "mocktail/unauthorized-api-calls": { evidence in
            crowded(
                evidence.audit.filter { $0.error != nil || $0.target.type == "FAILED_REQUEST" },
                by: { $0.actor.id + " \(seconds($0) / 600)" }, distinct: { $0.eventGroupID }, atLeast: 5)
        },
        "runreveal/new-node": { each($0) { $0.action == "CREATE" && $0.target.type == "NODE" } },
        "runreveal/new-user-by-invite": { each($0) { $0.action == "ACCEPT" && $0.target.type == "INVITE" } },
        "elastic/mass-deletion": { evidence in
            crowded(
                evidence.audit.filter { $0.action == "DELETE" && $0.target.type == "NODE" },
                by: { $0.actor.id + " \(seconds($0) / 540)" }, distinct: { $0.target.id }, atLeast: 5)
        },
        "panther/bulk-delete": { evidence in
            crowded(
                evidence.audit.filter { $0.action == "DELETE" && $0.target.type == "NODE" },
                by: { $0.actor.id + " \(seconds($0) / 3_600)" }, distinct: { $0.target.id }, atLeast: 11)
        },
        "runreveal/api-brute-force": { evidence in
            crowded(
                evidence.audit.filter { $0.error != nil }, by: { $0.actor.id + " \(seconds($0) / 1_200)" },
                distinct: { $0.eventGroupID }, atLeast: 3)
        },
        "elastic/api-brute-force-multi-source": { evidence in
            // Addresses of clients are in no record: actors stand for them.
            let failed = evidence.audit.filter { $0.error != nil }
            return crowded(failed, by: { "\(seconds($0) / 1_800)" }, distinct: { $0.eventGroupID }, atLeast: 10)
                .intersection(
                    crowded(failed, by: { "\(seconds($0) / 1_800)" }, distinct: { $0.actor.id }, atLeast: 5))
        },
        "sentinel/off-hours-config": { evidence in
            each(evidence) { event in
                guard event.origin == "ADMIN_CONSOLE", ["CREATE", "UPDATE", "DELETE"].contains(event.action),
                    let time = event.eventTime
                else { return false }
                let day = CivilDate.weekday(daysSinceEpoch: time.daysSinceEpoch)
                let hour = time.nanoseconds / 3_600_000_000_000 % 24
                return day >= 5 || hour < 8 || hour >= 18
            }
        },
    ]

    static func seconds(_ event: AuditEvent) -> Int64 { (event.eventTime?.nanoseconds ?? 0) / 1_000_000_000 }

    private static func isPostureChange(_ event: AuditEvent) -> Bool {
        event.target.property == "POSTURE_INTEGRATION" && ["UPDATE", "DELETE"].contains(event.action)
    }

    private static func devices(
        _ lists: [[TailnetSnapshot.Device]], where holds: (TailnetSnapshot.Device) -> Bool
    ) -> Set<String> {
        Set(lists.joined().filter(holds).map(\.node.stableID))
    }

    private static func each(_ evidence: Evidence, _ isHit: (AuditEvent) -> Bool) -> Set<String> {
        Set(evidence.audit.filter(isHit).map { "\($0.eventGroupID) \($0.target.id)" })
    }

    private static func switchedOff(_ evidence: Evidence, _ property: String, console: Bool = false) -> Set<String> {
        each(evidence) { event in
            event.action == "DISABLE" && event.target.property == property
                && (!console || event.origin == "ADMIN_CONSOLE")
        }
    }

    private static func firstSeen(_ evidence: Evidence, _ isSight: (AuditEvent) -> Bool) -> Set<String> {
        let known = Set(evidence.auditHistory.filter(isSight).map(\.actor.loginName))
        return Set(evidence.audit.filter(isSight).map(\.actor.loginName)).subtracting(known)
    }

    /// Any source to any destination on any port, in the new text and not in the old one.
    private static func opened(_ evidence: Evidence) -> Set<String> {
        func isOpen(_ text: String?) -> Bool {
            let plain = (text ?? "").filter { !$0.isWhitespace }.replacing("\\", with: "")
            return plain.contains("\"src\":[\"*\"],\"dst\":[\"*:*\"]")
        }
        return each(evidence) { $0.target.property == "ACL" && isOpen($0.new) && !isOpen($0.old) }
    }

    private static func prefixes(_ text: String?) -> Set<String> {
        Set((text ?? "").split { "[]\", ".contains($0) }.map(String.init).filter { $0.contains("/") })
    }

    /// The groups in which so many different items occur.
    static func crowded<Item>(
        _ items: [Item], by group: (Item) -> String, distinct name: (Item) -> String, atLeast limit: Int
    ) -> Set<String> {
        var names: [String: Set<String>] = [:]
        for item in items { names[group(item), default: []].insert(name(item)) }
        return Set(names.filter { $0.value.count >= limit }.map(\.key))
    }
}
