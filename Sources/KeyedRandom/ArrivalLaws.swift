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
    ///
    /// Large means are sums of parts, as `Poisson.count` has them.
    public mutating func count(mean: UInt64, draw: UInt64) -> Int {
        guard mean > Poisson.longestWalk else { return walk(mean: mean, draw: draw) }
        let parts = (mean - 1) / Poisson.longestWalk
        let key = RandomKey(bits: draw)
        var total = 0
        for part in 1...parts { total += walk(mean: Poisson.longestWalk, draw: key.draw(part)) }
        return total + walk(mean: mean - parts * Poisson.longestWalk, draw: draw)
    }

    private mutating func walk(mean: UInt64, draw: UInt64) -> Int {
        guard mean > 0 else { return 0 }
        if laws.isEmpty || laws[last].mean != mean { find(mean) }
        let wanted = draw >> 4
        let sums = laws[last].sums
        var count = 0
        while count < sums.count, sums[count] <= wanted { count += 1 }
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
