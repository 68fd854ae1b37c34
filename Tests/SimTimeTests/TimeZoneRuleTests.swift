import SimTime
import Testing

/// What is expected here was computed with Python's zoneinfo from the IANA database 2026f.
@Suite("Time zones")
struct TimeZoneRuleTests {
    @Test(
        "Clocks change at the instants of 2026 and 2027",
        arguments: [
            ("Europe/Madrid", "2026-03-29T01:00:00Z", 60, 120),
            ("Europe/Madrid", "2026-10-25T01:00:00Z", 120, 60),
            ("Europe/Madrid", "2027-03-28T01:00:00Z", 60, 120),
            ("Europe/Madrid", "2027-10-31T01:00:00Z", 120, 60),
            ("America/New_York", "2026-03-08T07:00:00Z", -300, -240),
            ("America/New_York", "2026-11-01T06:00:00Z", -240, -300),
            ("America/New_York", "2027-03-14T07:00:00Z", -300, -240),
            ("America/New_York", "2027-11-07T06:00:00Z", -240, -300),
            ("Australia/Sydney", "2026-04-04T16:00:00Z", 660, 600),
            ("Australia/Sydney", "2026-10-03T16:00:00Z", 600, 660),
            ("Australia/Sydney", "2027-04-03T16:00:00Z", 660, 600),
            ("Australia/Sydney", "2027-10-02T16:00:00Z", 600, 660),
            ("Pacific/Auckland", "2026-04-04T14:00:00Z", 780, 720),
            ("Pacific/Auckland", "2026-09-26T14:00:00Z", 720, 780),
            ("Pacific/Auckland", "2027-04-03T14:00:00Z", 780, 720),
            ("Pacific/Auckland", "2027-09-25T14:00:00Z", 720, 780),
        ] as [(String, String, Int64, Int64)])
    func changes(name: String, text: String, before: Int64, after: Int64) throws {
        let zone = try #require(TimeZoneRule(named: name))
        let change = try #require(Instant(rfc3339: text))
        #expect(zone.offset(at: change - .nanoseconds(1)) == .minutes(before))
        #expect(zone.offset(at: change) == .minutes(after))
        #expect(zone.offset(at: change - .days(30)) == .minutes(before))
        #expect(zone.offset(at: change + .days(30)) == .minutes(after))
    }

    /// In a gap and in the first pass of an overlap, the offset before the change holds (`fold=0` in Python).
    @Test(
        "A local time is found, also where clocks skip or repeat it",
        arguments: [
            ("Europe/Madrid", "2026-03-29", "1h59m", "2026-03-29T00:59:00Z"),
            ("Europe/Madrid", "2026-03-29", "2h0m", "2026-03-29T01:00:00Z"),
            ("Europe/Madrid", "2026-03-29", "2h30m", "2026-03-29T01:30:00Z"),
            ("Europe/Madrid", "2026-03-29", "2h59m", "2026-03-29T01:59:00Z"),
            ("Europe/Madrid", "2026-03-29", "3h0m", "2026-03-29T01:00:00Z"),
            ("Europe/Madrid", "2026-10-25", "1h59m", "2026-10-24T23:59:00Z"),
            ("Europe/Madrid", "2026-10-25", "2h0m", "2026-10-25T00:00:00Z"),
            ("Europe/Madrid", "2026-10-25", "2h30m", "2026-10-25T00:30:00Z"),
            ("Europe/Madrid", "2026-10-25", "2h59m", "2026-10-25T00:59:00Z"),
            ("Europe/Madrid", "2026-10-25", "3h0m", "2026-10-25T02:00:00Z"),
            ("Europe/Madrid", "2027-03-28", "2h30m", "2027-03-28T01:30:00Z"),
            ("Europe/Madrid", "2027-10-31", "2h30m", "2027-10-31T00:30:00Z"),
            ("America/New_York", "2026-03-08", "1h59m", "2026-03-08T06:59:00Z"),
            ("America/New_York", "2026-03-08", "2h0m", "2026-03-08T07:00:00Z"),
            ("America/New_York", "2026-03-08", "2h30m", "2026-03-08T07:30:00Z"),
            ("America/New_York", "2026-03-08", "2h59m", "2026-03-08T07:59:00Z"),
            ("America/New_York", "2026-03-08", "3h0m", "2026-03-08T07:00:00Z"),
            ("America/New_York", "2026-11-01", "0h59m", "2026-11-01T04:59:00Z"),
            ("America/New_York", "2026-11-01", "1h0m", "2026-11-01T05:00:00Z"),
            ("America/New_York", "2026-11-01", "1h30m", "2026-11-01T05:30:00Z"),
            ("America/New_York", "2026-11-01", "1h59m", "2026-11-01T05:59:00Z"),
            ("America/New_York", "2026-11-01", "2h0m", "2026-11-01T07:00:00Z"),
            ("America/New_York", "2027-03-14", "2h30m", "2027-03-14T07:30:00Z"),
            ("America/New_York", "2027-11-07", "1h30m", "2027-11-07T05:30:00Z"),
            ("Australia/Sydney", "2026-04-05", "1h59m", "2026-04-04T14:59:00Z"),
            ("Australia/Sydney", "2026-04-05", "2h0m", "2026-04-04T15:00:00Z"),
            ("Australia/Sydney", "2026-04-05", "2h30m", "2026-04-04T15:30:00Z"),
            ("Australia/Sydney", "2026-04-05", "2h59m", "2026-04-04T15:59:00Z"),
            ("Australia/Sydney", "2026-04-05", "3h0m", "2026-04-04T17:00:00Z"),
            ("Australia/Sydney", "2026-10-04", "1h59m", "2026-10-03T15:59:00Z"),
            ("Australia/Sydney", "2026-10-04", "2h0m", "2026-10-03T16:00:00Z"),
            ("Australia/Sydney", "2026-10-04", "2h30m", "2026-10-03T16:30:00Z"),
            ("Australia/Sydney", "2026-10-04", "2h59m", "2026-10-03T16:59:00Z"),
            ("Australia/Sydney", "2026-10-04", "3h0m", "2026-10-03T16:00:00Z"),
            ("Australia/Sydney", "2027-04-04", "2h30m", "2027-04-03T15:30:00Z"),
            ("Australia/Sydney", "2027-10-03", "2h30m", "2027-10-02T16:30:00Z"),
            ("Pacific/Auckland", "2026-04-05", "1h59m", "2026-04-04T12:59:00Z"),
            ("Pacific/Auckland", "2026-04-05", "2h0m", "2026-04-04T13:00:00Z"),
            ("Pacific/Auckland", "2026-04-05", "2h30m", "2026-04-04T13:30:00Z"),
            ("Pacific/Auckland", "2026-04-05", "2h59m", "2026-04-04T13:59:00Z"),
            ("Pacific/Auckland", "2026-04-05", "3h0m", "2026-04-04T15:00:00Z"),
            ("Pacific/Auckland", "2026-09-27", "1h59m", "2026-09-26T13:59:00Z"),
            ("Pacific/Auckland", "2026-09-27", "2h0m", "2026-09-26T14:00:00Z"),
            ("Pacific/Auckland", "2026-09-27", "2h30m", "2026-09-26T14:30:00Z"),
            ("Pacific/Auckland", "2026-09-27", "2h59m", "2026-09-26T14:59:00Z"),
            ("Pacific/Auckland", "2026-09-27", "3h0m", "2026-09-26T14:00:00Z"),
            ("Pacific/Auckland", "2027-04-04", "2h30m", "2027-04-03T13:30:00Z"),
            ("Pacific/Auckland", "2027-09-26", "2h30m", "2027-09-25T14:30:00Z"),
            ("Pacific/Auckland", "2026-01-01", "0h0m", "2025-12-31T11:00:00Z"),
            ("Pacific/Auckland", "2026-12-31", "23h59m", "2026-12-31T10:59:00Z"),
            ("Asia/Kolkata", "2026-01-01", "0h0m", "2025-12-31T18:30:00Z"),
            ("Asia/Kolkata", "2026-01-01", "23h59m", "2026-01-01T18:29:00Z"),
            ("Pacific/Honolulu", "2026-12-31", "23h59m", "2027-01-01T09:59:00Z"),
            ("America/Los_Angeles", "2026-11-01", "1h30m", "2026-11-01T08:30:00Z"),
            ("America/Los_Angeles", "2026-03-08", "2h30m", "2026-03-08T10:30:00Z"),
            ("Europe/London", "2026-03-29", "1h30m", "2026-03-29T01:30:00Z"),
            ("Europe/London", "2026-10-25", "1h30m", "2026-10-25T00:30:00Z"),
            ("America/Vancouver", "2026-11-01", "1h30m", "2026-11-01T08:30:00Z"),
            ("America/Vancouver", "2027-03-14", "2h30m", "2027-03-14T09:30:00Z"),
        ])
    func localTimes(name: String, day: String, time: String, expected: String) throws {
        let zone = try #require(TimeZoneRule(named: name))
        let midnight = try #require(Instant(rfc3339: day + "T00:00:00Z"))
        let timeOfDay = try #require(TimeSpan(parsing: time))
        let instant = zone.instant(of: CivilDate(daysSinceEpoch: midnight.daysSinceEpoch), timeOfDay: timeOfDay)
        #expect(instant.rfc3339 == expected)
    }

    @Test("A time of day may lie outside the day")
    func timeOfDayOutside() {
        let date = CivilDate(year: 2026, month: 8, day: 1)
        #expect(TimeZoneRule.utc.instant(of: date, timeOfDay: .hours(-1)).rfc3339 == "2026-07-31T23:00:00Z")
        #expect(TimeZoneRule.utc.instant(of: date, timeOfDay: .hours(25)).rfc3339 == "2026-08-02T01:00:00Z")
    }

    @Test("A zone that keeps its clocks has one offset")
    func kolkata() throws {
        let zone = try #require(TimeZoneRule(named: "Asia/Kolkata"))
        let start = Instant(midnightOf: CivilDate(year: 2026, month: 1, day: 1))
        for day in 0..<Int64(730) {
            #expect(zone.offset(at: start + .days(day)) == .minutes(330))
        }
        #expect(zone.changes(after: start, through: start + .days(730)).isEmpty)
    }

    @Test("UTC is the zone of that name")
    func utc() {
        #expect(TimeZoneRule(named: "UTC") == .utc)
        #expect(TimeZoneRule.utc.offset(at: Instant(seconds: 0)) == .zero)
    }

    @Test(
        "Names that the table does not have are refused",
        arguments: ["", "utc", "Madrid", "europe/madrid", "Europe/Madrid ", "CEST", "Mars/Olympus"])
    func unknownNames(name: String) {
        #expect(TimeZoneRule(named: name) == nil)
    }
}
