import Chance
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
    /// Index of the plan's anomaly that made it; nil for ordinary life.
    public var anomaly: Int?

    /// The order of the log: `logged`, then event group, then ordinal.
    public static func precedes(_ left: TimelineRecord, _ right: TimelineRecord) -> Bool {
        if left.logged != right.logged { return left.logged < right.logged }
        if left.event.eventGroupID != right.event.eventGroupID {
            return left.event.eventGroupID < right.event.eventGroupID
        }
        return left.ordinal < right.ordinal
    }
}

/// One operation on the tailnet's configuration: a few records that share an event group.
struct AuditGroup {
    var key: ChanceKey
    var time: Instant
    var origin: Origin
    var actor: AuditActor
    var changes: [AuditChange]
    var anomaly: Int?

    /// Where an operation came from.
    enum Origin: String {
        case adminConsole = "ADMIN_CONSOLE"
        case configAPI = "CONFIG_API"
        case control = "CONTROL"
        case node = "NODE"
    }

    /// No record is logged later after its operation.
    static let longestDelay = TimeSpan.seconds(10)

    /// The group's records in the documented order.
    ///
    /// Records lie 70 to 300 microseconds apart, as captured; they are logged together, 0.4 to 4 s after the last, at
    /// instants that differ by the record's ordinal.
    func records() -> [TimelineRecord] {
        var times: [Instant] = []
        var time = self.time
        for index in changes.indices {
            if index > 0 { time += .nanoseconds(70_000 + Int64(key.draw(UInt64(100 + index), below: 230_000))) }
            times.append(time)
        }
        let delay = TimeSpan.nanoseconds(400_000_000 + Int64(key.draw(1, below: 3_600_000_000)))
        let batch = time + delay
        return changes.indices.map { index in
            let change = changes[index]
            let logged = batch + .nanoseconds(Int64(index))
            let event = AuditEvent(
                logged: logged, eventTime: times[index], type: "CONFIG", eventGroupID: groupID,
                origin: origin.rawValue, actor: actor, target: change.target, action: change.action, old: change.old,
                new: change.new, actionDetails: change.details, error: change.error)
            return TimelineRecord(event: event, logged: logged, ordinal: index, anomaly: anomaly)
        }
    }

    /// 32 lower-case hex digits.
    private var groupID: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for half in [key.draw(2), key.draw(3)] {
            for nibble in 0..<16 { text.append(digits[Int(half >> UInt64(60 - 4 * nibble) & 15)]) }
        }
        return String(decoding: text, as: UTF8.self)
    }
}

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
