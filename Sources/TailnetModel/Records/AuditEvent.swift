public import SimTime

/// One record of the configuration audit log.
///
/// The wire order of the keys is that of the properties. What the service's own decoders treat as open (`old`, `new`,
/// every enumeration) is text here, so that a captured record survives a round trip.
public struct AuditEvent: Sendable, Hashable {
    /// When the log service took the record; absent on the poll API.
    public var logged: Instant?
    /// When the change was made; absent inside streamed records.
    public var eventTime: Instant?
    /// `CONFIG` on the poll API, absent elsewhere.
    public var type: String?
    /// Set where the service's rate limiter held the record back: the timestamp's text.
    public var deferredAt: String?
    /// Shared by all records of one operation: 32 lower-case hex digits.
    public var eventGroupID: String
    public var origin: String
    public var actor: AuditActor
    public var target: AuditTarget
    public var action: String
    /// The value before, as raw JSON.
    public var old: String?
    /// The value after, as raw JSON.
    public var new: String?
    public var actionDetails: String?
    /// Why the change failed, for records of failed requests.
    public var error: String?

    /// Makes a record; all that may be absent is absent.
    public init(
        logged: Instant? = nil, eventTime: Instant? = nil, type: String? = nil, deferredAt: String? = nil,
        eventGroupID: String, origin: String, actor: AuditActor, target: AuditTarget, action: String,
        old: String? = nil, new: String? = nil, actionDetails: String? = nil, error: String? = nil
    ) {
        self.logged = logged
        self.eventTime = eventTime
        self.type = type
        self.deferredAt = deferredAt
        self.eventGroupID = eventGroupID
        self.origin = origin
        self.actor = actor
        self.target = target
        self.action = action
        self.old = old
        self.new = new
        self.actionDetails = actionDetails
        self.error = error
    }
}
