import SimTime
import Testing

@Suite("Days of the calendar")
struct CivilDateTests {
    @Test(
        "Days are numbered from 1970 and have their weekday",
        arguments: [
            (1, 1, 1, -719_162, 0), (1600, 2, 29, -135_081, 1), (1678, 1, 1, -106_650, 5),
            (1700, 2, 28, -98_557, 6), (1700, 3, 1, -98_556, 0), (1899, 12, 31, -25_568, 6), (1900, 1, 1, -25_567, 0),
            (1900, 2, 28, -25_509, 2), (1900, 3, 1, -25_508, 3), (1969, 12, 31, -1, 2), (1970, 1, 1, 0, 3),
            (1970, 1, 2, 1, 4), (1972, 2, 29, 789, 1), (1999, 12, 31, 10_956, 4), (2000, 1, 1, 10_957, 5),
            (2000, 2, 28, 11_015, 0), (2000, 2, 29, 11_016, 1), (2000, 3, 1, 11_017, 2), (2000, 12, 31, 11_322, 6),
            (2024, 2, 29, 19_782, 3), (2026, 8, 1, 20_666, 5), (2026, 11, 22, 20_779, 6), (2100, 1, 1, 47_482, 4),
            (2100, 2, 28, 47_540, 6), (2100, 3, 1, 47_541, 0), (2100, 12, 31, 47_846, 4),
            (2261, 12, 31, 106_650, 1), (2262, 4, 11, 106_751, 4), (2400, 2, 29, 157_113, 1),
            (9999, 12, 31, 2_932_896, 4),
        ] as [(Int, Int, Int, Int64, Int)])
    func table(year: Int, month: Int, day: Int, days: Int64, weekday: Int) {
        let date = CivilDate(year: year, month: month, day: day)
        #expect(date.isValid)
        #expect(date.daysSinceEpoch == days)
        #expect(CivilDate(daysSinceEpoch: days) == date)
        #expect(date.weekday == weekday)
        #expect(CivilDate.weekday(daysSinceEpoch: days) == weekday)
    }

    @Test("Every day from 1678 to 2262 follows the one before it")
    func everyDay() {
        var expected = CivilDate(year: 1678, month: 1, day: 1)
        var wrong: [Int64] = []
        for days in Int64(-106_650)...106_751 {
            let date = CivilDate(daysSinceEpoch: days)
            if date != expected || date.daysSinceEpoch != days || !date.isValid { wrong.append(days) }
            expected.day += 1
            if expected.isValid { continue }
            expected.day = 1
            expected.month += 1
            if expected.month > 12 {
                expected.month = 1
                expected.year += 1
            }
        }
        #expect(wrong.prefix(3) == [])
        #expect(expected == CivilDate(year: 2262, month: 4, day: 12))
    }

    @Test("Before year 1 the calendar goes on")
    func beforeYearOne() {
        #expect(CivilDate(year: 0, month: 3, day: 1).daysSinceEpoch == -719_468)
        #expect(CivilDate(daysSinceEpoch: -719_469) == CivilDate(year: 0, month: 2, day: 29))
        #expect(CivilDate(daysSinceEpoch: -719_468 - 146_097) == CivilDate(year: -400, month: 3, day: 1))
        #expect(CivilDate(year: -1, month: 12, day: 31).daysSinceEpoch == -719_529)
        #expect(CivilDate(daysSinceEpoch: -719_529) == CivilDate(year: -1, month: 12, day: 31))
        #expect(CivilDate(year: 0, month: 3, day: 1).weekday == 2)
    }

    @Test(
        "Months have their lengths",
        arguments: [
            (2026, [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]),
            (2024, [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]),
            (2000, [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]),
            (1900, [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]),
            (2100, [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]),
        ] as [(Int, [Int])])
    func monthLengths(year: Int, lengths: [Int]) {
        #expect((1...12).map { CivilDate.days(inMonth: $0, of: year) } == lengths)
        for (index, length) in lengths.enumerated() {
            #expect(CivilDate(year: year, month: index + 1, day: length).isValid)
            #expect(!CivilDate(year: year, month: index + 1, day: length + 1).isValid)
        }
    }

    @Test(
        "Days outside the calendar are not valid",
        arguments: [(2026, 0, 1), (2026, 13, 1), (2026, 1, 0), (2026, 1, -1), (2026, -1, 1), (2026, 1, 32)])
    func invalid(year: Int, month: Int, day: Int) {
        #expect(!CivilDate(year: year, month: month, day: day).isValid)
    }

    @Test("Dates order by year, then month, then day")
    func order() {
        let dates = [
            CivilDate(year: 1999, month: 12, day: 31), CivilDate(year: 2000, month: 1, day: 30),
            CivilDate(year: 2000, month: 1, day: 31), CivilDate(year: 2000, month: 2, day: 1),
        ]
        #expect(Array(dates.reversed()).sorted() == dates)
        #expect(!(dates[1] < dates[1]))
    }

    @Test(
        "An instant lies in the day that began at or before it",
        arguments: [
            (0, 0), (86_399_999_999_999, 0), (86_400_000_000_000, 1), (-1, -1), (-86_400_000_000_000, -1),
            (-86_400_000_000_001, -2),
        ] as [(Int64, Int64)])
    func dayOfInstant(nanoseconds: Int64, days: Int64) {
        #expect(Instant(nanoseconds: nanoseconds).daysSinceEpoch == days)
    }

    @Test("Midnight of a date is the first instant of its day")
    func midnight() {
        #expect(Instant(midnightOf: CivilDate(year: 2026, month: 8, day: 1)).nanoseconds == 1_785_542_400_000_000_000)
        #expect(Instant(midnightOf: CivilDate(year: 1969, month: 12, day: 31)) == Instant(seconds: -86_400))
    }
}
