/// A role of a user, by its name in the API.
public enum UserRole: String, Sendable, Hashable, CaseIterable {
    case owner
    case admin
    case itAdmin = "it-admin"
    case networkAdmin = "network-admin"
    case billingAdmin = "billing-admin"
    case auditor
    case member
}
