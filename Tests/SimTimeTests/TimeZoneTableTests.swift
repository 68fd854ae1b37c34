import SimTime
import Testing

/// What is expected here was computed with Python's zoneinfo from the IANA database 2026f.
@Suite("The table of time zones")
struct TimeZoneTableTests {
    /// Minutes east of UTC at noon UTC of the 15th of January, April, July and November 2026.
    private static let expected: [(name: String, minutes: [Int64])] = [
        ("Africa/Johannesburg", [120, 120, 120, 120]), ("Africa/Lagos", [60, 60, 60, 60]),
        ("Africa/Nairobi", [180, 180, 180, 180]), ("America/Argentina/Buenos_Aires", [-180, -180, -180, -180]),
        ("America/Bogota", [-300, -300, -300, -300]), ("America/Chicago", [-360, -300, -300, -360]),
        ("America/Denver", [-420, -360, -360, -420]), ("America/Halifax", [-240, -180, -180, -240]),
        ("America/Los_Angeles", [-480, -420, -420, -480]), ("America/Mexico_City", [-360, -360, -360, -360]),
        ("America/New_York", [-300, -240, -240, -300]), ("America/Phoenix", [-420, -420, -420, -420]),
        ("America/Sao_Paulo", [-180, -180, -180, -180]), ("America/Toronto", [-300, -240, -240, -300]),
        ("Asia/Bangkok", [420, 420, 420, 420]), ("Asia/Dubai", [240, 240, 240, 240]),
        ("Asia/Hong_Kong", [480, 480, 480, 480]), ("Asia/Jakarta", [420, 420, 420, 420]),
        ("Asia/Karachi", [300, 300, 300, 300]), ("Asia/Kolkata", [330, 330, 330, 330]),
        ("Asia/Manila", [480, 480, 480, 480]), ("Asia/Seoul", [540, 540, 540, 540]),
        ("Asia/Shanghai", [480, 480, 480, 480]), ("Asia/Singapore", [480, 480, 480, 480]),
        ("Asia/Taipei", [480, 480, 480, 480]), ("Asia/Tokyo", [540, 540, 540, 540]),
        ("Atlantic/Reykjavik", [0, 0, 0, 0]), ("Australia/Brisbane", [600, 600, 600, 600]),
        ("Australia/Melbourne", [660, 600, 600, 660]), ("Australia/Perth", [480, 480, 480, 480]),
        ("Australia/Sydney", [660, 600, 600, 660]), ("Europe/Amsterdam", [60, 120, 120, 60]),
        ("Europe/Athens", [120, 180, 180, 120]), ("Europe/Berlin", [60, 120, 120, 60]),
        ("Europe/Brussels", [60, 120, 120, 60]), ("Europe/Bucharest", [120, 180, 180, 120]),
        ("Europe/Copenhagen", [60, 120, 120, 60]), ("Europe/Dublin", [0, 60, 60, 0]),
        ("Europe/Helsinki", [120, 180, 180, 120]), ("Europe/Istanbul", [180, 180, 180, 180]),
        ("Europe/Kyiv", [120, 180, 180, 120]), ("Europe/Lisbon", [0, 60, 60, 0]),
        ("Europe/London", [0, 60, 60, 0]), ("Europe/Madrid", [60, 120, 120, 60]),
        ("Europe/Moscow", [180, 180, 180, 180]), ("Europe/Oslo", [60, 120, 120, 60]),
        ("Europe/Paris", [60, 120, 120, 60]), ("Europe/Prague", [60, 120, 120, 60]),
        ("Europe/Rome", [60, 120, 120, 60]), ("Europe/Stockholm", [60, 120, 120, 60]),
        ("Europe/Vienna", [60, 120, 120, 60]), ("Europe/Warsaw", [60, 120, 120, 60]),
        ("Europe/Zurich", [60, 120, 120, 60]), ("Pacific/Auckland", [780, 720, 720, 780]),
        ("Pacific/Honolulu", [-600, -600, -600, -600]), ("UTC", [0, 0, 0, 0]),
    ]

    private let dates = [1, 4, 7, 11].map {
        Instant(midnightOf: CivilDate(year: 2026, month: $0, day: 15)) + .hours(12)
    }

    @Test("Every zone has its offsets of 2026", arguments: expected)
    func offsets(name: String, minutes: [Int64]) throws {
        let zone = try #require(TimeZoneRule(named: name))
        #expect(dates.map { zone.offset(at: $0) } == minutes.map { TimeSpan.minutes($0) })
    }

    /// Vancouver went to daylight time in March 2026 for good, so its January was one hour behind; the table knows the
    /// rule in force only.
    @Test(
        "Vancouver stays at UTC-7",
        arguments: [
            "2026-03-08T10:00:00Z", "2026-07-15T12:00:00Z", "2026-11-01T08:59:59Z", "2026-11-01T09:00:00Z",
            "2027-01-15T12:00:00Z", "2027-03-14T10:00:00Z", "2027-07-15T12:00:00Z", "2027-12-31T12:00:00Z",
        ])
    func vancouver(text: String) throws {
        let zone = try #require(TimeZoneRule(named: "America/Vancouver"))
        let instant = try #require(Instant(rfc3339: text))
        #expect(zone.offset(at: instant) == .minutes(-420))
    }

    @Test("The table is ordered, and no zone of it is untested")
    func complete() {
        let names = TimeZoneRule.all.map(\.name)
        #expect(names == (TimeZoneTableTests.expected.map(\.name) + ["America/Vancouver"]).sorted())
    }
}
