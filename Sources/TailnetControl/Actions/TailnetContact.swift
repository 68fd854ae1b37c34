/// One of the tailnet's contact addresses, by its name in scenarios and in the API.
public enum TailnetContact: String, Sendable, Hashable, CaseIterable {
    case account
    case support
    case security

    /// The property of the contact's audit records.
    var property: String {
        switch self {
        case .account: "ACCOUNT_EMAIL"
        case .support: "SUPPORT_EMAIL"
        case .security: "SECURITY_EMAIL"
        }
    }
}
