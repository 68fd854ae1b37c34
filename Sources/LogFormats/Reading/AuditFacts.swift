/// What detections use of an audit record, as ranges of the record's bytes; empty where it is absent.
public struct AuditFacts: Sendable, Hashable {
    public var origin = 0..<0
    public var actorID = 0..<0
    public var actorType = 0..<0
    public var actorLogin = 0..<0
    public var action = 0..<0
    public var targetID = 0..<0
    public var targetType = 0..<0
    /// Whether the target is a node that is forgotten when it leaves.
    public var isEphemeral = false
    public var property = 0..<0
    /// Values, with the quotes or brackets around them.
    public var old = 0..<0
    public var new = 0..<0
    public var actionDetails = 0..<0
    /// Whether the change failed.
    public var hasError = false

    init() {}

    init(_ members: RecordMembers) {
        origin = members.origin
        actorID = members.actorID
        actorType = members.actorType
        actorLogin = members.actorLogin
        action = members.action?.contents ?? 0..<0
        targetID = members.targetID?.contents ?? 0..<0
        targetType = members.targetType
        isEphemeral = members.isEphemeral
        property = members.property.contents
        old = members.old
        new = members.new
        actionDetails = members.actionDetails
        hasError = members.hasError
    }
}
