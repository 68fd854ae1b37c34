public import TailnetModel

/// A record that is spelled out.
public struct LoggedChange: Sendable, Hashable {
    /// A code of the schema, or `OAUTH_ACCESS_TOKEN.CREATE`.
    public var code: String
    public var origin: AuditOrigin
    /// The kind of actor where neither a user nor a client acts.
    public var actorKind: AuditActorKind
    /// Index of the node that is the target.
    public var node: Int?
    /// Index of the user who is the target.
    public var target: Int?
    /// The target's name where it is neither; its ID is drawn by it.
    public var name: String
    /// Raw JSON.
    public var old: String?
    /// Raw JSON.
    public var new: String?
    public var details: String?
    public var error: String?

    /// Makes a record's text.
    public init(
        code: String, origin: AuditOrigin, actorKind: AuditActorKind, node: Int? = nil, target: Int? = nil,
        name: String,
        old: String? = nil, new: String? = nil, details: String? = nil,
        error: String? = nil
    ) {
        self.code = code
        self.origin = origin
        self.actorKind = actorKind
        self.node = node
        self.target = target
        self.name = name
        self.old = old
        self.new = new
        self.details = details
        self.error = error
    }
}
