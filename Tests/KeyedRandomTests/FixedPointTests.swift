import KeyedRandom
import Testing

@Suite("Powers and logarithms of two")
struct FixedPointTests {
    @Test("Whole powers are exact", arguments: Int64(-16)...45)
    func wholePowers(exponent: Int64) {
        #expect(FixedPoint.exp2(exponent << 16) == 1 << UInt64(exponent + 16))
    }

    /// Computed with 80 decimal digits and rounded down; in x and in the result, 65,536 is one.
    @Test(
        "Powers are right to the last bit, or to one part in 2^55",
        arguments: [
            (1, 65_536), (-1, 65_535), (32_768, 92_681), (-32_768, 46_340), (16_384, 77_935), (49_152, 110_217),
            (4_660, 68_846), (-4_660, 62_384), (229_376, 741_455), (655_437, 67_163_539),
            (1_376_255, 137_437_499_844), (2_075_597, 224_093_914_782_303),
            (2_905_429, 1_452_584_951_391_422_277), (3_014_655, 4_611_637_242_788_701_950), (-983_041, 1),
        ] as [(Int64, UInt64)])
    func powers(x: Int64, expected: UInt64) {
        let value = FixedPoint.exp2(x)
        let error = value > expected ? value - expected : expected - value
        #expect(error <= expected >> 55)
    }

    @Test("Below the last bit there is nothing", arguments: [-1_048_577, -1_114_112, -1_114_113, Int64.min])
    func nothing(x: Int64) {
        #expect(FixedPoint.exp2(x) == 0)
    }

    @Test("A larger exponent never gives a smaller power")
    func powersAreMonotone() {
        var last: UInt64 = 0
        var drops: [Int64] = []
        // Every exponent around one, and a net over all of them.
        for x in Array(Int64(-2_000)...2_000) {
            let value = FixedPoint.exp2(x)
            if value < last { drops.append(x) }
            last = value
        }
        last = 0
        for x in stride(from: Int64(-18 << 16), to: 46 << 16, by: 331) {
            let value = FixedPoint.exp2(x)
            if value < last { drops.append(x) }
            last = value
        }
        #expect(drops.prefix(3) == [])
        #expect(last > 1 << 61)
    }

    @Test("Logarithms of powers of two are exact", arguments: UInt64(0)...63)
    func wholeLogarithms(exponent: UInt64) {
        #expect(FixedPoint.log2(1 << exponent) == Int64(exponent) << 16)
    }

    /// Computed with 80 decimal digits and rounded down.
    @Test(
        "Logarithms are exact",
        arguments: [
            (3, 103_872), (5, 152_169), (6, 169_408), (7, 183_982), (10, 217_705), (100, 435_411), (1_000, 653_117),
            (65_535, 1_048_574), (65_537, 1_048_577), (1_000_000, 1_306_235), (1_000_000_000, 1_959_352),
            (1_000_000_000_000, 2_612_470), (9_007_199_254_740_991, 3_473_407),
            (1_000_000_000_000_000_000, 3_918_705), (9_223_372_036_854_775_807, 4_128_767), (UInt64.max, 4_194_303),
        ] as [(UInt64, Int64)])
    func logarithms(x: UInt64, expected: Int64) {
        #expect(FixedPoint.log2(x) == expected)
    }

    @Test("A larger number never has a smaller logarithm")
    func logarithmsAreMonotone() {
        var drops: [UInt64] = []
        var last: Int64 = -1
        for x in UInt64(1)...3_000 {
            let value = FixedPoint.log2(x)
            if value <= last { drops.append(x) }
            last = value
        }
        var x: UInt64 = 3_001
        while x < 1 << 62 {
            let value = FixedPoint.log2(x)
            if value < last { drops.append(x) }
            last = value
            x += x / 97
        }
        #expect(drops.prefix(3) == [])
    }

    @Test("The power of a logarithm is the number again, but for what the last bits lose")
    func backAndForth() {
        var wrong: [UInt64] = []
        var x: UInt64 = 1
        while x < 1 << 45 {
            let back = FixedPoint.exp2(FixedPoint.log2(x))
            let exact = x << 16
            // Rounding down takes less than one part in 2^16 of a doubling.
            if back > exact || exact - back > (exact >> 16) + 1 { wrong.append(x) }
            x += x / 53 + 1
        }
        #expect(wrong.prefix(3) == [])
    }
}
