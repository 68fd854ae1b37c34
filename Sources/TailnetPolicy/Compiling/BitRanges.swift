/// Numbers of bits, in ascending order.
struct BitRanges: Sendable {
    /// Ranges that do not overlap.
    private(set) var parts: [Range<Int>] = []

    /// Adds bits that do not come before those that are there.
    mutating func append(_ bits: Range<Int>) {
        guard let last = parts.last, last.upperBound >= bits.lowerBound else {
            parts.append(bits)
            return
        }
        parts[parts.count - 1] = last.lowerBound..<max(last.upperBound, bits.upperBound)
    }
}
