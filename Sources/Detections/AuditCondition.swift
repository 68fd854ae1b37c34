/// What can be asked of an audit record.
public indirect enum AuditCondition: Sendable, Hashable {
    /// A member whose text is one of these.
    case member(Member, among: [String])
    /// A value that holds this text; white space and escapes do not count.
    case value(Value, holds: String)
    /// The change was refused: `error` stands in the record.
    case failed
    /// The target is a node that is forgotten when it leaves.
    case ephemeral
    case any([AuditCondition])
    case not(AuditCondition)

    public enum Member: Sendable, Hashable { case action, origin, actorType, targetType, property }

    public enum Value: Sendable, Hashable { case old, new, actionDetails }

    static func action(_ texts: String...) -> AuditCondition { .member(.action, among: texts) }
    static func origin(_ texts: String...) -> AuditCondition { .member(.origin, among: texts) }
    static func actorType(_ texts: String...) -> AuditCondition { .member(.actorType, among: texts) }
    static func targetType(_ texts: String...) -> AuditCondition { .member(.targetType, among: texts) }
    static func property(_ texts: String...) -> AuditCondition { .member(.property, among: texts) }
    static func old(holds text: String) -> AuditCondition { .value(.old, holds: text) }
    static func new(holds text: String) -> AuditCondition { .value(.new, holds: text) }
    static func actionDetails(holds text: String) -> AuditCondition { .value(.actionDetails, holds: text) }
}
