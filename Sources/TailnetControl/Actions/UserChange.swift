public import TailnetModel

/// What happens to a user's account.
public enum UserChange: Sendable, Hashable {
    /// The person is invited; the account is made later.
    case invite
    case resendInvite
    /// The account is made; before, neither it nor its nodes are there.
    case create
    case approve
    case setRole(UserRole)
    case suspend
    case restore
    /// The account and its nodes are deleted.
    case delete
    /// The identity provider pushes the account's attributes.
    case push
}
