public import SimTime
public import TailnetModel

/// One record of the configuration audit log, as the simulation makes it.
public struct TimelineRecord: Sendable {
    /// The record with `logged`, `eventTime` and `type` set; a channel leaves out what it does not carry.
    public var event: AuditEvent
    /// When the log service took the record; records order by it, then by group and ordinal.
    public var logged: Instant
    /// The record's place in its group.
    public var ordinal: Int
    /// Index of the plan's incident that made it; nil for ordinary life.
    public var incident: Int?

    /// The order of the log: `logged`, then event group, then ordinal.
    public static func precedes(_ left: TimelineRecord, _ right: TimelineRecord) -> Bool {
        if left.logged != right.logged { return left.logged < right.logged }
        if left.event.eventGroupID != right.event.eventGroupID {
            return left.event.eventGroupID < right.event.eventGroupID
        }
        return left.ordinal < right.ordinal
    }
}
