/// Quantiles of the standard normal distribution.
enum Normal {
    /// z with 16 fractional bits, at rank / 1024 for ranks 0 to 1024; the ends are cut to ±4 sigma.
    static func quantile(rank: Int) -> Int64 { table[rank] }

    /// Built by adding up the density in steps of 1/1024 sigma (trapezoids, 40 fractional bits).
    private static let table: [Int64] = {
        // exp(-z²/2) = 2^(-z²/2 × log2 e); log2 e with 32 fractional bits.
        let log2e: UInt128 = 6_196_328_019
        func density(_ step: Int) -> UInt64 {
            // z = step / 1024: z² / 2 has 21 fractional bits.
            let exponent = (UInt128(step * step) * log2e) >> 37  // 16 fractional bits
            return FixedPoint.exp2((24 << 16) - Int64(exponent))  // scaled by 2^24 and 16 fractional bits
        }
        var cumulative: [UInt64] = [0]
        for step in 1...4_096 {
            cumulative.append(cumulative[step - 1] + (density(step - 1) + density(step)) / 2)
        }
        let half = cumulative[4_096]
        var upper: [Int64] = []
        var step = 0
        for rank in 0...512 {
            let wanted = UInt64((UInt128(half) * UInt128(rank)) / 512)
            while step < 4_096, cumulative[step] < wanted { step += 1 }
            upper.append(Int64(step) << 6)
        }
        return (0...1_024).map { $0 >= 512 ? upper[$0 - 512] : -upper[512 - $0] }
    }()
}
