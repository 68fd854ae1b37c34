/// Growing memory of plain values for the hot paths: no reference counts, no checks, reused from record to record.
///
/// A lane owns its bags; they are not shared.
final class UnsafeVector<Element: BitwiseCopyable> {
    var base: UnsafeMutablePointer<Element>
    private(set) var count = 0
    private var capacity: Int

    init(capacity: Int = 64) {
        self.capacity = capacity
        base = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
    }

    deinit { base.deallocate() }

    /// Forgets the elements and keeps the memory.
    @inline(__always)
    func removeAll() { count = 0 }

    @inline(__always)
    func append(_ element: Element) {
        if count == capacity { grow() }
        (base + count).initialize(to: element)
        count += 1
    }

    /// Makes room for so many elements, whose values are then those of former ones or none at all.
    func resize(to newCount: Int) {
        while capacity < newCount { grow() }
        count = newCount
    }

    /// Takes the last element out; nil where there is none.
    @inline(__always)
    func popLast() -> Element? {
        guard count > 0 else { return nil }
        count -= 1
        return base[count]
    }

    /// The index must be one of an element; it is not checked.
    @inline(__always)
    subscript(index: Int) -> Element {
        get { base[index] }
        set { base[index] = newValue }
    }

    /// The elements, as long as none is appended.
    @inline(__always)
    var elements: UnsafeMutableBufferPointer<Element> { UnsafeMutableBufferPointer(start: base, count: count) }

    @inline(never)
    private func grow() {
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
        larger.update(from: base, count: count)
        base.deallocate()
        base = larger
        capacity *= 2
    }
}

extension UnsafeMutableBufferPointer where Element: BitwiseCopyable {
    /// Puts the elements in order: most records have a handful, which are sorted in place without a call.
    @inline(__always)
    func order(by precedes: (Element, Element) -> Bool) {
        if count > 64 {
            var all = self
            all.sort(by: precedes)
        } else {
            insertInOrder(by: precedes)
        }
    }

    /// Puts the elements in order one by one: for few, or where each is near its place.
    @inline(__always)
    func insertInOrder(by precedes: (Element, Element) -> Bool) {
        guard count > 1 else { return }
        for index in 1..<count {
            let item = self[index]
            var place = index
            while place > 0, precedes(item, self[place - 1]) {
                self[place] = self[place - 1]
                place -= 1
            }
            self[place] = item
        }
    }
}
