/// Whether two ranges of memory hold the same bytes.
package func hasSameBytes(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer, count: Int) -> Bool {
    SystemCalls.isSame(left, right, count: count)
}

extension UnsafeRawBufferPointer {
    /// The offset behind the first occurrence of a literal in a range.
    package func endOfFirst(_ literal: StaticString, in range: Range<Int>) -> Int? {
        let length = literal.utf8CodeUnitCount
        guard range.count >= length, let base = baseAddress else { return nil }
        for offset in range.lowerBound...(range.upperBound - length)
        where hasSameBytes(base + offset, literal.utf8Start, count: length) {
            return offset + length
        }
        return nil
    }
}
