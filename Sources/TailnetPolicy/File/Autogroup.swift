/// A group that the service keeps itself.
public enum Autogroup: String, Hashable, Sendable, CaseIterable {
    case internet
    case `self`
    case owner
    case admin
    case member
    /// An older name of `member`.
    case members
    case tagged
    case auditor
    case billingAdmin = "billing-admin"
    case itAdmin = "it-admin"
    case networkAdmin = "network-admin"
    case shared
    /// Every login but `root`; only among the users of an SSH rule.
    case nonroot
    /// Any address at all; only as a source.
    case dangerAll = "danger-all"

    /// The group with its prefix.
    public var name: String { "autogroup:\(rawValue)" }

    /// Whether the group is one of people.
    var isOfUsers: Bool {
        switch self {
        case .owner, .admin, .member, .members, .auditor, .billingAdmin, .itAdmin, .networkAdmin: true
        case .internet, .self, .tagged, .shared, .nonroot, .dangerAll: false
        }
    }
}
