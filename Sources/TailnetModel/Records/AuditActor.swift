/// Who made a change.
public struct AuditActor: Sendable, Hashable {
    public var id: String
    /// The kind of actor: `USER`, `NODE`, `OAUTH_CLIENT`, `AUTOMATED_WORKER` or another.
    public var type: String
    /// Written also when empty (OAuth clients).
    public var loginName: String
    public var displayName: String
    /// Only for actors of type `NODE`, without the `tag:` prefix.
    public var tags: [String]

    /// Makes an actor.
    public init(id: String, type: String, loginName: String, displayName: String, tags: [String] = []) {
        self.id = id
        self.type = type
        self.loginName = loginName
        self.displayName = displayName
        self.tags = tags
    }
}
