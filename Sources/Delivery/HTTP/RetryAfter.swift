import SimTime

/// Reads how long a receiver asks to be left alone.
enum RetryAfter {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The delay that a Retry-After header asks for, in seconds or as a date; nil when it says nothing usable.
    ///
    /// A date is taken relative to the same answer's Date header, so that the two clocks need not agree.
    static func delay(value: String?, date: String?) -> Duration? {
        guard let value else { return nil }
        if let seconds = UInt32(value) { return .seconds(Int64(seconds)) }
        guard let until = instant(value), let date, let now = instant(date) else { return nil }
        return max(.zero, .nanoseconds((until - now).nanoseconds))
    }

    /// Reads `Sun, 06 Nov 1994 08:49:37 GMT`, the one form of date that HTTP senders may write.
    private static func instant(_ text: String) -> Instant? {
        let fields = text.split(separator: " ")
        guard fields.count == 6, fields[5] == "GMT", let day = Int(fields[1]), let year = Int(fields[3]),
            let month = months.firstIndex(where: { $0 == fields[2] }), (1678...2261).contains(year)
        else { return nil }
        let clock = fields[4].split(separator: ":").map { Int($0) ?? -1 }
        let date = CivilDate(year: year, month: month + 1, day: day)
        guard date.isValid, clock.count == 3, (0..<24).contains(clock[0]), (0..<60).contains(clock[1]),
            (0...60).contains(clock[2])
        else { return nil }
        return Instant(midnightOf: date) + .seconds(Int64(clock[0] * 3_600 + clock[1] * 60 + clock[2]))
    }
}
