import SimTime
import Testing

@Suite("Instants, spans and windows")
struct InstantTests {
    @Test("An instant counts nanoseconds from the epoch")
    func counts() {
        #expect(Instant(seconds: 3).nanoseconds == 3_000_000_000)
        #expect(Instant(seconds: -3) == Instant(nanoseconds: -3_000_000_000))
        #expect(Instant(nanoseconds: -1) < Instant(nanoseconds: 0))
        #expect(Instant(nanoseconds: 0) < Instant(nanoseconds: 1))
    }

    @Test(
        "Units of spans have their lengths",
        arguments: [
            (.nanoseconds(7), 7), (.microseconds(7), 7_000), (.milliseconds(7), 7_000_000),
            (.seconds(7), 7_000_000_000), (.minutes(7), 420_000_000_000), (.hours(7), 25_200_000_000_000),
            (.days(7), 604_800_000_000_000), (.zero, 0), (.days(-1), -86_400_000_000_000),
        ] as [(TimeSpan, Int64)])
    func units(span: TimeSpan, nanoseconds: Int64) {
        #expect(span.nanoseconds == nanoseconds)
    }

    @Test("Instants and spans add up")
    func arithmetic() {
        let noon = Instant(seconds: 43_200)
        #expect(noon + .hours(12) == Instant(seconds: 86_400))
        #expect(noon - .hours(13) == Instant(seconds: -3_600))
        #expect(noon - Instant(seconds: 50_000) == .seconds(-6_800))
        #expect(.minutes(90) - .hours(2) == TimeSpan.minutes(-30))
        #expect(.minutes(90) + .minutes(30) == TimeSpan.hours(2))
        #expect(TimeSpan.seconds(-5) * 12 == .minutes(-1))
        #expect(TimeSpan.seconds(-5) < .zero)
        var moving = noon
        moving += .seconds(-1)
        #expect(moving == Instant(seconds: 43_199))
        moving -= .seconds(9)
        #expect(moving == Instant(seconds: 43_190))
        var length = TimeSpan.minutes(1)
        length += .seconds(5)
        #expect(length == .seconds(65))
        length -= .seconds(70)
        #expect(length == .seconds(-5) && length.magnitude == .seconds(5))
    }

    @Test("Spans are divided towards zero, and what is left has their sign")
    func division() {
        #expect(TimeSpan.seconds(7) / 2 == .milliseconds(3_500))
        #expect(TimeSpan.nanoseconds(-7) / 2 == .nanoseconds(-3))
        #expect(TimeSpan.seconds(7) / TimeSpan.seconds(2) == 3)
        #expect(TimeSpan.seconds(-7) / TimeSpan.seconds(2) == -3)
        #expect(TimeSpan.seconds(7) % .seconds(2) == .seconds(1))
        #expect(TimeSpan.seconds(-7) % .seconds(2) == .seconds(-1))
        #expect(TimeSpan.seconds(7) % .nanoseconds(-1) == .zero)
    }

    @Test("Days and hours are counted downwards before the epoch")
    func countsWholeUnits() {
        #expect(Instant(seconds: 86_399).daysSinceEpoch == 0 && Instant(seconds: 86_399).hoursSinceEpoch == 23)
        #expect(Instant.epoch.daysSinceEpoch == 0 && Instant.epoch.hoursSinceEpoch == 0)
        #expect(Instant(nanoseconds: -1).daysSinceEpoch == -1 && Instant(nanoseconds: -1).hoursSinceEpoch == -1)
        #expect(Instant(seconds: -86_400).daysSinceEpoch == -1 && Instant(seconds: -86_400).hoursSinceEpoch == -24)
    }

    @Test(
        "A drawn span lies between zero and its limit",
        arguments: [
            (0, 10, 0), (.max, 10, 9), (1 << 63, 10, 5), (.max, 1, 0), (.max, 0, 0), (.max, -10, 0),
            (.max, .max, .max - 1), (.max, .min, 0),
        ] as [(UInt64, Int64, Int64)])
    func draws(draw: UInt64, limit: Int64, expected: Int64) {
        #expect(TimeSpan(draw: draw, below: .nanoseconds(limit)) == .nanoseconds(expected))
    }

    @Test(
        "Flooring goes to the grid point at or before, also before the epoch",
        arguments: [
            (0, 5, 0), (4, 5, 0), (5, 5, 5), (9, 5, 5), (-1, 5, -5), (-4, 5, -5), (-5, 5, -5), (-6, 5, -10),
            (17, 1, 17), (-17, 1, -17), (-86_400, 86_400, -86_400), (-86_401, 86_400, -172_800),
        ] as [(Int64, Int64, Int64)])
    func floors(nanoseconds: Int64, step: Int64, expected: Int64) {
        #expect(Instant(nanoseconds: nanoseconds).floored(to: .nanoseconds(step)).nanoseconds == expected)
        #expect(Instant(seconds: nanoseconds).floored(to: .seconds(step)) == Instant(seconds: expected))
    }

    @Test("A window holds its start and not its end")
    func windowContains() {
        let window = TimeWindow(start: Instant(seconds: -5), end: Instant(seconds: 5))
        #expect(window.length == .seconds(10))
        #expect(window.contains(window.start))
        #expect(!window.contains(window.start - .nanoseconds(1)))
        #expect(window.contains(window.end - .nanoseconds(1)))
        #expect(!window.contains(window.end))
        #expect(!TimeWindow(start: window.start, end: window.start).contains(window.start))
    }

    @Test(
        "Windows that only touch do not overlap",
        arguments: [
            (0, 10, true), (-5, 1, true), (9, 20, true), (3, 4, true), (-5, 15, true), (-5, 0, false), (10, 20, false),
            (-9, -8, false),
        ] as [(Int64, Int64, Bool)])
    func windowsOverlap(start: Int64, end: Int64, expected: Bool) {
        let window = TimeWindow(start: Instant(seconds: 0), end: Instant(seconds: 10))
        let other = TimeWindow(start: Instant(seconds: start), end: Instant(seconds: end))
        #expect(window.overlaps(other) == expected)
        #expect(other.overlaps(window) == expected)
    }
}
