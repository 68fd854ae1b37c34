public import Delivery
public import SimTime

/// Says when each batch is due, as a time after the start of the run.
///
/// The due time follows from the record's number or simulated time alone, never from how the run goes: a sender that
/// falls behind is late, and its lateness is measured. Whole nanoseconds, computed afresh for each batch, cannot drift.
public struct Pacer: Sendable, Hashable {
    /// A batch is due at least so many times in a second, so that a paced run is no row of bursts.
    static let batchesPerSecond = 20

    /// How fast records are to be delivered.
    public let pace: Pace
    /// The simulated instant that is due at the start of the run.
    public let simulatedStart: Instant

    /// Makes a pacer; `simulatedStart` matters only to a speed.
    public init(_ pace: Pace, simulatedStart: Instant) {
        self.pace = pace
        self.simulatedStart = simulatedStart
    }

    /// When a batch is due; nil when flat out.
    ///
    /// - Parameters:
    ///   - index: the number of its first record in the run, by which it is due at a rate.
    ///   - simulated: when it closed, by which it is due at a speed: no record is sent before it was logged.
    public func due(firstRecord index: Int, at simulated: Instant) -> Duration? {
        switch pace {
        case .flatOut:
            return nil
        case .rate(let rate):
            let (seconds, rest) = index.quotientAndRemainder(dividingBy: rate)
            return .seconds(seconds) + .nanoseconds(rest * 1_000_000_000 / rate)
        case .speed(let speed):
            let passed = Int128((simulated - simulatedStart).nanoseconds)
            let due = passed * Int128(speed.denominator) / Int128(speed.numerator)
            return .nanoseconds(Int64(clamping: max(0, due)))
        }
    }

    /// How much one batch may hold: never more than `most`, and less where a pace asks for it.
    public func limit(most: BatchLimit = BatchLimit()) -> BatchLimit {
        var limit = most
        switch pace {
        case .flatOut:
            break
        case .rate(let rate):
            limit.records = min(most.records, max(1, rate / Pacer.batchesPerSecond))
        case .speed(let speed):
            let second = Int128(1_000_000_000) * Int128(speed.numerator) / Int128(speed.denominator)
            let span = TimeSpan(nanoseconds: Int64(clamping: second / Int128(Pacer.batchesPerSecond)))
            limit.span = most.span.map { min($0, span) } ?? span
        }
        return limit
    }
}
