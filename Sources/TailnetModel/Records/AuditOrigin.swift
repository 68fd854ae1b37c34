/// Where a change came from, by its name in the log.
public enum AuditOrigin: String, Sendable, Hashable, CaseIterable {
    case adminConsole = "ADMIN_CONSOLE"
    case configAPI = "CONFIG_API"
    case control = "CONTROL"
    case identityProvider = "IDENTITY_PROVIDER"
    case node = "NODE"
    case supportRequest = "SUPPORT_REQUEST"
    case stripe = "STRIPE"
    case securityNotification = "SECURITY_NOTIFICATION"
    case legalNotification = "LEGAL_NOTIFICATION"
    /// Only in the schema's newest copy.
    case border0API = "BORDER0_API"
}
