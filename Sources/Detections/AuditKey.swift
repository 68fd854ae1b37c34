/// Whose audit records are counted together, and whom the alert names.
public enum AuditKey: Sendable, Hashable {
    /// The actor by id.
    case actor
    /// The actor by login name; all clients together, which have none.
    case login
    /// What the record is about.
    case target
}
