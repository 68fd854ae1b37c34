/// Counts of independent arrivals.
public enum Poisson {
    /// The number of arrivals that 64 even bits name, for a mean with 16 fractional bits.
    ///
    /// By walking the distribution up from zero; means above 16 are the sum of parts, with draws derived from the first.
    public static func count(mean: UInt64, draw: UInt64) -> Int {
        var rest = mean
        var total = 0
        var part: UInt64 = 0
        let limit = longestWalk
        let key = RandomKey(bits: draw)
        while rest > limit {
            part += 1
            total += walk(mean: limit, draw: key.draw(part))
            rest -= limit
        }
        return total + walk(mean: rest, draw: draw)
    }

    /// The largest mean that one walk takes; larger ones are sums of parts.
    static let longestWalk: UInt64 = 16 << 16

    private static func walk(mean: UInt64, draw: UInt64) -> Int {
        guard mean > 0 else { return 0 }
        let wanted = UInt128(draw >> 4)
        var law = Walk(mean: mean)
        while law.sum <= wanted, law.step() {}
        return law.count
    }

    /// The shares of counts up to 0, 1, 2, … for a mean above zero, with 60 fractional bits, as far as they grow.
    static func sums(mean: UInt64) -> [UInt64] {
        var law = Walk(mean: mean)
        var sums: [UInt64] = []
        repeat { sums.append(UInt64(min(law.sum, UInt128(UInt64.max)))) } while law.step()
        // A walk ends at 128, whatever is left.
        if sums.count > 128 { sums.removeLast() }
        return sums
    }

    /// A walk along the distribution, from no arrival on.
    private struct Walk {
        let mean: UInt64
        var count = 0
        var term: UInt128
        var sum: UInt128

        init(mean: UInt64) {
            self.mean = mean
            // e^-mean = 2^(-mean × log2 e), with 60 fractional bits.
            let exponent = Int64((UInt128(mean) * 6_196_328_019) >> 32)
            term = UInt128(FixedPoint.exp2((44 << 16) - exponent))
            sum = term
        }

        /// Goes to the next count; false where none is left.
        mutating func step() -> Bool {
            guard count < 128, term > 0 else { return false }
            count += 1
            term = (term * UInt128(mean) / UInt128(count)) >> 16
            sum += term
            return term > 0
        }
    }
}
