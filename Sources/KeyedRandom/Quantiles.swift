/// A distribution of positive integers as a table of its quantiles.
///
/// The body is log-normal; the top of it is a Pareto tail, as sizes and durations of real traffic have. The tables are
/// built from integers at set-up and read with one interpolation a draw.
public struct Quantiles: Sendable, Hashable {
    /// 1,025 quantiles at k / 1024; the last one is where the tail begins.
    private let body: [UInt64]
    /// 65 points of the tail at 2^-k of what lies above the body's end.
    private let tail: [UInt64]
    /// The largest value that is ever drawn.
    public let limit: UInt64

    /// Makes the table of a log-normal distribution with a Pareto tail.
    ///
    /// - Parameters:
    ///   - median: half of the draws lie below.
    ///   - spread: the standard deviation of log2(x), in thousandths; 1,000 means that one sigma doubles.
    ///   - tailIndex: the Pareto exponent of the top 1/64 of the draws, in thousandths; smaller is heavier.
    ///   - limit: larger draws are cut to this.
    public init(median: UInt64, spread: Int, tailIndex: Int, limit: UInt64) {
        precondition(
            median > 0 && limit >= median && tailIndex > 0 && spread >= 0, "a distribution of positive numbers")
        let center = FixedPoint.log2(median)
        func value(atRank rank: Int) -> UInt64 {
            let z = Normal.quantile(rank: rank)
            let exponent = center + z * Int64(spread) / 1_000
            return max(1, min(limit, Quantiles.power(exponent)))
        }
        let ranks = (0...1_024).map { min($0, 1_008) }
        body = ranks.map(value(atRank:))
        // The tail begins where the body ends, to the unit.
        let last = body[1_008]
        let edge = FixedPoint.log2(last)
        tail =
            [last]
            + (1...64).map { step in
                let exponent = edge + (Int64(step) << 16) * 1_000 / Int64(tailIndex)
                return max(last, min(limit, Quantiles.power(exponent)))
            }
        self.limit = limit
    }

    /// 2^x for x with 16 fractional bits, rounded to a whole number.
    private static func power(_ exponent: Int64) -> UInt64 {
        (FixedPoint.exp2(min(exponent, 45 << 16)) + (1 << 15)) >> 16
    }

    /// The value at the place that 64 even bits name.
    public func value(_ draw: UInt64) -> UInt64 {
        let slot = Int(draw >> 54)
        if slot >= 1_008 { return tailValue(draw) }
        let low = body[slot]
        let high = body[slot + 1]
        let fraction = (draw >> 22) & 0xFFFF_FFFF
        return low + ((high - low).multipliedFullWidth(by: fraction << 32).high)
    }

    /// In the tail, each halving of what is left above multiplies the value by 2^(1 / tailIndex).
    private func tailValue(_ draw: UInt64) -> UInt64 {
        // The top 1/64 of the draws: the bits below the first six are the rank from the top.
        let rest = ~draw & ((1 << 58) - 1)
        let zeros = rest == 0 ? 58 : rest.leadingZeroBitCount - 6
        let step = min(zeros, 63)
        let mantissa = zeros >= 58 ? 0 : (rest << UInt64(zeros + 7)) >> 32
        let low = tail[step]
        let high = tail[step + 1]
        return high - (high - low).multipliedFullWidth(by: mantissa << 32).high
    }
}
