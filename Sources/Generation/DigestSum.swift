/// A sum of SHA-256 digests modulo 2^256: the same whatever the order of what was added, so parts add up to the whole.
public struct DigestSum: Sendable, Equatable {
    private var limbs: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    /// How many records were added.
    public private(set) var count: UInt64 = 0

    /// Makes the sum of nothing.
    public init() {}

    /// Adds the digest of one record.
    public mutating func add(_ digest: Digest256) {
        add(digest.limbs)
        count += 1
    }

    /// Adds another sum.
    public mutating func add(_ other: DigestSum) {
        add(other.limbs)
        count += other.count
    }

    /// Limbs are in big-endian order: the last one is the least significant.
    private mutating func add(_ other: (UInt64, UInt64, UInt64, UInt64)) {
        func sum(_ a: UInt64, _ b: UInt64, _ carry: UInt64) -> (UInt64, UInt64) {
            let first = a.addingReportingOverflow(b)
            let second = first.partialValue.addingReportingOverflow(carry)
            return (second.partialValue, (first.overflow ? 1 : 0) + (second.overflow ? 1 : 0))
        }
        var carry: UInt64 = 0
        (limbs.3, carry) = sum(limbs.3, other.3, 0)
        (limbs.2, carry) = sum(limbs.2, other.2, carry)
        (limbs.1, carry) = sum(limbs.1, other.1, carry)
        (limbs.0, _) = sum(limbs.0, other.0, carry)
    }

    /// 64 lower-case hex digits.
    public var hex: String { Digest256(limbs: limbs).hex }

    public static func == (left: DigestSum, right: DigestSum) -> Bool {
        left.limbs == right.limbs && left.count == right.count
    }
}
