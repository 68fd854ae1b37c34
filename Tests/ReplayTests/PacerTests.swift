import Delivery
import Replay
import SimTime
import Testing

/// When batches are due.
@Suite("Pacer", .timeLimit(.minutes(15))) struct PacerTests {
    private let start = Instant(seconds: 1_700_000_000)

    @Test("Flat out has no due times") func flatOutHasNoDueTimes() {
        let pacer = Pacer(.flatOut, simulatedStart: start)
        #expect(pacer.due(firstRecord: 7, at: start) == nil)
        #expect(pacer.limit() == BatchLimit())
    }

    @Test("A rate counts records") func aRateCountsRecords() {
        let pacer = Pacer(.rate(recordsPerSecond: 3), simulatedStart: start)
        let due = [0, 1, 2, 3, 4].map { pacer.due(firstRecord: $0, at: start + .hours(1)) }
        #expect(due == [0, 333_333_333, 666_666_666, 1_000_000_000, 1_333_333_333].map { .nanoseconds($0) })
    }

    @Test("A rate does not drift") func aRateDoesNotDrift() {
        let pacer = Pacer(.rate(recordsPerSecond: 7), simulatedStart: start)
        // A week of records at a rate that does not divide a second.
        #expect(pacer.due(firstRecord: 7 * 604_800, at: start) == .seconds(604_800))
        let fast = Pacer(.rate(recordsPerSecond: 999_999_999), simulatedStart: start)
        #expect(fast.due(firstRecord: 999_999_999 * 86_400, at: start) == .seconds(86_400))
        #expect(fast.due(firstRecord: 999_999_998, at: start) == .nanoseconds(999_999_998))
    }

    @Test("A speed follows simulated time") func aSpeedFollowsSimulatedTime() {
        let double = Pacer(.speed(Speed(numerator: 2)), simulatedStart: start)
        #expect(double.due(firstRecord: 99, at: start + .seconds(10)) == .seconds(5))
        let half = Pacer(.speed(Speed(numerator: 1, denominator: 2)), simulatedStart: start)
        #expect(half.due(firstRecord: 0, at: start + .seconds(10)) == .seconds(20))
        let third = Pacer(.speed(Speed(numerator: 3)), simulatedStart: start)
        #expect(third.due(firstRecord: 0, at: start + .days(365)) == .seconds(365 * 28_800))
        #expect(third.due(firstRecord: 0, at: start - .seconds(1)) == .zero)
    }

    @Test(
        "A rate limits batches",
        arguments: [(1, 1), (19, 1), (20, 1), (50, 2), (1_000, 50), (20_000, 1_000), (1_000_000, 1_000)])
    func aRateLimitsBatches(_ rate: Int, records: Int) {
        let limit = Pacer(.rate(recordsPerSecond: rate), simulatedStart: start).limit()
        #expect(limit == BatchLimit(records: records))
    }

    @Test("A speed limits the time of a batch") func aSpeedLimitsTheTimeOfABatch() {
        #expect(
            Pacer(.speed(Speed(numerator: 1)), simulatedStart: start).limit() == BatchLimit(span: .milliseconds(50)))
        #expect(Pacer(.speed(Speed(numerator: 60)), simulatedStart: start).limit().span == .seconds(3))
        let most = BatchLimit(records: 5, bytes: 6, span: .seconds(1))
        #expect(Pacer(.speed(Speed(numerator: 60)), simulatedStart: start).limit(most: most) == most)
    }
}
