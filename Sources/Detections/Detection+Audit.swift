import SimTime

extension Detection {
    /// Five failed API calls of one actor in ten minutes.
    public static let unauthorizedCalls = audit(
        "mocktail/unauthorized-api-calls", "five refused requests of one actor",
        where: [.any([.failed, .targetType("FAILED_REQUEST")])],
        counts: .newRecords, threshold: 5, within: .minutes(10), suppression: .minutes(15),
        falsePositives: "a script with an expired token")

    /// The detections over the configuration log, in the order of their alerts.
    ///
    /// Where a published condition cannot hold on true records, the repair is said.
    public static let ofAudit: [Detection] = [
        unauthorizedCalls,

        // Protection that is switched off.
        audit(
            "panther/https-disabled", "HTTPS certificates switched off in the console",
            where: [.action("DISABLE"), .property("HTTPS"), .origin("ADMIN_CONSOLE")],
            falsePositives: "an intended change"),
        audit(
            "panther/magic-dns-disabled", "MagicDNS switched off in the console",
            where: [.action("DISABLE"), .property("MAGIC_DNS"), .origin("ADMIN_CONSOLE")],
            falsePositives: "an intended change"),
        audit(
            "panther/machine-approval-disabled", "device approval switched off in the console",
            where: [.action("DISABLE"), .property("MACHINE_APPROVAL_NEEDED"), .origin("ADMIN_CONSOLE")],
            falsePositives: "an intended change"),
        audit(
            "datadog/user-approval-disabled", "user approval switched off",
            where: [.action("DISABLE"), .property("USER_APPROVAL_REQUIRED")],
            falsePositives: "a change that was planned, also by a client"),
        audit(
            // As published elsewhere it asks for TAILNET_LOCK, which no record says.
            "tailscale2otel/tailnet-lock-disabled", "tailnet lock switched off",
            where: [.action("DISABLE"), .property("TKA")],
            falsePositives: "none known"),
        audit(
            // REMOVE as published; the service writes DELETE.
            "datadog/posture-integration-changed", "a posture integration changed or removed",
            where: [.action("UPDATE", "DELETE"), .property("POSTURE_INTEGRATION")],
            falsePositives: "a renewed credential of the integration"),
        audit(
            "tailscale2otel/key-expiry-disabled", "key expiry of a node switched off",
            where: [.action("DISABLE"), .property("KEY_EXPIRY", "KEY_EXPIRY_TIME")],
            falsePositives: "servers, whose keys are meant not to expire"),
        audit(
            "tailscale2otel/flow-logging-disabled", "network flow logging switched off",
            where: [.action("DISABLE"), .property("NETWORK_FLOW_LOGGING")],
            falsePositives: "none known"),
        audit(
            "tailscale2otel/logstream-config-changed", "a log stream changed or removed",
            where: [.any([.property("LOGSTREAM_ENDPOINT"), .targetType("LOGSTREAM_ENDPOINT")])],
            falsePositives: "a renewed token of the stream"),

        // Rights that grow.
        audit(
            "datadog/user-role-updated", "a change of a user's role",
            where: [.action("UPDATE"), .property("USER_ROLE")],
            falsePositives: "promotions, and demotions"),
        audit(
            "sentinel/user-role-escalation", "a member becomes an administrator",
            where: [
                .property("USER_ROLE"), .old(holds: "member"),
                .any([
                    .new(holds: "\"owner\""), .new(holds: "\"admin\""), .new(holds: "\"network-admin\""),
                    .new(holds: "\"it-admin\""),
                ]),
            ],
            falsePositives: "a promotion that was agreed"),
        audit(
            "sentinel/policy-file-modified", "the policy file changed",
            where: [.action("UPDATE"), .property("ACL")],
            falsePositives: "every edit"),
        audit(
            "tailscale2otel/acl-unrestricted", "the new policy file lets anybody reach everything",
            where: [
                .property("ACL"), .new(holds: #""src":["*"],"dst":["*:*"]"#),
                .not(.old(holds: #""src":["*"],"dst":["*:*"]"#)),
            ],
            falsePositives: "a test tailnet"),
        audit(
            "sentinel/dns-modified", "nameservers or search domains changed",
            // DNS_NAMESERVERS as published; records say DNS_CONFIG.
            where: [.action("UPDATE"), .property("DNS_CONFIG")],
            falsePositives: "a new resolver, or a new split domain"),

        // Credentials and people.
        audit(
            "sentinel/api-credential-created", "an API key, auth key or OAuth client created",
            where: [.action("CREATE"), .targetType("API_KEY", "OAUTH_CLIENT")],
            falsePositives: "automation that creates an auth key for each machine"),
        audit(
            "sentinel/credential-with-write-scopes", "a credential with a write scope",
            where: [.action("CREATE"), .actionDetails(holds: ":write")],
            falsePositives: "deployment clients"),
        audit(
            "sentinel/mass-credential-revocation", "five credentials revoked in an hour by one login",
            where: [.action("REVOKE", "DELETE"), .targetType("API_KEY")],
            by: .login, counts: .targets, threshold: 5, within: .hours(1), suppression: .hours(1),
            falsePositives: "a yearly clean-up; all clients count as one, for they have no login"),
        audit(
            "tailscale2otel/secret-scanner-fired", "a key of the tailnet found by a secret scanner",
            where: [.actorType("SECRET_SCANNER")], by: .target,
            falsePositives: "none known"),
        audit(
            "runreveal/new-node", "a new device that is not ephemeral",
            where: [.action("CREATE"), .targetType("NODE"), .not(.ephemeral)],
            falsePositives: "every new device"),

        // Requests.
        audit(
            "tailscale2otel/audit-config-change-warn", "a refused request",
            where: [.failed], within: .minutes(10), suppression: .minutes(10),
            falsePositives: "every typing error in a policy file, every expired token"),
        audit(
            "elastic/mass-deletion", "one actor deletes five devices",
            where: [.action("DELETE"), .targetType("NODE")],
            counts: .targets, threshold: 5, within: .minutes(9), suppression: .minutes(15),
            falsePositives: "a clean-up of old devices by hand"),
    ]
}
