import SimTime

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
