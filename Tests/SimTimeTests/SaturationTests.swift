import SimTime
import Testing

@Suite("Arithmetic stays within 292 years")
struct SaturationTests {
    private let past = Instant.distantPast
    private let future = Instant.distantFuture
    private let longest = TimeSpan.nanoseconds(.max)
    private let longestNegative = TimeSpan.nanoseconds(.min)
    private let step = TimeSpan.nanoseconds(1)

    @Test("Instants stay between the first and the last one")
    func instants() {
        #expect(future + step == future && past + .zero - step == past)
        #expect(past + longestNegative == past && future + longest == future)
        #expect(past - step == past && future - .zero - longestNegative == future)
        #expect(past - longest == past && future - (.zero - step) == future)
        // Right at the ends nothing is lost.
        #expect((future - step) + step == future && (past + step) - step == past)
        #expect(past + longest == .epoch - step && future + longestNegative == .epoch - step)
        var moving = future
        moving += .days(1)
        #expect(moving == future)
        moving = past
        moving -= .days(1)
        #expect(moving == past)
    }

    @Test("The time between two instants is the longest span at most")
    func distances() {
        #expect(future - past == longest && past - future == longestNegative)
        #expect(future - .epoch == longest && .epoch - past == longest && past - .epoch == longestNegative)
        #expect(.epoch - future == longestNegative + step)
        #expect(TimeWindow(start: past, end: future).length == longest)
    }

    @Test("Spans stay between the longest ones")
    func spans() {
        #expect(longest + step == longest && longestNegative + (.zero - step) == longestNegative)
        #expect(longestNegative - step == longestNegative && longest - longestNegative == longest)
        #expect(.zero - longestNegative == longest && .zero - longest == longestNegative + step)
        #expect(longest + longestNegative == .zero - step)
        #expect(longestNegative.magnitude == longest && longest.magnitude == longest)
        var length = longest
        length += step
        #expect(length == longest)
        length = longestNegative
        length -= step
        #expect(length == longestNegative)
    }

    @Test("Products and quotients stay between the longest spans")
    func products() {
        #expect(longest * 2 == longest && longest * -2 == longestNegative)
        #expect(longestNegative * 2 == longestNegative && longestNegative * -2 == longest)
        #expect(longestNegative * -1 == longest && step * .min == longestNegative && longest * 0 == .zero)
        #expect(longestNegative / -1 == longest && longest / -1 == longestNegative + step)
        #expect(longestNegative / 1 == longestNegative && longestNegative / 2 == .nanoseconds(-1 << 62))
        #expect(longestNegative / (.zero - step) == Int64.max && longestNegative / step == Int64.min)
        #expect(longestNegative % (.zero - step) == .zero && longestNegative % longest == .zero - step)
    }

    @Test("Units of which there are too many give the longest spans")
    func units() {
        let units: [(Int64) -> TimeSpan] = [
            TimeSpan.microseconds, TimeSpan.milliseconds, TimeSpan.seconds, TimeSpan.minutes, TimeSpan.hours,
            TimeSpan.days,
        ]
        for unit in units {
            #expect(unit(.max) == longest && unit(.min) == longestNegative)
            let most = longest / unit(1)
            #expect(unit(most) <= longest && unit(most) + unit(1) == longest && unit(most + 1) == longest)
            #expect(unit(-most) > longestNegative && unit(-most - 1) == longestNegative)
        }
        #expect(TimeSpan.nanoseconds(.max).nanoseconds == .max)
        #expect(Instant(seconds: .max) == future && Instant(seconds: .min) == past)
        #expect(Instant(midnightOf: CivilDate(year: 3_000, month: 1, day: 1)) == future)
        #expect(Instant(midnightOf: CivilDate(year: 1_000, month: 1, day: 1)) == past)
    }

    @Test("Flooring stays at the first instant, and leaves alone what has no grid")
    func flooring() {
        #expect(past.floored(to: .days(1)) == past && (past + .hours(1)).floored(to: .days(1)) == past)
        #expect(past.floored(to: step) == past && future.floored(to: step) == future)
        #expect(past.floored(to: longest) == past && future.floored(to: longest) == future)
        #expect(future.floored(to: .days(1)) == Instant(seconds: 106_751 * 86_400))
        for span in [TimeSpan.zero, .zero - step, longestNegative] {
            #expect(past.floored(to: span) == past && future.floored(to: span) == future)
            #expect(Instant(seconds: 7).floored(to: span) == Instant(seconds: 7))
        }
    }

    @Test("The first and the last instant have a date")
    func dates() {
        #expect(past.daysSinceEpoch == -106_752 && future.daysSinceEpoch == 106_751)
        #expect(past.hoursSinceEpoch == -2_562_048 && future.hoursSinceEpoch == 2_562_047)
        #expect(past.rfc3339 == "1677-09-21T00:12:43.145224192Z")
        #expect(future.rfc3339 == "2262-04-11T23:47:16.854775807Z")
    }
}
