import SimTime

/// A time zone's offsets over the years of a run, ready to be looked up.
struct ZoneOffsets: Sendable {
    private var starts: [Instant] = []
    private var offsets: [TimeSpan] = []

    /// Takes the zone's changes from a year before `span` to a year after.
    init(_ zone: TimeZoneRule, around span: TimeWindow) {
        let first = span.start - .days(400)
        starts.append(.distantPast)
        offsets.append(zone.offset(at: first))
        for change in zone.changes(after: first, through: span.end + .days(400)) {
            starts.append(change.time)
            offsets.append(change.offset)
        }
    }

    /// How far local clocks are ahead at `instant`.
    func offset(at instant: Instant) -> TimeSpan {
        var index = starts.count - 1
        while index > 0, starts[index] > instant { index -= 1 }
        return offsets[index]
    }
}
