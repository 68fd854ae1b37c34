import Synchronization

/// Counts what an impairment does, for whoever reports it.
public final class ImpairmentTally: Sendable {
    private let sum = Mutex(Impairment.Counts())

    /// Makes a tally of nothing.
    public init() {}

    /// What has been done so far.
    public var counts: Impairment.Counts { sum.withLock { $0 } }

    func add(_ counts: Impairment.Counts) {
        sum.withLock { sum in
            sum.produced += counts.produced
            sum.dropped += counts.dropped
            sum.duplicated += counts.duplicated
            sum.delayed += counts.delayed
            sum.reordered += counts.reordered
        }
    }
}
