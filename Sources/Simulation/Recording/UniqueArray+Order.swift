import BasicContainers

extension UniqueArray where Element: BitwiseCopyable {
    /// Sorts the elements.
    @inline(__always)
    mutating func order(by precedes: (Element, Element) -> Bool) { order(0..<count, by: precedes) }

    /// Sorts the elements of a range: most records have a handful, which are sorted in place without a call.
    @inline(__always)
    mutating func order(_ range: Range<Int>, by precedes: (Element, Element) -> Bool) {
        guard range.count > 64 else { return insertInOrder(range, by: precedes) }
        var elements = mutableSpan
        // Spans cannot sort; the range's bounds are checked by the slice.
        unsafe elements.withUnsafeMutableBufferPointer { unsafe $0[range].sort(by: precedes) }
    }

    /// Sorts the elements of a range one by one: for few, or where each is near its place.
    @inline(__always)
    mutating func insertInOrder(_ range: Range<Int>, by precedes: (Element, Element) -> Bool) {
        guard range.count > 1 else { return }
        for index in range.lowerBound + 1..<range.upperBound {
            let item = self[index]
            var place = index
            while place > range.lowerBound, precedes(item, self[place - 1]) {
                self[place] = self[place - 1]
                place -= 1
            }
            self[place] = item
        }
    }
}
