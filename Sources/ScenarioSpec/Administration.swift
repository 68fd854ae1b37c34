public import SimTime

/// What people and programs do to the tailnet's configuration.
public struct Administration: Sendable, Hashable {
    /// Mean logins to the admin console a working day, for each user who may, in thousandths.
    public var milliConsoleLoginsPerDay: Int
    /// Mean failed API requests a day over the whole tailnet, in thousandths: mistakes, not attacks.
    public var milliFailedRequestsPerDay: Int
    /// Explicit changes, ordered by instant.
    public var events: [AdminEvent]

    /// Makes an administration.
    public init(milliConsoleLoginsPerDay: Int, milliFailedRequestsPerDay: Int, events: [AdminEvent]) {
        self.milliConsoleLoginsPerDay = milliConsoleLoginsPerDay
        self.milliFailedRequestsPerDay = milliFailedRequestsPerDay
        self.events = events
    }
}

/// One explicit change.
public struct AdminEvent: Sendable, Hashable {
    /// The scenario's name for the event; the key of its draws.
    public var key: String
    public var time: Instant
    /// Index of the acting user; nil where the service itself acts.
    public var user: Int?
    public var action: AdminAction

    /// Makes an event.
    public init(key: String, time: Instant, user: Int?, action: AdminAction) {
        self.key = key
        self.time = time
        self.user = user
        self.action = action
    }
}

/// What an explicit change does.
public enum AdminAction: Sendable, Hashable {
    /// The node joins the tailnet; before, it is not there.
    case join(node: Int)
    /// The node is deleted.
    case delete(node: Int)
    /// The node's key expires; it is cut off until it authenticates again.
    case expireKey(node: Int)
    /// The node's owner authenticates it again.
    case reauthenticate(node: Int)
    /// The policy file is replaced by `policies[version]`.
    case editPolicy(version: Int)
    /// An auth key is made.
    case createAuthKey(name: String, reusable: Bool, ephemeral: Bool, tags: [String])
    /// An API access token is made.
    case createAPIToken(name: String)
    /// A key made earlier in the scenario is revoked, by the name of its making.
    case revokeKey(name: String)
}
