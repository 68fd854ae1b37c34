/// Powers and logarithms of two in fixed point, from integers alone: the same on every machine, without libm.
public enum FixedPoint {
    /// One, with 16 fractional bits.
    public static let one: Int64 = 1 << 16

    /// The powers 2^(2^-i) for i from 1 to 16, with 61 fractional bits, by repeated integer square roots.
    private static let roots: [UInt64] = {
        var roots: [UInt64] = []
        var value: UInt64 = 2 << 61  // 2.0 with 61 fractional bits, so that the first root fits
        for _ in 1...16 {
            // sqrt(v / 2^61) × 2^61 = sqrt(v × 2^61)
            value = squareRoot(UInt128(value) << 61)
            roots.append(value)
        }
        return roots
    }()

    /// The integer square root, rounded down.
    static func squareRoot(_ value: UInt128) -> UInt64 {
        var low: UInt128 = 0
        var high: UInt128 = 1 << 64
        while high - low > 1 {
            let middle = (low + high) / 2
            if middle * middle <= value { low = middle } else { high = middle }
        }
        return UInt64(low)
    }

    /// 2^x with 16 fractional bits, for x with 16 fractional bits below 46; 0 for x below -16.
    public static func exp2(_ x: Int64) -> UInt64 {
        let whole = x >> 16
        let fraction = UInt64(x & 0xFFFF)
        guard whole > -17 else { return 0 }
        precondition(whole < 46, "2^x does not fit")
        var value: UInt64 = 1 << 61
        for (index, root) in roots.enumerated() where fraction & (1 << (15 - UInt64(index))) != 0 {
            value = UInt64((UInt128(value) * UInt128(root)) >> 61)
        }
        return value >> UInt64(45 - whole)
    }

    /// log2(x) with 16 fractional bits, for a whole x of at least 1.
    public static func log2(_ x: UInt64) -> Int64 {
        precondition(x > 0, "the logarithm of zero")
        let whole = Int64(63 - x.leadingZeroBitCount)
        var value = x << UInt64(x.leadingZeroBitCount)  // 1.63
        var fraction: Int64 = 0
        for _ in 0..<16 {
            let square = value.multipliedFullWidth(by: value)
            fraction <<= 1
            if square.high >> 63 == 1 {
                fraction |= 1
                value = square.high
            } else {
                value = square.high << 1 | square.low >> 63
            }
        }
        return whole << 16 | fraction
    }
}
