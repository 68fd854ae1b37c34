/// A sum of SHA-256 digests modulo 2^256: the same whatever the order of what was added, so parts add up to the whole.
public struct DigestSum: Sendable, Equatable {
    private var limbs = SIMD4<UInt64>()
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
    private mutating func add(_ other: SIMD4<UInt64>) {
        var carry: UInt64 = 0
        for index in limbs.indices.reversed() {
            let first = limbs[index].addingReportingOverflow(other[index])
            let second = first.partialValue.addingReportingOverflow(carry)
            limbs[index] = second.partialValue
            carry = (first.overflow ? 1 : 0) + (second.overflow ? 1 : 0)
        }
    }

    /// 64 lower-case hex digits.
    public var hex: String { Digest256(limbs: limbs).hex }
}
