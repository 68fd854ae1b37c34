/// A kind of audit record, as the log's event filter names it: `TARGETTYPE.ACTION` or `TARGETTYPE.ACTION.PROPERTY`.
///
/// `all` is the one list of codes: the tests of the simulation and the page of events are held against it.
public struct AuditEventCode: Sendable, Hashable {
    /// The whole code: `TAILNET.UPDATE.ACL`.
    public let text: String
    public let grade: Grade
    /// Where such a change usually comes from.
    public let origin: AuditOrigin
    /// Who usually makes it.
    public let actor: AuditActorKind

    /// What is known of records with a code.
    public enum Grade: String, Sendable, Hashable, CaseIterable {
        /// Published captures or examples show such a record.
        case seen
        /// The service's schema has the code and its documentation says what makes such a record.
        case schema
        /// The schema has the code; what makes such a record, and its values, are inferred.
        case inferred
    }

    private init(_ text: String, _ grade: Grade, _ origin: AuditOrigin, _ actor: AuditActorKind) {
        self.text = text
        self.grade = grade
        self.origin = origin
        self.actor = actor
    }

    /// The code of that text; nil where the schema has none.
    public init?(_ text: String) {
        guard let code = AuditEventCode.all.first(where: { $0.text == text }) else { return nil }
        self = code
    }

    /// The target's type: `TAILNET`.
    public var targetType: String { String(part(0)) }
    /// The action: `UPDATE`.
    public var action: String { String(part(1)) }
    /// The changed property: `ACL`; nil where the code has none.
    public var property: String? { text.split(separator: ".").count > 2 ? String(part(2)) : nil }

    private func part(_ index: Int) -> Substring { text.split(separator: ".")[index] }
}

extension AuditEventCode {
    /// All 138 codes of the schema, by their text.
    ///
    /// Minting an OAuth access token is not among them: captures show its records (`OAUTH_ACCESS_TOKEN.CREATE`), the
    /// schema has no code for it.
    public static let all: [AuditEventCode] = [
        AuditEventCode("ADMIN_CONSOLE.LOGIN", .schema, .adminConsole, .user),
        AuditEventCode("ADMIN_CONSOLE.LOGOUT", .schema, .adminConsole, .user),
        AuditEventCode("API_KEY.CREATE", .seen, .adminConsole, .user),
        AuditEventCode("API_KEY.EXPIRED", .schema, .control, .worker),
        AuditEventCode("API_KEY.REVOKE", .seen, .adminConsole, .user),
        AuditEventCode("BILLING.CANCEL.SUBSCRIPTION", .inferred, .stripe, .user),
        AuditEventCode("BILLING.CREATE.SUBSCRIPTION", .inferred, .stripe, .user),
        AuditEventCode("BILLING.UPDATE.ADDRESS", .inferred, .adminConsole, .user),
        AuditEventCode("BILLING.UPDATE.BILLING_OWNER", .inferred, .adminConsole, .user),
        AuditEventCode("BILLING.UPDATE.EMAIL", .inferred, .adminConsole, .user),
        AuditEventCode("BILLING.UPDATE.PAYMENT_INFO", .inferred, .stripe, .user),
        AuditEventCode("BILLING.UPDATE.STRIPE_CUSTOMER_ID", .inferred, .stripe, .user),
        AuditEventCode("BILLING.UPDATE.SUBSCRIPTION", .inferred, .stripe, .user),
        AuditEventCode("FAILED_REQUEST.UPDATE", .inferred, .configAPI, .oauthClient),
        AuditEventCode("GROUP.PUSH_GROUP.ATTRIBUTES", .schema, .identityProvider, .scim),
        AuditEventCode("INVITE.ACCEPT.FEATURE", .inferred, .adminConsole, .user),
        AuditEventCode("INVITE.ACCEPT.NODE_SHARE", .schema, .control, .user),
        AuditEventCode("INVITE.ACCEPT.TAILNET_INVITE", .inferred, .control, .user),
        AuditEventCode("INVITE.CREATE.FEATURE", .inferred, .adminConsole, .user),
        AuditEventCode("INVITE.CREATE.NODE_SHARE", .schema, .adminConsole, .user),
        AuditEventCode("INVITE.CREATE.TAILNET_INVITE", .inferred, .adminConsole, .user),
        AuditEventCode("INVITE.DELETE.NODE_SHARE", .schema, .adminConsole, .user),
        AuditEventCode("INVITE.DELETE.TAILNET_INVITE", .inferred, .adminConsole, .user),
        AuditEventCode("INVITE.RESEND.NODE_SHARE", .inferred, .adminConsole, .user),
        AuditEventCode("INVITE.RESEND.TAILNET_INVITE", .inferred, .adminConsole, .user),
        AuditEventCode("NODE.APPROVE", .schema, .adminConsole, .user),
        AuditEventCode("NODE.CREATE", .seen, .node, .user),
        AuditEventCode("NODE.CREATE.ATTRIBUTES", .inferred, .configAPI, .oauthClient),
        AuditEventCode("NODE.DELETE", .schema, .adminConsole, .user),
        AuditEventCode("NODE.DELETE.ATTRIBUTES", .inferred, .configAPI, .oauthClient),
        AuditEventCode("NODE.DISABLE.KEY_EXPIRY", .schema, .adminConsole, .user),
        AuditEventCode("NODE.DISCONNECT_NODE.CLIENT_LOG", .inferred, .node, .user),
        AuditEventCode("NODE.ENABLE.KEY_EXPIRY", .schema, .node, .user),
        AuditEventCode("NODE.EXPIRED.KEY_EXPIRY_TIME", .schema, .control, .worker),
        AuditEventCode("NODE.LOGIN", .seen, .node, .user),
        AuditEventCode("NODE.LOGOUT", .schema, .node, .user),
        AuditEventCode("NODE.REVOKE", .inferred, .control, .worker),
        AuditEventCode("NODE.UPDATE.ACL_TAGS", .seen, .node, .user),
        AuditEventCode("NODE.UPDATE.ALLOWED_IPS", .seen, .adminConsole, .user),
        AuditEventCode("NODE.UPDATE.ATTRIBUTES", .schema, .configAPI, .oauthClient),
        AuditEventCode("NODE.UPDATE.AUTO_APPROVED_ROUTES", .schema, .control, .worker),
        AuditEventCode("NODE.UPDATE.EXIT_NODE", .schema, .adminConsole, .user),
        AuditEventCode("NODE.UPDATE.KEY_EXPIRY_TIME", .seen, .node, .user),
        AuditEventCode("NODE.UPDATE.MACHINE_NAME", .seen, .node, .user),
        AuditEventCode("NODE.UPDATE.POSTURE_IDENTITY", .schema, .node, .user),
        AuditEventCode("NODE.UPDATE.TKA", .schema, .adminConsole, .user),
        AuditEventCode("PAM_CONNECTOR.CREATE", .inferred, .border0API, .user),
        AuditEventCode("PAM_CONNECTOR.CREATE.ACCESS_TOKEN", .inferred, .border0API, .user),
        AuditEventCode("PAM_CONNECTOR.DELETE", .inferred, .border0API, .user),
        AuditEventCode("PAM_CONNECTOR.DISABLE.ACCESS_TOKEN", .inferred, .border0API, .user),
        AuditEventCode("PAM_CONNECTOR.UPDATE", .inferred, .border0API, .pamConnector),
        AuditEventCode("PAM_SERVICE.CREATE", .inferred, .border0API, .user),
        AuditEventCode("PAM_SERVICE.DELETE", .inferred, .border0API, .user),
        AuditEventCode("PAM_SERVICE.UPDATE", .inferred, .border0API, .user),
        AuditEventCode("PAM_SERVICE_ACCOUNT.CREATE", .inferred, .border0API, .user),
        AuditEventCode("PAM_SERVICE_ACCOUNT.CREATE.ACCESS_TOKEN", .inferred, .border0API, .user),
        AuditEventCode("PAM_SERVICE_ACCOUNT.DELETE", .inferred, .border0API, .user),
        AuditEventCode("PAM_SERVICE_ACCOUNT.UPDATE", .inferred, .border0API, .user),
        AuditEventCode("PAM_SETTINGS.CREATE.CUSTOM_DOMAIN", .inferred, .border0API, .user),
        AuditEventCode("PAM_SETTINGS.CREATE.NOTIFICATION", .inferred, .border0API, .user),
        AuditEventCode("PAM_SETTINGS.CREATE.RECORDING_STORAGE", .inferred, .border0API, .user),
        AuditEventCode("PAM_SETTINGS.DELETE.CUSTOM_DOMAIN", .inferred, .border0API, .user),
        AuditEventCode("PAM_SETTINGS.DELETE.NOTIFICATION", .inferred, .border0API, .user),
        AuditEventCode("PAM_SETTINGS.DELETE.RECORDING_STORAGE", .inferred, .border0API, .user),
        AuditEventCode("PAM_SETTINGS.UPDATE", .inferred, .border0API, .user),
        AuditEventCode("PAM_SETTINGS.UPDATE.CUSTOM_DOMAIN", .inferred, .border0API, .user),
        AuditEventCode("PAM_SETTINGS.UPDATE.NOTIFICATION", .inferred, .border0API, .user),
        AuditEventCode("PAM_SETTINGS.UPDATE.SETUP_WIZARD", .inferred, .border0API, .user),
        AuditEventCode("SHARE.CREATE", .schema, .control, .user),
        AuditEventCode("SHARE.DELETE", .schema, .adminConsole, .user),
        AuditEventCode("SHARE.UPDATE", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.ACCEPT.FEATURE", .inferred, .adminConsole, .user),
        AuditEventCode("TAILNET.CREATE", .schema, .control, .user),
        AuditEventCode("TAILNET.CREATE.LOGSTREAM_ENDPOINT", .seen, .adminConsole, .user),
        AuditEventCode("TAILNET.CREATE.POSTURE_INTEGRATION", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.CREATE.TKA", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.DELETE.LOGSTREAM_ENDPOINT", .seen, .adminConsole, .user),
        AuditEventCode("TAILNET.DELETE.POSTURE_INTEGRATION", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.DELETE.TKA", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.DISABLE.COLLECT_POSTURE_IDENTITY", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.DISABLE.COLLECT_SERVICES", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.DISABLE.FILE_SHARING", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.DISABLE.GEOSTEERING", .inferred, .adminConsole, .user),
        AuditEventCode("TAILNET.DISABLE.HTTPS", .seen, .adminConsole, .user),
        AuditEventCode("TAILNET.DISABLE.LOG_EXIT_FLOWS", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.DISABLE.MACHINE_APPROVAL_NEEDED", .seen, .adminConsole, .user),
        AuditEventCode("TAILNET.DISABLE.MAGIC_DNS", .seen, .adminConsole, .user),
        AuditEventCode("TAILNET.DISABLE.MULLVAD_VPN", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.DISABLE.NETWORK_FLOW_LOGGING", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.DISABLE.SCIM", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.DISABLE.TKA", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.DISABLE.USER_APPROVAL_REQUIRED", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.ENABLE.COLLECT_POSTURE_IDENTITY", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.ENABLE.COLLECT_SERVICES", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.ENABLE.FILE_SHARING", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.ENABLE.GEOSTEERING", .inferred, .adminConsole, .user),
        AuditEventCode("TAILNET.ENABLE.HTTPS", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.ENABLE.LOG_EXIT_FLOWS", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.ENABLE.MACHINE_APPROVAL_NEEDED", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.ENABLE.MAGIC_DNS", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.ENABLE.MULLVAD_VPN", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.ENABLE.NETWORK_FLOW_LOGGING", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.ENABLE.SCIM", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.ENABLE.TKA", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.ENABLE.USER_APPROVAL_REQUIRED", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.JOIN", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.JOIN_WAITLIST.FEATURE", .inferred, .adminConsole, .user),
        AuditEventCode("TAILNET.LEAVE", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.UPDATE.ACCOUNT_EMAIL", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.UPDATE.ACL", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.UPDATE.DNS_CONFIG", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.UPDATE.LOGSTREAM_ENDPOINT", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.UPDATE.MAX_KEY_DURATION", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.UPDATE.POSTURE_INTEGRATION", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.UPDATE.SECURITY_EMAIL", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.UPDATE.SUPPORT_EMAIL", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.UPDATE.TCD", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.UPDATE.TKA", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.VERIFY.ACCOUNT_EMAIL", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.VERIFY.SECURITY_EMAIL", .schema, .adminConsole, .user),
        AuditEventCode("TAILNET.VERIFY.SUPPORT_EMAIL", .schema, .adminConsole, .user),
        AuditEventCode("USER.APPROVE", .schema, .adminConsole, .user),
        AuditEventCode("USER.CREATE", .schema, .control, .user),
        AuditEventCode("USER.DELETE", .schema, .adminConsole, .user),
        AuditEventCode("USER.INVITE", .schema, .adminConsole, .user),
        AuditEventCode("USER.PUSH_USER.ATTRIBUTES", .schema, .identityProvider, .scim),
        AuditEventCode("USER.RESEND.TAILNET_INVITE", .schema, .adminConsole, .user),
        AuditEventCode("USER.RESTORE", .schema, .adminConsole, .user),
        AuditEventCode("USER.RESTORE_GLOBAL", .inferred, .control, .worker),
        AuditEventCode("USER.SUSPEND", .schema, .adminConsole, .user),
        AuditEventCode("USER.SUSPEND_GLOBAL", .inferred, .control, .worker),
        AuditEventCode("USER.UPDATE.USER_ROLE", .schema, .adminConsole, .user),
        AuditEventCode("WEBHOOK_ENDPOINT.CREATE", .schema, .adminConsole, .user),
        AuditEventCode("WEBHOOK_ENDPOINT.DELETE", .schema, .adminConsole, .user),
        AuditEventCode("WEBHOOK_ENDPOINT.UPDATE.SECRET", .schema, .adminConsole, .user),
        AuditEventCode("WEBHOOK_ENDPOINT.UPDATE.SUBSCRIBED_EVENTS", .schema, .adminConsole, .user),
        AuditEventCode("WEB_INTERFACE.LOGIN", .schema, .node, .user),
        AuditEventCode("WEB_INTERFACE.LOGOUT", .schema, .node, .user),
    ]
}
