import TailnetModel

/// What one record of a group says.
struct AuditChange {
    var action: String
    var target: AuditTarget
    /// Raw JSON.
    var old: String?
    /// Raw JSON.
    var new: String?
    var details: String?
    var error: String?

    init(
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
