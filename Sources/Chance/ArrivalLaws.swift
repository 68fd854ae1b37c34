/// Counts of independent arrivals for a few means, again and again: the laws are computed once for each mean.
///
/// Gives the very counts of `Poisson.count`.
public struct ArrivalLaws: Sendable {
    private struct Law {
        var mean: UInt64
        /// The shares of counts up to 0, 1, 2, …, with 60 fractional bits.
        var sums: [UInt64]
    }

    private var laws: [Law] = []
    private var last = 0

    /// Makes laws that know no mean yet.
    public init() {}

    /// The number of arrivals that 64 even bits name, for a mean with 16 fractional bits.
    public mutating func count(mean: UInt64, draw: UInt64) -> Int {
        guard mean > 0 else { return 0 }
        guard mean <= Poisson.longestWalk else { return Poisson.count(mean: mean, draw: draw) }
        if laws.isEmpty || laws[last].mean != mean { find(mean) }
        let wanted = draw >> 4
        let end = laws[last].sums.count
        var count = 0
        while count < end, laws[last].sums[count] <= wanted { count += 1 }
        return count
    }

    private mutating func find(_ mean: UInt64) {
        if let known = laws.firstIndex(where: { $0.mean == mean }) {
            last = known
            return
        }
        // A run has as many means as patterns times levels of activity; more are not worth keeping.
        if laws.count == 512 { laws.removeAll() }
        laws.append(Law(mean: mean, sums: Poisson.sums(mean: mean)))
        last = laws.count - 1
    }
}
