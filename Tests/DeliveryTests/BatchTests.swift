import Delivery
import SimTime
import Testing

/// How much one request holds.
@Suite("Batch", .timeLimit(.minutes(15))) struct BatchTests {
    @Test("A batch knows its records") func aBatchKnowsItsRecords() {
        #expect(sampleBatch(0, count: 3).count == 3)
        #expect(batch([]).count == 0)
    }

    @Test("A limit admits what fits") func aLimitAdmitsWhatFits() {
        let limit = BatchLimit(records: 3, bytes: 100)
        #expect(limit.admits(length: 500, count: 0, size: 0))
        #expect(limit.admits(length: 49, count: 1, size: 50))
        #expect(!limit.admits(length: 50, count: 1, size: 50))
        #expect(limit.admits(length: 1, count: 2, size: 4))
        #expect(!limit.admits(length: 1, count: 3, size: 6))
        #expect(limit.admits(length: 1, count: 1, size: 2, after: .days(1)))
    }

    @Test("A limit of simulated time ends a batch") func aLimitOfSimulatedTimeEndsABatch() {
        let limit = BatchLimit(span: .milliseconds(50))
        #expect(limit.admits(length: 1, count: 1, size: 2, after: .milliseconds(50)))
        #expect(!limit.admits(length: 1, count: 1, size: 2, after: .milliseconds(51)))
        #expect(BatchLimit().records == 1_000 && BatchLimit().bytes == 1_048_576)
    }
}
