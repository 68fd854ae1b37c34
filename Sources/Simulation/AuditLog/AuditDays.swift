import KeyedRandom
import ScenarioSpec
import SimTime
import Synchronization
import TailnetModel

/// What people and programs do by habit, day by day.
///
/// Every person and every device has a stream of its own, drawn for each local day, so that a newcomer changes nobody
/// else's. A day of the whole tailnet is gathered once, sorted, and cached for the buckets that follow. The cache
/// changes no result: a day can be made again at any time.
final class AuditDays: Sendable {
    /// Something that happens by habit.
    struct Moment: Sendable {
        enum Kind: UInt8, Sendable {
            case consoleLogin
            case consoleLogout
            case webLogin
            case webLogout
            case sshCheck
            case attribute
            /// A key expires before its owner renews it.
            case expiry
            case renewal
        }

        var time: Instant
        var kind: Kind
        /// The user, for visits; else the node.
        var who: UInt32
        var key: RandomKey
        /// For `renewal`: when the old key expires or expired, and the new one will.
        var expiry = Instant.epoch
        var next = Instant.epoch
    }

    /// How many days are remembered: buckets at midnight need two.
    private static let memory = 3

    private let plane: ControlPlane
    private let nodeKeys: [RandomKey]
    private let zones: [ZoneOffsets]
    private let root: RandomKey
    private let known = Mutex<[(date: Int64, moments: [Moment])]>([])

    init(world: World, plane: ControlPlane) {
        self.plane = plane
        nodeKeys = world.nodes.map(\.key)
        zones = world.userZones
        root = world.root
    }

    /// Calls `body` with the moments in `window`, in order.
    func forEachMoment(_ window: TimeWindow, _ body: (Moment) -> Void) {
        for date in window.start.daysSinceEpoch...max(window.start, window.end - .nanoseconds(1)).daysSinceEpoch {
            let moments = moments(of: date)
            var index = moments.partitionPoint { $0.time < window.start }
            while index < moments.count, moments[index].time < window.end {
                body(moments[index])
                index += 1
            }
        }
    }

    /// The moments of a day in UTC, by instant.
    private func moments(of date: Int64) -> [Moment] {
        if let moments = known.withLock({ known in known.first { $0.date == date }?.moments }) { return moments }
        let moments = gathered(date)
        known.withLock { known in
            if known.count >= AuditDays.memory { known.removeFirst() }
            known.append((date, moments))
        }
        return moments
    }

    private func gathered(_ date: Int64) -> [Moment] {
        var moments: [Moment] = []
        let administration = plane.plan.administration
        let window = TimeWindow(start: .epoch + .days(date), end: .epoch + .days(date + 1))
        appendVisits(
            "console", milli: administration.milliConsoleLoginsPerDay, .consoleLogin, .consoleLogout, window, &moments)
        appendVisits(
            "web interface", milli: administration.milliWebLoginsPerDay, .webLogin, .webLogout, window, &moments)
        appendChecks(window, &moments)
        appendAttributes(window, &moments)
        appendKeys(window, &moments)
        // Equal instants keep their order by what and who, whatever the order of gathering.
        moments.sort { left, right in
            if left.time != right.time { return left.time < right.time }
            if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
            return left.key.bits < right.key.bits
        }
        return moments
    }

    /// Visits to the admin console or to devices' web interfaces; two in five end with a logout, within the hour.
    private func appendVisits(
        _ purpose: String, milli: Int, _ login: Moment.Kind, _ logout: Moment.Kind, _ window: TimeWindow,
        _ moments: inout [Moment]
    ) {
        guard milli > 0 else { return }
        let purposeKey = root.key(purpose)
        for user in plane.consoleUsers {
            let key = purposeKey.key(plane.plan.users[user].key)
            forEachArrival(key, milli: milli, user: user, window) { time, key in
                if window.contains(time) {
                    moments.append(Moment(time: time, kind: login, who: UInt32(user), key: key))
                }
                let end = time + .minutes(1) + TimeSpan(draw: key.draw(2), below: .minutes(59))
                if window.contains(end), key.chance(3, permille: 400) {
                    moments.append(Moment(time: end, kind: logout, who: UInt32(user), key: key))
                }
            }
        }
    }

    private func appendChecks(_ window: TimeWindow, _ moments: inout [Moment]) {
        let milli = plane.plan.administration.milliSSHChecksPerDay
        guard milli > 0 else { return }
        for node in plane.ownedNodes {
            guard let owner = plane.plan.nodes[node].owner else { continue }
            forEachArrival(nodeKeys[node].key("ssh check"), milli: milli, user: owner, window) { time, key in
                guard window.contains(time) else { return }
                moments.append(Moment(time: time, kind: .sshCheck, who: UInt32(node), key: key))
            }
        }
    }

    /// Programs set attributes at any hour.
    private func appendAttributes(_ window: TimeWindow, _ moments: inout [Moment]) {
        let milli = plane.plan.administration.milliAttributeUpdatesPerDay
        guard milli > 0 else { return }
        let mean = UInt64(milli) * 65_536 / 1_000
        for node in plane.ownedNodes {
            let key = nodeKeys[node].key("attribute").key(UInt64(bitPattern: window.start.nanoseconds))
            for ordinal in 0..<Poisson.count(mean: mean, draw: key.draw(0)) {
                let one = key.key(UInt64(ordinal))
                let time = window.start + TimeSpan(draw: one.draw(0), below: .days(1))
                moments.append(Moment(time: time, kind: .attribute, who: UInt32(node), key: one))
            }
        }
    }

    /// Calls `body` with arrivals in a person's working hours on the local days around a window.
    private func forEachArrival(
        _ key: RandomKey, milli: Int, user: Int, _ window: TimeWindow, _ body: (Instant, RandomKey) -> Void
    ) {
        let hours = plane.plan.workingHours[user]
        let mean = UInt64(milli) * 65_536 / 1_000
        let middle = window.start.daysSinceEpoch
        // Local days begin up to a day before or after those of UTC.
        for date in middle - 1...middle + 1 {
            let isWeekend = CivilDate.weekday(daysSinceEpoch: date) >= 5
            if !hours.weekends, isWeekend || isHoliday(date) { continue }
            let midnightUTC = Instant.epoch + .days(date)
            let midnight = midnightUTC - zones[user].offset(at: midnightUTC + .hours(12))
            // A visit that ends in the window began an hour before it at most.
            let isNear =
                midnight + hours.end > window.start - .hours(1) && midnight + hours.start < window.end
            guard isNear else { continue }
            let dayKey = key.key(UInt64(bitPattern: date))
            let count = Poisson.count(mean: mean, draw: dayKey.draw(0))
            for ordinal in 0..<count {
                let one = dayKey.key(UInt64(ordinal))
                body(midnight + hours.start + TimeSpan(draw: one.draw(0), below: hours.end - hours.start), one)
            }
        }
    }

    private func isHoliday(_ date: Int64) -> Bool {
        let holidays = plane.plan.holidays
        let place = holidays.partitionPoint { $0 < date }
        return place < holidays.count && holidays[place] == date
    }

    /// Keys that expire by the calendar, and their renewals, of devices that are in the tailnet by then.
    private func appendKeys(_ window: TimeWindow, _ moments: inout [Moment]) {
        let middle = window.start + .hours(12)
        plane.keyLife.forEachCandidate(around: middle) { node in
            plane.keyLife.forEachCycle(ofNode: node, around: middle) { cycle, end in
                let key = nodeKeys[node].key("renewal").key(UInt64(bitPattern: cycle.renewal.nanoseconds))
                if cycle.expiry < cycle.renewal, window.contains(cycle.expiry), cycle.expiry < end,
                    plane.control.isMember(node: node, at: cycle.expiry)
                {
                    moments.append(
                        Moment(time: cycle.expiry, kind: .expiry, who: UInt32(node), key: key.key("expiry")))
                }
                if window.contains(cycle.renewal), cycle.renewal < end,
                    plane.control.isMember(node: node, at: cycle.renewal)
                {
                    moments.append(
                        Moment(
                            time: cycle.renewal, kind: .renewal, who: UInt32(node), key: key, expiry: cycle.expiry,
                            next: cycle.next))
                }
            }
        }
    }
}
