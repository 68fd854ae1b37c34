public import TailnetModel

/// What one record of the configuration audit log says of a change.
public struct AuditChange: Sendable, Hashable {
    public var action: String
    public var target: AuditTarget
    /// Raw JSON.
    public var old: String?
    /// Raw JSON.
    public var new: String?
    public var details: String?
    public var error: String?

    /// Makes a record's content.
    public init(
        _ action: String, _ target: AuditTarget, old: String? = nil, new: String? = nil, details: String? = nil,
        error: String? = nil
    ) {
        self.action = action
        self.target = target
        self.old = old
        self.new = new
        self.details = details
        self.error = error
    }
}
