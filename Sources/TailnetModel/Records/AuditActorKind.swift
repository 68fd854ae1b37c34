/// The kind of who made a change, by its name in the log.
public enum AuditActorKind: String, Sendable, Hashable, CaseIterable {
    case user = "USER"
    case node = "NODE"
    case worker = "AUTOMATED_WORKER"
    case oauthClient = "OAUTH_CLIENT"
    case scim = "SCIM"
    case mullvad = "MULLVAD"
    case logStream = "LOGSTREAM"
    case secretScanner = "SECRET_SCANNER"
    /// Only in the schema's newest copy.
    case pamConnector = "PAM_CONNECTOR"
    /// Only in the schema's newest copy.
    case pamServiceAccount = "PAM_SERVICE_ACCOUNT"
}
