import SimTime

/// A time zone's offsets over the years of a run, ready to be looked up.
struct ZoneOffsets: Sendable {
    private var starts: [Instant] = []
    private var offsets: [TimeSpan] = []

    /// Samples the zone hour by hour around its changes, from a year before `span` to a year after.
    init(_ zone: TimeZoneRule, around span: TimeWindow) {
        var instant = (span.start - .days(400)).floored(to: .days(1))
        let last = span.end + .days(400)
        starts.append(.distantPast)
        offsets.append(zone.offset(at: instant))
        guard zone.daylight != nil else { return }
        while instant < last {
            let next = instant + .days(1)
            if zone.offset(at: next) != offsets[offsets.count - 1] {
                var change = instant
                while zone.offset(at: change) == offsets[offsets.count - 1] { change += .minutes(30) }
                starts.append(change)
                offsets.append(zone.offset(at: change))
            }
            instant = next
        }
    }

    /// How far local clocks are ahead at `instant`.
    func offset(at instant: Instant) -> TimeSpan {
        var index = starts.count - 1
        while index > 0, starts[index] > instant { index -= 1 }
        return offsets[index]
    }
}
