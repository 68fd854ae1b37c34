import KeyedRandom
import ScenarioSpec
package import SimTime
package import TailnetControl
import TailnetModel

/// When owned nodes' keys expire by the calendar, and when their owners renew them.
///
/// A pure function of node and instant. A key's cycles lie on a grid of whole key durations; each renewal is drawn near
/// its grid point, at the owner's usual time of day on a working day, and the next expiry lies one duration after the
/// renewal. So expiry and renewal of any cycle follow from two draws, however many cycles lie before.
package struct KeyLife: Sendable {
    /// One cycle of a key.
    struct Cycle: Equatable {
        /// When the key expires unless it is renewed before.
        var expiry: Instant
        /// When the owner authenticates again.
        var renewal: Instant
        /// When the renewed key expires.
        var next: Instant
    }

    private let control: ControlState
    private let isOn: Bool
    private let nodeKeys: [RandomKey]
    private let owners: [Int?]
    private let hours: [WorkingHours]
    private let zones: [ZoneOffsets]
    /// Nodes whose keys only follow the calendar, by the day of their grid; see `candidates`.
    private let byDay: [[UInt32]]
    /// Owned nodes that explicit changes touch, or all where the duration of keys changes.
    private let special: [UInt32]
    /// How many days a key lasts at the beginning.
    private let period: Int64
    /// When each node's first key expires, for those in `byDay`; `distantFuture` for all others.
    private let firstExpiries: [Instant]

    /// Makes the lives of all keys.
    ///
    /// - Parameters:
    ///   - keys: The nodes' keys for draws.
    ///   - zones: Offsets of the users' time zones, one for each user.
    init(plan: Plan, control: ControlState, keys: [RandomKey], zones: [ZoneOffsets]) {
        self.control = control
        isOn = plan.administration.renewsKeys
        nodeKeys = keys.map { $0.key("key life") }
        owners = plan.nodes.map(\.owner)
        hours = plan.workingHours
        self.zones = zones
        let days = control.days(at: .distantPast)
        period = days
        var byDay = [[UInt32]](repeating: [], count: Int(days))
        var special: [UInt32] = []
        var firstExpiries = [Instant](repeating: .distantFuture, count: plan.nodes.count)
        let isSteady = control.keyDaysChanges.isEmpty && days >= KeyLife.shortestSteadyCycle
        for (index, node) in plan.nodes.enumerated() where node.owner != nil && node.removed == nil {
            if !isSteady || control.hasKeyChanges(node: index) {
                special.append(UInt32(index))
            } else if let expiry = control.firstKeyPhase(ofNode: index).expiry {
                byDay[Int(KeyLife.modulo(expiry.daysSinceEpoch, days))].append(UInt32(index))
                firstExpiries[index] = expiry
            }
        }
        self.byDay = byDay
        self.special = special
        self.firstExpiries = firstExpiries
    }

    /// Shorter cycles have renewals on any day: there is no time to wait for a working day.
    private static let shortestSteadyCycle: Int64 = 10

    /// Whether the node's key is never expired by the calendar.
    func neverExpires(_ node: Int) -> Bool { !isOn || owners[node] == nil }

    /// The first range that ends after `instant` in which the node's key is expired, as the calendar has it.
    ///
    /// Looks at least a day ahead; nil where nothing is in sight.
    package func nextOutage(ofNode node: Int, endingAfter instant: Instant) -> TimeWindow? {
        guard isOn, owners[node] != nil else { return nil }
        let first = firstExpiries[node]
        if first != .distantFuture {
            // Both ends of an outage lie within four days of a grid point: usually none is near.
            let length = TimeSpan.days(period)
            let number = max(0, (instant - first + length / 2) / length)
            if (instant - first - length * number).magnitude > .days(5) { return nil }
        }
        var outage: TimeWindow?
        forEachCycle(ofNode: node, around: instant) { cycle, end in
            guard outage == nil, cycle.expiry < cycle.renewal, cycle.expiry < end else { return }
            let renewal = min(cycle.renewal, end)
            if renewal > instant { outage = TimeWindow(start: cycle.expiry, end: renewal) }
        }
        return outage
    }

    /// Calls `body` with the cycles whose renewals lie around an instant, in order, and the end of their phase.
    func forEachCycle(ofNode node: Int, around instant: Instant, _ body: (Cycle, _ end: Instant) -> Void) {
        let first = firstExpiries[node]
        if first != .distantFuture {
            let near = (instant - first) / .days(period)
            for number in max(0, near - 1)...max(0, near + 1) {
                body(cycle(number, first: first, since: .distantPast, days: period, node: node), .distantFuture)
            }
            return
        }
        let phases = phases(ofNode: node)
        for (index, phase) in phases.enumerated() {
            guard let first = phase.expiry else { continue }
            let end = index + 1 < phases.count ? phases[index + 1].since : .distantFuture
            let length = TimeSpan.days(phase.days)
            if end <= instant - length * 2 || phase.since > instant + length * 2 { continue }
            let near = (instant - first) / length
            for number in max(0, near - 2)...max(0, near + 2) {
                let cycle = cycle(number, first: first, since: phase.since, days: phase.days, node: node)
                if min(cycle.expiry, cycle.renewal) < end { body(cycle, end) }
            }
        }
    }

    /// A phase with the duration of its keys.
    private struct Phase {
        var since: Instant
        var expiry: Instant?
        var days: Int64
    }

    /// The node's phases; a change of the duration of keys begins a phase at the renewal after it.
    private func phases(ofNode node: Int) -> [Phase] {
        let written = control.keyPhases(ofNode: node)
        var phases: [Phase] = []
        for (index, phase) in written.enumerated() {
            let end = index + 1 < written.count ? written[index + 1].since : .distantFuture
            var current = Phase(since: phase.since, expiry: phase.expiry, days: control.days(at: phase.since))
            for change in control.keyDaysChanges where change.since > current.since && change.since < end {
                guard let first = current.expiry else { continue }
                var number = max(0, (change.since - first) / .days(current.days) - 2)
                var next = cycle(number, first: first, since: current.since, days: current.days, node: node)
                while next.renewal <= change.since {
                    number += 1
                    next = cycle(number, first: first, since: current.since, days: current.days, node: node)
                }
                guard next.renewal < end else { continue }
                phases.append(current)
                current = Phase(since: next.renewal, expiry: next.renewal + .days(change.days), days: change.days)
            }
            phases.append(current)
        }
        return phases
    }

    /// The cycle of that number after `first`, the expiry that the phase begins with.
    private func cycle(_ number: Int64, first: Instant, since: Instant, days: Int64, node: Int) -> Cycle {
        let length = TimeSpan.days(days)
        let expiry =
            number == 0
            ? first : renewal(near: first + length * (number - 1), since: since, days: days, node: node) + length
        let renewal = renewal(near: first + length * number, since: since, days: days, node: node)
        return Cycle(expiry: expiry, renewal: renewal, next: renewal + length)
    }

    /// When the owner authenticates the node near a grid point.
    private func renewal(near point: Instant, since: Instant, days: Int64, node: Int) -> Instant {
        guard let owner = owners[node] else { return point }
        let key = nodeKeys[node]
        let offset = zones[owner].offset(at: point)
        var date = (point + offset).daysSinceEpoch
        let draws = key.key(UInt64(bitPattern: date))
        let hours = hours[owner]
        if days >= KeyLife.shortestSteadyCycle, !hours.weekends {
            // Some answer the warning on Friday, the others find the device cut off on Monday.
            let weekday = CivilDate.weekday(daysSinceEpoch: date)
            if weekday >= 5 { date += draws.chance(0, permille: 500) ? Int64(4 - weekday) : Int64(7 - weekday) }
        }
        let usual = hours.start + TimeSpan(draw: key.draw(1), below: (hours.end - hours.start) * 3 / 4)
        let spread = TimeSpan(draw: draws.draw(2), below: .minutes(120)) - .minutes(30)
        let time = Instant.epoch + .days(date) - offset + usual + spread
        // A key that was made to last for moments only is renewed after it.
        if time > since { return time }
        return max(point, since) + .minutes(5) + TimeSpan(draw: draws.draw(3), below: .minutes(120))
    }

    /// The nodes whose keys may expire or be renewed within a day of `instant`, ascending in each of the two groups.
    func forEachCandidate(around instant: Instant, _ body: (Int) -> Void) {
        guard isOn else { return }
        for node in special { body(Int(node)) }
        guard period >= KeyLife.shortestSteadyCycle else { return }
        let today = instant.daysSinceEpoch
        // A renewal lies at most three days from its grid point, and so does the expiry after it.
        for date in today - 4...today + 4 {
            for node in byDay[Int(KeyLife.modulo(date, period))] { body(Int(node)) }
        }
    }

    private static func modulo(_ value: Int64, _ divisor: Int64) -> Int64 {
        let rest = value % divisor
        return rest < 0 ? rest + divisor : rest
    }
}

extension KeyLife: KeyRenewals {
    package func expiry(ofNode node: Int, in phase: KeyPhase, before instant: Instant) -> Instant? {
        guard var expiry = phase.expiry else { return nil }
        forEachCycle(ofNode: node, around: instant) { cycle, _ in
            if cycle.renewal < instant, cycle.renewal >= phase.since { expiry = cycle.next }
        }
        return expiry
    }
}
