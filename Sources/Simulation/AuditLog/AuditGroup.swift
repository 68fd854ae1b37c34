import KeyedRandom
import SimTime
import TailnetControl
import TailnetModel

/// One operation on the tailnet's configuration: a few records that share an event group.
struct AuditGroup {
    typealias Origin = AuditOrigin

    var key: RandomKey
    var time: Instant
    var origin: AuditOrigin
    var actor: AuditActor
    var changes: [AuditChange]
    var incident: Int?

    /// No record is logged later after its operation: 4 s and what a long group takes.
    static let longestDelay = TimeSpan.seconds(10)

    /// The group's records in the documented order.
    func records() -> [TimelineRecord] {
        var records: [TimelineRecord] = []
        append(to: &records, loggedIn: TimeWindow(start: .distantPast, end: .distantFuture))
        return records
    }

    /// Appends those of the group's records that are logged in `window`, in the documented order.
    ///
    /// Records lie 70 to 300 microseconds apart, as captured; they are logged together, 0.2 to 3.7 s after the last, at
    /// instants that differ by the record's ordinal.
    func append(to records: inout [TimelineRecord], loggedIn window: TimeWindow) {
        let batch = self.batch
        // The spacing of a batch is a few nanoseconds: most groups are in or out as a whole.
        guard batch < window.end, batch + .nanoseconds(Int64(changes.count)) > window.start else { return }
        let id = groupID
        let origin = origin.rawValue
        var time = self.time
        for index in changes.indices {
            if index > 0 {
                time += .microseconds(70) + TimeSpan(draw: key.draw(UInt64(100 + index)), below: .microseconds(230))
            }
            let logged = batch + .nanoseconds(Int64(index))
            guard window.contains(logged) else { continue }
            let event = AuditEvent(
                logged: logged, eventTime: time, type: "CONFIG", eventGroupID: id, origin: origin, actor: actor,
                target: changes[index].target, action: changes[index].action, old: changes[index].old,
                new: changes[index].new, actionDetails: changes[index].details, error: changes[index].error)
            records.append(TimelineRecord(event: event, logged: logged, ordinal: index, incident: incident))
        }
    }

    /// When the first of the records is logged.
    private var batch: Instant {
        // A deleted account may take thousands of nodes along: the whole group is made before any of it is logged.
        let length = TimeSpan.microseconds(300) * Int64(min(changes.count - 1, 20_000))
        // A real export of twenty records has delays of 0.2 to 3.7 s, 1.3 s on average.
        let wait = TimeSpan(draw: min(key.draw(1), key.draw(9)), below: .milliseconds(3_500))
        return time + length + .milliseconds(180) + wait
    }

    /// 32 lower-case hex digits.
    private var groupID: String {
        let halves = (key.draw(2), key.draw(3))
        // All 32 bytes are written; without a buffer in between, since every record has such a text.
        return unsafe String(unsafeUninitializedCapacity: 32) { buffer in
            for index in 0..<32 {
                let half = index < 16 ? halves.0 : halves.1
                let nibble = UInt8(truncatingIfNeeded: half >> UInt64(60 - 4 * (index & 15))) & 15
                unsafe buffer[index] = nibble < 10 ? 48 + nibble : 87 + nibble
            }
            return 32
        }
    }
}
