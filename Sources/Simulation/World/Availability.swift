import TailnetModel
import KeyedRandom
import ScenarioSpec
import SimTime

/// When nodes are up: a pure function of the node's name, its owner's habits and the day.
///
/// A class, because it has many arrays and is handed from session to session.
final class Availability: Sendable {
    /// What one node's presence depends on.
    private struct Life: Sendable {
        var role: NodeRole
        var key: RandomKey
        var node: RandomKey
        var habit: RecordingHabit
        var zone: Int
        var hours: WorkingHours
        /// Ranges in which explicit changes keep the node away: before it joins, after deletion, with an expired key.
        var absences: [TimeWindow]
    }

    /// The parts of a local day, from midnight, in which a device is in use.
    private typealias Hours = (first: Range<TimeSpan>, second: Range<TimeSpan>?)

    private let lives: [Life]
    private let zones: [ZoneOffsets]
    private let holidays: [Int64]
    private let keyLife: KeyLife

    /// Makes the presence of all nodes of a plan.
    init(plan: Plan, keys: [RandomKey], userZones: [ZoneOffsets], control: ControlState, keyLife: KeyLife) {
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
                    absences: control.absences(ofNode: index)))
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
    func memberUntil(_ node: Int, at instant: Instant) -> Instant? {
        var until = Instant.distantFuture
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
    /// - Parameter horizon: sleep that begins after this instant is not looked for.
    func upUntil(_ node: Int, at instant: Instant, horizon: Instant) -> Instant? {
        memberUntil(node, at: instant).flatMap { upUntil(node, at: instant, horizon: horizon, member: $0) }
    }

    /// Until when a node that is up at `instant` stays up, given until when it belongs to the tailnet.
    func upUntil(_ node: Int, at instant: Instant, horizon: Instant, member: Instant) -> Instant? {
        guard lives[node].role != .server else { return member }
        guard let day = dayUntil(node, instant) else { return nil }
        let until = min(member, day)
        let last = min(until, horizon)
        var hour = (instant - .epoch) / .hours(1)
        while Instant.epoch + .hours(hour) < last {
            if let sleep = lives[node].habit.sleep(lives[node].node, hour: hour) {
                if sleep.contains(instant) { return nil }
                if sleep.start > instant { return min(until, sleep.start) }
            }
            hour += 1
        }
        return until
    }

    /// The end of the range of today or yesterday that holds `instant`.
    private func dayUntil(_ node: Int, _ instant: Instant) -> Instant? {
        let isLaptop = lives[node].role == .laptop
        let offset = zones[lives[node].zone].offset(at: instant)
        let today = (instant + offset).daysSinceEpoch
        var latest: Instant?
        for day in [today - 1, today] {
            guard let (first, second) = isLaptop ? laptopDay(lives[node], day) : phoneDay(lives[node], day) else {
                continue
            }
            let time = instant + offset - .epoch - .days(day)
            if first.contains(time) { latest = max(latest ?? .distantPast, instant + (first.upperBound - time)) }
            if let second, second.contains(time) {
                latest = max(latest ?? .distantPast, instant + (second.upperBound - time))
            }
        }
        return latest
    }

    /// Whether a local day is one without work: a holiday, or a weekend of who has weekends.
    static func isFree(_ day: Int64, _ hours: WorkingHours, _ holidays: [Int64]) -> Bool {
        (CivilDate.weekday(daysSinceEpoch: day) >= 5 && !hours.weekends) || holidays.contains(day)
    }

    /// The ranges, from local midnight, in which a laptop is open on a local day.
    private func laptopDay(_ life: Life, _ day: Int64) -> Hours? {
        let key = life.key.key(UInt64(bitPattern: day))
        if Availability.isFree(day, life.hours, holidays) {
            // Now and then somebody looks in at the weekend.
            guard key.chance(0, permille: 150) else { return nil }
            let start = TimeSpan.hours(10) + Availability.minutes(key.draw(1, below: 480))
            return (start..<start + Availability.minutes(30 + key.draw(2, below: 120)), nil)
        }
        let jitter = Availability.minutes(key.draw(3, below: 70)) - .minutes(40)
        let start = max(.zero, life.hours.start + jitter + TimeSpan(draw: key.draw(4), below: .minutes(1)))
        let late = Availability.minutes(key.draw(5, below: 110)) - .minutes(25)
        let end = max(start + .hours(1), life.hours.end + late)
        guard key.chance(6, permille: 550) else { return (start..<end, nil) }
        let noon = (life.hours.start + life.hours.end) / 2
        let lunch = noon - .minutes(30) + Availability.minutes(key.draw(7, below: 45))
        let back = lunch + Availability.minutes(25 + key.draw(8, below: 40))
        guard start < lunch, back < end else { return (start..<end, nil) }
        return (start..<lunch, back..<end)
    }

    /// The range, from local midnight, in which a phone is awake on a local day.
    private func phoneDay(_ life: Life, _ day: Int64) -> Hours? {
        let key = life.key.key(UInt64(bitPattern: day))
        let start = TimeSpan.hours(6) + Availability.minutes(20 + key.draw(0, below: 90))
        let end = TimeSpan.hours(22) + Availability.minutes(15 + key.draw(1, below: 90))
        return (start..<end, nil)
    }

    private static func minutes(_ count: UInt64) -> TimeSpan { .minutes(Int64(count)) }

    /// How busy a person is at `instant`, in thousandths of their busiest hour; `user` is nil for UTC office hours.
    static func activity(hours: WorkingHours, holidays: [Int64], offset: TimeSpan, at instant: Instant) -> Int64 {
        let local = instant + offset
        let day = local.daysSinceEpoch
        let time = local - .epoch - .days(day)
        if isFree(day, hours, holidays) { return 40 }
        let (start, end) = (hours.start, hours.end)
        if time < start - .hours(1) || time > end + .hours(2) { return 25 }
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
