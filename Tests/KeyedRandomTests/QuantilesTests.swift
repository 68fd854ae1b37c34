import KeyedRandom
import Testing

@Suite("Distributions of sizes and durations")
struct QuantilesTests {
    private let bytes = Quantiles(median: 800, spread: 1_500, tailIndex: 1_300, limit: 1 << 31)

    /// 800 x 2^(1.5 z), with z of the normal distribution at rank / 1024 (Python's `statistics.NormalDist`).
    @Test(
        "The body is log-normal",
        arguments: [
            (16, 85), (64, 162), (128, 242), (256, 397), (384, 574), (512, 800), (640, 1_114), (768, 1_613),
            (896, 2_646), (960, 3_943), (1_008, 7_510),
        ] as [(UInt64, UInt64)])
    func body(rank: UInt64, expected: UInt64) {
        let value = bytes.value(rank << 54)
        let error = value > expected ? value - expected : expected - value
        #expect(error <= 1 + expected / 500, "\(value)")
    }

    @Test(
        "Half of the draws lie below the median",
        arguments: [1, 3, 4, 12, 40, 800, 1_500, 65_536, 1_000_003, 48_000_000] as [UInt64])
    func median(median: UInt64) {
        for spread in [0, 250, 1_000, 2_400] {
            let quantiles = Quantiles(median: median, spread: spread, tailIndex: 1_300, limit: 1 << 40)
            let value = quantiles.value(1 << 63)
            let error = value > median ? value - median : median - value
            // One for rounding down, and what 16 bits of a logarithm lose.
            #expect(error <= 1 + median / 65_536)
        }
    }

    /// A Pareto tail of index a grows by 2^(s / a) where s more halvings of the draws lie above.
    @Test(
        "The tail has its index",
        arguments: [
            (1_300, 13, 1_024), (1_300, 1, 1_704), (1_000, 6, 64), (1_000, 10, 1_024), (2_000, 12, 64),
            (1_500, 15, 1_024), (1_100, 11, 1_024),
        ] as [(Int, UInt64, UInt64)])
    func tail(index: Int, halvings: UInt64, factor: UInt64) {
        let quantiles = Quantiles(median: 40_000, spread: 1_500, tailIndex: index, limit: 1 << 40)
        let edge = quantiles.value(0xFC << 56)
        let above = quantiles.value(UInt64.max - (1 << (58 - halvings)) + 1)
        // 1.704 is given in thousandths, as it is not whole.
        let expected = factor == 1_704 ? edge * 1_704 / 1_000 : edge * factor
        let error = above > expected ? above - expected : expected - above
        #expect(error <= expected / 1_000, "\(above) instead of \(expected)")
    }

    /// One unit and 1 / 2^14 are for the seam of body and tail, where the tail begins with a rounded logarithm.
    @Test("A larger draw never gives a smaller value, but for rounding at the seam of body and tail")
    func monotone() {
        for quantiles in [
            bytes, Quantiles(median: 3, spread: 900, tailIndex: 1_300, limit: 1 << 31),
            Quantiles(median: 14_000, spread: 2_200, tailIndex: 1_200, limit: 1 << 33),
            Quantiles(median: 5, spread: 0, tailIndex: 1_000, limit: 5),
        ] {
            var draws = (0..<UInt64(4_096)).map { $0 << 52 }
            for bit in UInt64(0)..<58 { draws += [UInt64.max - (1 << bit) + 1, UInt64.max - (3 << bit)] }
            draws += [(1_008 << 54) - 1, .max]
            draws.sort()
            var largest: UInt64 = 0
            var drops: [UInt64] = []
            for draw in draws {
                let value = quantiles.value(draw)
                if value < largest, largest - value > 1 + largest >> 14 || draw >> 54 != 1_008 { drops.append(draw) }
                largest = max(largest, value)
            }
            #expect(drops.prefix(3) == [])
        }
    }

    @Test("No value is zero or above the limit")
    func bounds() {
        let capped = Quantiles(median: 1_000, spread: 2_000, tailIndex: 1_000, limit: 5_000)
        #expect(capped.limit == 5_000)
        #expect(capped.value(.max) == 5_000)
        let small = Quantiles(median: 1, spread: 3_000, tailIndex: 1_000, limit: 1 << 40)
        #expect(small.value(0) == 1)
        let huge = Quantiles(median: 1 << 40, spread: 5_000, tailIndex: 500, limit: 1 << 45)
        #expect(huge.value(.max) <= 1 << 45)
        #expect(huge.value(.max) > 1 << 44)
        let key = RandomKey(seed: 9).key("bounds")
        for index in UInt64(0)..<2_000 {
            #expect((1...5_000).contains(capped.value(key.draw(index))))
            #expect(small.value(key.draw(index)) >= 1)
        }
    }

    @Test("Without spread the body is one value")
    func withoutSpread() {
        let constant = Quantiles(median: 4_096, spread: 0, tailIndex: 1_000, limit: 4_096)
        for slot in UInt64(0)..<1_024 { #expect(constant.value(slot << 54) == 4_096) }
        #expect(constant.value(.max) == 4_096)
    }

    @Test("A sixty-fourth of keyed draws lies in the tail, half below the median")
    func shares() {
        let key = RandomKey(seed: 9).key("shares")
        let values = (UInt64(0)..<6_400).map { bytes.value(key.draw($0)) }
        let edge = bytes.value(0xFC << 56)
        // 100 and 3,200 with deviations of 10 and 40; four either way.
        #expect((60...140).contains(values.count { $0 >= edge }))
        #expect((3_040...3_360).contains(values.count { $0 < 800 }))
    }

    @Test("Values never change")
    func golden() {
        let key = RandomKey(seed: 42).key("bytes")
        func values(_ quantiles: Quantiles) -> [UInt64] { (0..<12).map { quantiles.value(key.draw($0)) } }
        #expect(values(bytes) == [537, 4_188, 2_080, 176, 566, 780, 956, 5_459, 877, 576, 394, 1_410])
        #expect(
            values(Quantiles(median: 14_000, spread: 2_200, tailIndex: 1_200, limit: 1 << 33))
                == [7_820, 158_723, 56_872, 1_526, 8_456, 13_495, 18_190, 234_121, 16_055, 8_668, 4_965, 32_160])
        #expect(
            values(Quantiles(median: 12, spread: 1_200, tailIndex: 1_100, limit: 600_000))
                == [9, 45, 26, 4, 9, 12, 14, 55, 13, 9, 7, 19])
    }
}
