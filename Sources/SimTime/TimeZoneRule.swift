/// A time zone as a standard offset and a yearly daylight rule, in whole minutes.
///
/// The zones are a table in this file and not the machine's zone database: the same scenario must give the same bytes on
/// every machine. The rules are those in force in 2026; changes that zones made in the past are not modelled.
public struct TimeZoneRule: Hashable, Sendable {
    /// The IANA name.
    public let name: String
    /// Minutes east of UTC outside daylight time.
    public let standardMinutes: Int
    /// The daylight rule; nil where clocks stay.
    public let daylight: Daylight?

    /// A yearly period in which clocks are one hour ahead.
    public enum Daylight: Sendable, Hashable {
        /// Last Sunday of March to last Sunday of October, at 01:00 UTC.
        case europe
        /// Second Sunday of March to first Sunday of November, at 02:00 local time.
        case northAmerica
        /// First Sunday of October to first Sunday of April, at 02:00 standard time.
        case australia
        /// Last Sunday of September to first Sunday of April, at 02:00 standard time.
        case newZealand
    }

    /// UTC itself.
    public static let utc = TimeZoneRule(name: "UTC", standardMinutes: 0, daylight: nil)

    /// The zone of that IANA name; nil where the table has none.
    public init?(named name: String) {
        guard let zone = TimeZoneRule.all.first(where: { $0.name == name }) else { return nil }
        self = zone
    }

    init(name: String, standardMinutes: Int, daylight: Daylight?) {
        self.name = name
        self.standardMinutes = standardMinutes
        self.daylight = daylight
    }

    /// How far local clocks are ahead of UTC at `instant`.
    public func offset(at instant: Instant) -> TimeSpan {
        let standard = TimeSpan.minutes(Int64(standardMinutes))
        guard let daylight, isDaylight(daylight, at: instant, standard: standard) else { return standard }
        return standard + .hours(1)
    }

    /// The instant at which local clocks show `timeOfDay` after midnight of the local `date`.
    ///
    /// A time that daylight saving skips or repeats is read with the offset in force just before the change.
    public func instant(of date: CivilDate, timeOfDay: TimeSpan) -> Instant {
        let local = Instant(midnightOf: date) + timeOfDay
        let guess = local - TimeSpan.minutes(Int64(standardMinutes))
        return local - offset(at: guess - .hours(1))
    }

    private func isDaylight(_ rule: Daylight, at instant: Instant, standard: TimeSpan) -> Bool {
        let year = CivilDate(daysSinceEpoch: (instant + standard).daysSinceEpoch).year
        func sunday(_ month: Int, last: Bool, number: Int = 1) -> Instant {
            let length = CivilDate.days(inMonth: month, of: year)
            let anchor = CivilDate(year: year, month: month, day: last ? length : 1)
            let toSunday = last ? -((anchor.weekday + 1) % 7) : (6 - anchor.weekday) + 7 * (number - 1)
            return Instant(seconds: (anchor.daysSinceEpoch + Int64(toSunday)) * 86_400)
        }
        switch rule {
        case .europe:
            let begin = sunday(3, last: true) + .hours(1)
            let end = sunday(10, last: true) + .hours(1)
            return begin <= instant && instant < end
        case .northAmerica:
            let begin = sunday(3, last: false, number: 2) + .hours(2) - standard
            let end = sunday(11, last: false) + .hours(1) - standard
            return begin <= instant && instant < end
        case .australia:
            let end = sunday(4, last: false) + .hours(2) - standard
            let begin = sunday(10, last: false) + .hours(2) - standard
            return instant < end || begin <= instant
        case .newZealand:
            let end = sunday(4, last: false) + .hours(2) - standard
            let begin = sunday(9, last: true) + .hours(2) - standard
            return instant < end || begin <= instant
        }
    }

    /// Every zone that scenarios may name, ordered by name.
    public static let all: [TimeZoneRule] = {
        let fixed: [(String, Int)] = [
            ("Africa/Johannesburg", 120), ("Africa/Lagos", 60), ("Africa/Nairobi", 180),
            ("America/Argentina/Buenos_Aires", -180), ("America/Bogota", -300), ("America/Mexico_City", -360),
            ("America/Phoenix", -420), ("America/Sao_Paulo", -180), ("America/Vancouver", -420), ("Asia/Bangkok", 420),
            ("Asia/Dubai", 240), ("Asia/Hong_Kong", 480), ("Asia/Jakarta", 420), ("Asia/Karachi", 300),
            ("Asia/Kolkata", 330), ("Asia/Manila", 480), ("Asia/Seoul", 540), ("Asia/Shanghai", 480),
            ("Asia/Singapore", 480), ("Asia/Taipei", 480), ("Asia/Tokyo", 540), ("Atlantic/Reykjavik", 0),
            ("Australia/Brisbane", 600), ("Australia/Perth", 480), ("Europe/Istanbul", 180), ("Europe/Moscow", 180),
            ("Pacific/Honolulu", -600), ("UTC", 0),
        ]
        let europe: [(String, Int)] = [
            ("Europe/Amsterdam", 60), ("Europe/Athens", 120), ("Europe/Berlin", 60), ("Europe/Brussels", 60),
            ("Europe/Bucharest", 120), ("Europe/Copenhagen", 60), ("Europe/Dublin", 0), ("Europe/Helsinki", 120),
            ("Europe/Kyiv", 120), ("Europe/Lisbon", 0), ("Europe/London", 0), ("Europe/Madrid", 60),
            ("Europe/Oslo", 60), ("Europe/Paris", 60), ("Europe/Prague", 60), ("Europe/Rome", 60),
            ("Europe/Stockholm", 60), ("Europe/Vienna", 60), ("Europe/Warsaw", 60), ("Europe/Zurich", 60),
        ]
        let northAmerica: [(String, Int)] = [
            ("America/Chicago", -360), ("America/Denver", -420), ("America/Halifax", -240),
            ("America/Los_Angeles", -480), ("America/New_York", -300), ("America/Toronto", -300),
        ]
        var zones = fixed.map { TimeZoneRule(name: $0.0, standardMinutes: $0.1, daylight: nil) }
        zones += europe.map { TimeZoneRule(name: $0.0, standardMinutes: $0.1, daylight: .europe) }
        zones += northAmerica.map { TimeZoneRule(name: $0.0, standardMinutes: $0.1, daylight: .northAmerica) }
        zones += [
            TimeZoneRule(name: "Australia/Melbourne", standardMinutes: 600, daylight: .australia),
            TimeZoneRule(name: "Australia/Sydney", standardMinutes: 600, daylight: .australia),
            TimeZoneRule(name: "Pacific/Auckland", standardMinutes: 720, daylight: .newZealand),
        ]
        return zones.sorted { $0.name < $1.name }
    }()
}
