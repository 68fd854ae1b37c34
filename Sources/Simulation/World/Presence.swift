import Chance
import ScenarioSpec
import SimTime
import TailnetModel

/// A time zone's offsets over the years of a run, ready to be looked up.
struct ZoneOffsets: Sendable {
    private var starts: [Int64] = []
    private var offsets: [Int64] = []

    /// Samples the zone hour by hour around its changes, from a year before `span` to a year after.
    init(_ zone: TimeZoneRule, around span: TimeWindow) {
        var instant = (span.start - .days(400)).floored(to: .days(1))
        let last = span.end + .days(400)
        starts.append(Int64.min)
        offsets.append(zone.offset(at: instant).nanoseconds)
        guard zone.daylight != nil else { return }
        while instant < last {
            let next = instant + .days(1)
            if zone.offset(at: next).nanoseconds != offsets[offsets.count - 1] {
                var change = instant
                while zone.offset(at: change).nanoseconds == offsets[offsets.count - 1] { change += .minutes(30) }
                starts.append(change.nanoseconds)
                offsets.append(zone.offset(at: change).nanoseconds)
            }
            instant = next
        }
    }

    /// How far local clocks are ahead at `instant`, in nanoseconds.
    func offset(at instant: Int64) -> Int64 {
        var index = starts.count - 1
        while index > 0, starts[index] > instant { index -= 1 }
        return offsets[index]
    }
}

/// When nodes are up: a pure function of the node's name, its owner's habits and the day.
///
/// A class, because it has many arrays and is handed from session to session.
final class Presence: Sendable {
    /// What one node's presence depends on.
    private struct Life: Sendable {
        var role: NodeRole
        var key: ChanceKey
        var node: ChanceKey
        var habit: RecordingHabit
        var zone: Int
        var hours: WorkingHours
        /// Stretches in which explicit changes keep the node away: before it joins, after deletion, with an expired key.
        var absences: [Stretch]
    }

    private static let day: Int64 = 86_400_000_000_000
    private static let minute: Int64 = 60_000_000_000

    private let lives: [Life]
    private let zones: [ZoneOffsets]
    private let holidays: [Int64]
    private let keyLife: KeyLife

    /// Makes the presence of all nodes of a plan.
    init(plan: Plan, keys: [ChanceKey], userZones: [ZoneOffsets], control: ControlState, keyLife: KeyLife) {
        let office = WorkingHours(start: .hours(8), end: .hours(18), weekends: false)
        var lives: [Life] = []
        for (index, node) in plan.nodes.enumerated() {
            let owner = node.owner
            lives.append(
                Life(
                    role: plan.roles[index], key: keys[index].key("presence"), node: keys[index],
                    habit: RecordingHabit(plan.roles[index]),
                    zone: owner ?? plan.users.count,
                    hours: owner.map { plan.workingHours[$0] } ?? office,
                    absences: control.absences(ofNode: index).map { Stretch(start: $0.start, end: $0.end) }))
        }
        holidays = plan.holidays
        self.keyLife = keyLife
        self.lives = lives
        zones = userZones + [ZoneOffsets(.utc, around: plan.span)]
    }

    /// Whether a node is in the tailnet and awake at every instant.
    func isAlwaysUp(_ node: Int) -> Bool {
        lives[node].role == .server && lives[node].absences.isEmpty && keyLife.neverExpires(node)
    }

    /// Until when a node that belongs to the tailnet at `instant` does so, awake or asleep; nil where it does not.
    func memberUntil(_ node: Int, at instant: Int64) -> Int64? {
        var until = Int64.max
        for absence in lives[node].absences {
            if absence.contains(instant) { return nil }
            if absence.start > instant { until = min(until, absence.start) }
        }
        if let outage = keyLife.nextOutage(ofNode: node, endingAfter: instant) {
            if outage.start <= instant { return nil }
            until = min(until, outage.start)
        }
        return until
    }

    /// Until when a node that is up at `instant` stays up; nil where it is down.
    ///
    /// - Parameter horizon: naps that begin after this instant are not looked for.
    func upUntil(_ node: Int, at instant: Int64, horizon: Int64) -> Int64? {
        memberUntil(node, at: instant).flatMap { upUntil(node, at: instant, horizon: horizon, member: $0) }
    }

    /// Until when a node that is up at `instant` stays up, given until when it belongs to the tailnet.
    func upUntil(_ node: Int, at instant: Int64, horizon: Int64, member: Int64) -> Int64? {
        guard lives[node].role != .server else { return member }
        guard let day = dayUntil(node, instant) else { return nil }
        let until = min(member, day)
        let hourLength: Int64 = 3_600_000_000_000
        var hour = instant / hourLength
        while hour * hourLength < min(until, horizon) {
            if let nap = lives[node].habit.nap(lives[node].node, hour: hour) {
                if nap.contains(instant) { return nil }
                if nap.start > instant { return min(until, nap.start) }
            }
            hour += 1
        }
        return until
    }

    /// The end of the stretch of today or yesterday that holds `instant`.
    private func dayUntil(_ node: Int, _ instant: Int64) -> Int64? {
        let isLaptop = lives[node].role == .laptop
        let offset = zones[lives[node].zone].offset(at: instant)
        let today = Instant(nanoseconds: instant + offset).daysSinceEpoch
        var latest: Int64?
        for day in [today - 1, today] {
            guard let (first, second) = isLaptop ? laptopDay(lives[node], day) : phoneDay(lives[node], day) else {
                continue
            }
            let time = instant + offset - day * Presence.day
            if first.contains(time) { latest = max(latest ?? .min, first.end - time + instant) }
            if let second, second.contains(time) { latest = max(latest ?? .min, second.end - time + instant) }
        }
        return latest
    }

    /// Whether a local day is one without work: a holiday, or a weekend of who has weekends.
    static func isFree(_ day: Int64, _ hours: WorkingHours, _ holidays: [Int64]) -> Bool {
        (CivilDate.weekday(daysSinceEpoch: day) >= 5 && !hours.weekends) || holidays.contains(day)
    }

    /// The stretches, from local midnight, in which a laptop is open on a local day.
    private func laptopDay(_ life: Life, _ day: Int64) -> (Stretch, Stretch?)? {
        let key = life.key.key(UInt64(bitPattern: day))
        if Presence.isFree(day, life.hours, holidays) {
            // Now and then somebody looks in at the weekend.
            guard key.chance(0, permille: 150) else { return nil }
            let start = Presence.hours(10) + Presence.minutes(key.draw(1, below: 480))
            return (Stretch(start: start, end: start + Presence.minutes(30 + key.draw(2, below: 120))), nil)
        }
        let jitter = Presence.minutes(key.draw(3, below: 70)) - Presence.minutes(40)
        let start = max(0, life.hours.start.nanoseconds + jitter + Int64(key.draw(4, below: 60_000_000_000)))
        let late = Presence.minutes(key.draw(5, below: 110)) - Presence.minutes(25)
        let end = max(start + Presence.hours(1), life.hours.end.nanoseconds + late)
        guard key.chance(6, permille: 550) else { return (Stretch(start: start, end: end), nil) }
        let noon = (life.hours.start.nanoseconds + life.hours.end.nanoseconds) / 2
        let lunch = noon - Presence.minutes(30) + Presence.minutes(key.draw(7, below: 45))
        let back = lunch + Presence.minutes(25 + key.draw(8, below: 40))
        guard start < lunch, back < end else { return (Stretch(start: start, end: end), nil) }
        return (Stretch(start: start, end: lunch), Stretch(start: back, end: end))
    }

    /// The stretch, from local midnight, in which a phone is awake on a local day.
    private func phoneDay(_ life: Life, _ day: Int64) -> (Stretch, Stretch?)? {
        let key = life.key.key(UInt64(bitPattern: day))
        let start = Presence.hours(6) + Presence.minutes(20 + key.draw(0, below: 90))
        let end = Presence.hours(22) + Presence.minutes(15 + key.draw(1, below: 90))
        return (Stretch(start: start, end: end), nil)
    }

    private static func hours(_ count: Int64) -> Int64 { count * 60 * minute }
    private static func minutes(_ count: some BinaryInteger) -> Int64 { Int64(count) * minute }

    /// How busy a person is at `instant`, in thousandths of their busiest hour; `user` is nil for UTC office hours.
    static func activity(hours: WorkingHours, holidays: [Int64], offset: Int64, at instant: Int64) -> Int64 {
        let local = instant + offset
        let day = Instant(nanoseconds: local).daysSinceEpoch
        let time = local - day * Presence.day
        if isFree(day, hours, holidays) { return 40 }
        let start = hours.start.nanoseconds
        let end = hours.end.nanoseconds
        if time < start - Presence.hours(1) || time > end + Presence.hours(2) { return 25 }
        if time < start { return 300 }
        if time > end { return 220 }
        // Two humps with a dip at noon.
        let share = (time - start) * 1_000 / (end - start)
        switch share {
        case ..<120: return 700
        case ..<380: return 1_000
        case ..<440: return 850
        case ..<560: return 450
        case ..<620: return 800
        case ..<880: return 950
        default: return 600
        }
    }
}
