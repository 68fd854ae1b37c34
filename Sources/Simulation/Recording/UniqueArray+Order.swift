import BasicContainers

extension UniqueArray where Element: BitwiseCopyable {
    /// Sorts the elements: most records have a handful, which are sorted in place without a call.
    @inline(__always)
    mutating func order(by precedes: (Element, Element) -> Bool) { order(0..<count, by: precedes) }

    /// Sorts the elements of a range.
    @inline(__always)
    mutating func order(_ range: Range<Int>, by precedes: (Element, Element) -> Bool) {
        withElements(in: range) { elements in
            if elements.count > 64 {
                unsafe elements.sort(by: precedes)
            } else {
                unsafe elements.insertInOrder(by: precedes)
            }
        }
    }

    /// Sorts the elements of a range one by one: for few, or where each is near its place.
    @inline(__always)
    mutating func insertInOrder(_ range: Range<Int>, by precedes: (Element, Element) -> Bool) {
        withElements(in: range) { unsafe $0.insertInOrder(by: precedes) }
    }

    /// The memory of a range, whose bounds are checked once.
    ///
    /// Sorting is the one place where a check at every access costs what can be measured.
    @inline(__always)
    private mutating func withElements(
        in range: Range<Int>, _ body: (inout UnsafeMutableBufferPointer<Element>) -> Void
    ) {
        var elements = mutableSpan
        precondition(range.upperBound <= elements.count, "a range of the array's elements")
        unsafe elements.withUnsafeMutableBufferPointer { all in
            var part = unsafe UnsafeMutableBufferPointer(rebasing: all[range])
            unsafe body(&part)
        }
    }
}

extension UnsafeMutableBufferPointer where Element: BitwiseCopyable {
    @inline(__always)
    fileprivate func insertInOrder(by precedes: (Element, Element) -> Bool) {
        guard count > 1 else { return }
        for index in 1..<count {
            let item = unsafe self[index]
            var place = index
            while place > 0, unsafe precedes(item, self[place - 1]) {
                unsafe self[place] = self[place - 1]
                place -= 1
            }
            unsafe self[place] = item
        }
    }
}
