/// What was changed.
public struct AuditTarget: Sendable, Hashable {
    public var id: String
    public var name: String
    /// The kind of target: `TAILNET`, `NODE`, `USER`, `API_KEY`, `FAILED_REQUEST` or another.
    public var type: String
    /// Written only when true.
    public var isEphemeral: Bool
    /// The changed property; absent where the target itself was.
    public var property: String?

    /// Makes a target.
    public init(id: String, name: String, type: String, isEphemeral: Bool = false, property: String? = nil) {
        self.id = id
        self.name = name
        self.type = type
        self.isEphemeral = isEphemeral
        self.property = property
    }
}
