public import SimTime

/// A member of the tailnet.
public struct User: Sendable, Hashable {
    /// The scenario's name for the user; the key of everything drawn for them.
    public var key: String
    /// The login name: `ana@example.com`.
    public var login: String
    /// The name for people: `Ana Ruiz`.
    public var displayName: String
    public var role: UserRole
    /// The numeric user ID; `StableID.text(.user, …)` gives its text.
    public var number: UInt64
    public var timeZone: TimeZoneRule
    /// When the account was made, before or in the run.
    public var created: Instant

    /// Makes a user.
    public init(
        key: String, login: String, displayName: String, role: UserRole, number: UInt64, timeZone: TimeZoneRule,
        created: Instant
    ) {
        self.key = key
        self.login = login
        self.displayName = displayName
        self.role = role
        self.number = number
        self.timeZone = timeZone
        self.created = created
    }

    /// The user's stable ID.
    public var stableID: String { StableID.text(.user, number) }
}
