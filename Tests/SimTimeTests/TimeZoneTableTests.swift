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

    @Test("Every zone's clocks change from 1970 to 2100 as Python's zoneinfo says")
    func digests() {
        let end = Instant(midnightOf: CivilDate(year: 2100, month: 1, day: 1))
        var names: [String] = []
        var wrong: [String] = []
        for line in TimeZoneDigests.text.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            for name in words[2...] {
                names.append(name)
                let found = TimeZoneRule(named: name).map { digest($0, through: end) } ?? "no such zone"
                if found != "\(words[0]) \(words[1])" { wrong.append("\(name): \(found)") }
            }
        }
        #expect(wrong == [])
        #expect(TimeZoneRule.all.map(\.name) == names.sorted())
        #expect(names.count == 598)
    }

    /// The digest of Scripts/time-zones: FNV-1a over seconds, of the first offset and of each change.
    private func digest(_ zone: TimeZoneRule, through end: Instant) -> String {
        var value: UInt64 = 0xcbf2_9ce4_8422_2325
        func add(_ nanoseconds: Int64) {
            value = (value ^ UInt64(bitPattern: nanoseconds / 1_000_000_000)) &* 0x100_0000_01b3
        }
        var offset = zone.offset(at: .epoch)
        add(offset.nanoseconds)
        let changes = zone.changes(after: .epoch, through: end)
        for change in changes {
            let last = change.time - .nanoseconds(1)
            #expect(zone.offset(at: last) == offset, "\(zone.name) at \(last.rfc3339)")
            #expect(zone.offset(at: change.time) == change.offset, "\(zone.name) at \(change.time.rfc3339)")
            offset = change.offset
            add(change.time.nanoseconds)
            add(change.offset.nanoseconds)
        }
        let digits = String(value, radix: 16)
        return "\(changes.count) \(String(repeating: "0", count: 16 - digits.count))\(digits)"
    }

    @Test(
        "Offsets in the past and in the future, in seconds",
        arguments: [
            ("Africa/Monrovia", "1970-06-01T00:00:00Z", -2670), ("Africa/Monrovia", "1972-01-07T00:44:29Z", -2670),
            ("Africa/Monrovia", "1972-01-07T00:44:30Z", 0), ("America/Santiago", "1970-01-01T00:00:00Z", -10800),
            ("America/Santiago", "2026-04-05T02:59:59Z", -10800),
            ("America/Santiago", "2026-04-05T03:00:00Z", -14400),
            ("America/Santiago", "2026-09-06T03:59:59Z", -14400),
            ("America/Santiago", "2026-09-06T04:00:00Z", -10800),
            ("America/Santiago", "2099-01-15T00:00:00Z", -10800), ("Africa/Cairo", "2022-07-01T00:00:00Z", 7200),
            ("Africa/Cairo", "2026-04-23T21:59:59Z", 7200), ("Africa/Cairo", "2026-04-23T22:00:00Z", 10800),
            ("Africa/Cairo", "2026-10-29T20:59:59Z", 10800), ("Africa/Cairo", "2026-10-29T21:00:00Z", 7200),
            ("Africa/Cairo", "2099-07-01T00:00:00Z", 10800), ("Africa/Casablanca", "2018-07-01T00:00:00Z", 3600),
            ("Africa/Casablanca", "2026-02-15T01:59:59Z", 3600), ("Africa/Casablanca", "2026-02-15T02:00:00Z", 0),
            ("Africa/Casablanca", "2026-03-22T02:00:00Z", 3600), ("Africa/Casablanca", "2099-07-01T00:00:00Z", 0),
            ("Australia/Lord_Howe", "1975-01-01T00:00:00Z", 36000),
            ("Australia/Lord_Howe", "2026-04-04T14:59:59Z", 39600),
            ("Australia/Lord_Howe", "2026-04-04T15:00:00Z", 37800),
            ("Australia/Lord_Howe", "2026-10-03T15:29:59Z", 37800),
            ("Australia/Lord_Howe", "2026-10-03T15:30:00Z", 39600),
            ("Australia/Lord_Howe", "2099-01-01T00:00:00Z", 39600),
            ("Pacific/Chatham", "1970-01-01T00:00:00Z", 45900), ("Pacific/Chatham", "2026-04-04T13:59:59Z", 49500),
            ("Pacific/Chatham", "2026-04-04T14:00:00Z", 45900), ("Pacific/Chatham", "2026-09-26T14:00:00Z", 49500),
            ("Pacific/Chatham", "2099-12-31T00:00:00Z", 49500), ("Asia/Kathmandu", "1985-12-31T18:29:59Z", 19800),
            ("Asia/Kathmandu", "1985-12-31T18:30:00Z", 20700), ("Asia/Kathmandu", "2026-01-01T00:00:00Z", 20700),
            ("Pacific/Apia", "2011-12-30T09:59:59Z", -36000), ("Pacific/Apia", "2011-12-30T10:00:00Z", 50400),
            ("Pacific/Apia", "2026-01-01T00:00:00Z", 46800), ("Asia/Gaza", "2026-06-01T00:00:00Z", 10800),
            ("Asia/Gaza", "2086-06-01T00:00:00Z", 10800), ("Asia/Gaza", "2099-06-01T00:00:00Z", 10800),
            ("Europe/Dublin", "1971-10-31T01:59:59Z", 3600), ("Europe/Dublin", "1971-10-31T02:00:00Z", 0),
            ("Europe/Dublin", "2026-07-01T00:00:00Z", 3600), ("Europe/Dublin", "2099-01-01T00:00:00Z", 0),
            ("Europe/Istanbul", "2015-11-01T00:00:00Z", 10800), ("Europe/Istanbul", "2016-11-01T00:00:00Z", 10800),
            ("America/Caracas", "2007-12-09T07:00:00Z", -16200), ("America/Caracas", "2016-05-01T07:00:00Z", -14400),
            ("America/Sao_Paulo", "2018-12-01T00:00:00Z", -7200),
            ("America/Sao_Paulo", "2019-12-01T00:00:00Z", -10800),
            ("America/New_York", "1974-02-01T00:00:00Z", -14400),
            ("America/New_York", "2006-03-20T00:00:00Z", -18000),
            ("America/New_York", "2007-03-20T00:00:00Z", -14400),
            ("America/New_York", "2099-07-01T00:00:00Z", -14400),
            ("America/Vancouver", "2026-01-15T12:00:00Z", -28800),
            ("America/Vancouver", "2026-03-08T10:00:00Z", -25200),
            ("America/Vancouver", "2027-01-15T12:00:00Z", -25200), ("Antarctica/Troll", "2026-03-29T01:00:00Z", 7200),
            ("Antarctica/Troll", "2026-10-25T01:00:00Z", 0), ("GMT", "2026-07-01T00:00:00Z", 0),
            ("Etc/GMT+12", "2026-07-01T00:00:00Z", -43200), ("Pacific/Kiritimati", "2026-07-01T00:00:00Z", 50400),
        ] as [(String, String, Int64)])
    func instants(name: String, text: String, seconds: Int64) throws {
        let zone = try #require(TimeZoneRule(named: name))
        let instant = try #require(Instant(rfc3339: text))
        #expect(zone.offset(at: instant) == .seconds(seconds))
    }

    @Test("A time that clocks skip or repeat is read with the offset before, in every zone")
    func localTimes() {
        let start = Instant(midnightOf: CivilDate(year: 2025, month: 12, day: 1))
        for zone in TimeZoneRule.all {
            var before = zone.offset(at: start)
            for change in zone.changes(after: start, through: start + .days(400)) {
                // Clocks show this at the change itself: by the offset before, and by that after.
                for local in [change.time + before, change.time + change.offset] {
                    for minutes in [-1, 0, 1, 29, 31, 59, 61] as [Int64] {
                        let shown = local + .minutes(minutes)
                        let midnight = shown.floored(to: .days(1))
                        let instant = zone.instant(
                            of: CivilDate(daysSinceEpoch: shown.daysSinceEpoch), timeOfDay: shown - midnight)
                        // The first instant at which clocks show it, or that of clocks that do not change.
                        let isBefore = shown - before < change.time || shown - change.offset < change.time
                        let expected = shown - (isBefore ? before : change.offset)
                        #expect(instant == expected, "\(zone.name) \(shown.rfc3339)")
                    }
                }
                before = change.offset
            }
        }
    }

    @Test("A link is the zone that it means, under its own name")
    func links() throws {
        let link = try #require(TimeZoneRule(named: "US/Eastern"))
        let zone = try #require(TimeZoneRule(named: "America/New_York"))
        #expect(link.name == "US/Eastern")
        #expect(link != zone)
        let end = Instant(midnightOf: CivilDate(year: 2100, month: 1, day: 1))
        let changes = (link.changes(after: .epoch, through: end), zone.changes(after: .epoch, through: end))
        #expect(changes.0.map(\.time) == changes.1.map(\.time))
        #expect(TimeZoneRule(named: "us/eastern") == nil)
        #expect(TimeZoneRule(named: "") == nil)
    }
}
