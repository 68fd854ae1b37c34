import Delivery
import NIOCore
import SimTime
import Testing

/// How much one request holds.
@Suite("Batch", .timeLimit(.minutes(15))) struct BatchTests {
    @Test("A batch knows its records") func aBatchKnowsItsRecords() {
        #expect(sampleBatch(0, count: 3).count == 3)
        #expect(batch([]).count == 0)
        let whole = batch(["a", "bb", "ccc", "d"])
        let texts = whole.records.map { whole.bytes.getString(at: $0.range.lowerBound, length: $0.range.count) }
        #expect(texts == ["a", "bb", "ccc", "d"])
        let part = whole.part([1, 3])
        #expect(String(buffer: part.bytes) == "bb\nd\n" && part.identity == whole.identity)
        #expect(part.records.map(\.ordinal) == [1, 3] && part.records.map(\.offset) == [0, 3])
    }

    @Test("The narrower of two limits holds") func theNarrowerOfTwoLimitsHolds() {
        let limit = BatchLimit(records: 5, bytes: 100).within(BatchLimit(records: 9, bytes: 10, span: .seconds(1)))
        #expect(limit == BatchLimit(records: 5, bytes: 10, span: .seconds(1)))
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
