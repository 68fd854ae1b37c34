/// What the clocks of a time zone did since 1970, and do from then on.
///
/// Before 1970, clocks stand as they did at its beginning.
final class TimeZoneHistory: Sendable {
    /// A change of clocks: when, and how far they are ahead of UTC from then on.
    typealias Change = (time: Instant, offset: TimeSpan)

    private let first: TimeSpan
    /// The changes that follow no rule, in order.
    private let times: [Instant]
    private let offsets: [TimeSpan]
    /// What holds from its first change after the last of these changes; nil where clocks stay.
    private let rule: YearlyClockRule?
    private let ruleStart: Instant

    init(first: TimeSpan, changes: [Change] = [], rule: YearlyClockRule? = nil) {
        self.first = first
        times = changes.map(\.time)
        offsets = changes.map(\.offset)
        self.rule = rule
        guard let rule else {
            ruleStart = .distantFuture
            return
        }
        let last = changes.last?.time ?? .epoch
        ruleStart = rule.changes(from: last, through: last + .days(400)).first { $0.time > last }?.time ?? last
    }

    /// How far clocks are ahead of UTC.
    func offset(at instant: Instant) -> TimeSpan {
        if let rule, instant >= ruleStart { return rule.offset(at: instant) }
        // The number of changes that are not later.
        var low = 0
        var high = times.count
        while low < high {
            let middle = (low + high) / 2
            if times[middle] <= instant { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? first : offsets[low - 1]
    }

    /// The changes after `start` and not after `end`, in order.
    func changes(after start: Instant, through end: Instant) -> [Change] {
        var found = zip(times, offsets).filter { start < $0.0 && $0.0 <= end }.map { Change($0.0, $0.1) }
        guard let rule else { return found }
        let begin = max(start, ruleStart)
        guard begin <= end else { return found }
        var offset = offset(at: max(start, ruleStart - .nanoseconds(1)))
        for change in rule.changes(from: begin, through: end)
        where start < change.time && begin <= change.time && change.time <= end && change.offset != offset {
            found.append(change)
            offset = change.offset
        }
        return found
    }
}
