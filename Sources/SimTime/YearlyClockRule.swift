/// Two changes of clocks in every year, as POSIX writes them: `M3.2.0,M11.1.0`.
struct YearlyClockRule: Sendable {
    /// How far clocks are ahead of UTC between `end` and `begin`.
    var standard: TimeSpan
    /// How far they are between `begin` and `end`; less than `standard` where a country counts so.
    var daylight: TimeSpan
    var begin: Day
    var end: Day

    /// A day of the year and a time on local clocks before they change.
    struct Day: Sendable {
        /// 1 to 12.
        var month: Int
        /// 1 to 5, where 5 means the last one of the month.
        var week: Int
        /// 0 for Sunday to 6 for Saturday.
        var weekday: Int
        /// After local midnight; may be negative, or longer than a day.
        var time: TimeSpan

        /// When clocks change in a year in which they are `offset` ahead before.
        func instant(in year: Int, offset: TimeSpan) -> Instant {
            let first = CivilDate(year: year, month: month, day: 1)
            // CivilDate counts weekdays from Monday.
            let ahead = (weekday + 6 - first.weekday) % 7
            var day = 1 + ahead + 7 * (week - 1)
            if day > CivilDate.days(inMonth: month, of: year) { day -= 7 }
            return Instant(midnightOf: CivilDate(year: year, month: month, day: day)) + time - offset
        }
    }

    /// How far clocks are ahead of UTC.
    func offset(at instant: Instant) -> TimeSpan {
        let (begin, end) = days(of: year(of: instant))
        let isDaylight = begin < end ? begin <= instant && instant < end : begin <= instant || instant < end
        return isDaylight ? daylight : standard
    }

    /// The changes of all years that two instants lie in and between, in order.
    func changes(from start: Instant, through end: Instant) -> [TimeZoneHistory.Change] {
        (year(of: start)...max(year(of: start), year(of: end))).flatMap { year in
            let days = days(of: year)
            return [(days.begin, daylight), (days.end, standard)].sorted { $0.0 < $1.0 }
        }
    }

    private func days(of year: Int) -> (begin: Instant, end: Instant) {
        (begin.instant(in: year, offset: standard), end.instant(in: year, offset: daylight))
    }

    private func year(of instant: Instant) -> Int {
        CivilDate(daysSinceEpoch: (instant + standard).daysSinceEpoch).year
    }
}
