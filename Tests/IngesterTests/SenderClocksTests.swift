import Ingester
import SimTime
import Testing

/// How far all senders have come, which says what detections may judge.
@Suite("Sender clocks", .timeLimit(.minutes(1))) struct SenderClocksTests {
    private let start = ContinuousClock.now

    /// A request of a sender that begins, brings records and ends, some real seconds after the start.
    private func send(_ clocks: inout SenderClocks, _ sender: Int, at time: Int64, after seconds: Int = 0) {
        let now = start + .seconds(seconds)
        clocks.begin(sender, now: now)
        clocks.note(sender, at: Instant(seconds: time))
        clocks.end(sender, now: now)
    }

    /// What all senders have come to so many real seconds after the start, if nothing more comes.
    private func reached(_ clocks: inout SenderClocks, after seconds: Int = 0) -> Int64? {
        let now = start + .seconds(seconds)
        _ = clocks.reached(now: now)
        return clocks.reached(now: now + SenderClocks.settling).map { $0.nanoseconds / 1_000_000_000 }
    }

    @Test("The sender that is furthest behind decides") func theSenderThatIsFurthestBehindDecides() {
        var clocks = SenderClocks()
        for time in [1_000, 2_000] as [Int64] { send(&clocks, 1, at: time) }
        for time in [50_000, 60_000] as [Int64] { send(&clocks, 2, at: time) }
        #expect(reached(&clocks) == 1_000)
        send(&clocks, 1, at: 3_000, after: 1)
        #expect(reached(&clocks, after: 1) == 2_000)
    }

    @Test("What a new connection may still bring is waited for") func whatANewConnectionMayBringIsWaitedFor() {
        var clocks = SenderClocks()
        for time in [50_000, 60_000] as [Int64] { send(&clocks, 1, at: time) }
        #expect(clocks.reached(now: start) == nil)
        #expect(clocks.reached(now: start + .milliseconds(249)) == nil)
        send(&clocks, 2, at: 1_000)
        #expect(clocks.reached(now: start + .milliseconds(250)) == nil)
        #expect(clocks.reached(now: start + .milliseconds(500)) == Instant(seconds: 1_000))
    }

    @Test("A sender that is silent for long is not waited for") func aSilentSenderIsNotWaitedFor() {
        var clocks = SenderClocks()
        for time in [1_000, 2_000] as [Int64] { send(&clocks, 1, at: time) }
        for time in [50_000, 60_000] as [Int64] { send(&clocks, 2, at: time, after: 9) }
        #expect(reached(&clocks, after: 9) == 1_000)
        #expect(reached(&clocks, after: 10) == 50_000)
    }

    @Test("A request under way is waited for, however long it takes") func aRequestUnderWayIsWaitedFor() {
        var clocks = SenderClocks()
        for time in [50_000, 60_000] as [Int64] { send(&clocks, 2, at: time) }
        clocks.begin(3, now: start)
        #expect(reached(&clocks) == nil)
        send(&clocks, 2, at: 70_000, after: 60)
        #expect(reached(&clocks, after: 60) == nil)
        clocks.end(3, now: start + .seconds(61))
        #expect(reached(&clocks, after: 61) == 60_000)
    }

    @Test("A body with a wrong clock moves nothing, as first of all or later") func aBodyWithAWrongClockMovesNothing() {
        var clocks = SenderClocks()
        send(&clocks, 1, at: 2_000_000_000)
        #expect(reached(&clocks) == nil)
        send(&clocks, 2, at: 1_000)
        #expect(reached(&clocks) == 1_000)
        send(&clocks, 2, at: 2_000_000_000, after: 1)
        #expect(reached(&clocks, after: 1) == 1_000)
        send(&clocks, 2, at: 1_100, after: 2)
        #expect(reached(&clocks, after: 2) == 1_100)
    }
}
