/// Counts of independent arrivals.
public enum Poisson {
    /// The number of arrivals that 64 even bits name, for a mean with 16 fractional bits.
    ///
    /// By walking the distribution up from zero; means above 16 are the sum of parts, with draws derived from the first.
    public static func count(mean: UInt64, draw: UInt64) -> Int {
        var rest = mean
        var total = 0
        var part: UInt64 = 0
        let limit: UInt64 = 16 << 16
        let key = ChanceKey(bits: draw)
        while rest > limit {
            part += 1
            total += walk(mean: limit, draw: key.draw(part))
            rest -= limit
        }
        return total + walk(mean: rest, draw: draw)
    }

    private static func walk(mean: UInt64, draw: UInt64) -> Int {
        guard mean > 0 else { return 0 }
        // e^-mean = 2^(-mean × log2 e), with 60 fractional bits.
        let exponent = Int64((UInt128(mean) * 6_196_328_019) >> 32)
        var term = UInt128(FixedPoint.exp2((44 << 16) - exponent))
        let wanted = UInt128(draw >> 4)
        var sum = term
        var count = 0
        while sum <= wanted, count < 128 {
            count += 1
            term = (term * UInt128(mean) / UInt128(count)) >> 16
            if term == 0 { break }
            sum += term
        }
        return count
    }
}
