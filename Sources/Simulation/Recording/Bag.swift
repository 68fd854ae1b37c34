/// Growing memory of plain values for the hot paths: no reference counts, no checks, reused from record to record.
///
/// A lane owns its bags; they are not shared.
final class Bag<Element: BitwiseCopyable> {
    private(set) var base: UnsafeMutablePointer<Element>
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

/// Bags of equal kind in a row, of which one is picked at every turn: no reference is counted on the way.
final class BagRow<Element: BitwiseCopyable> {
    private struct Item: BitwiseCopyable {
        var base: UnsafeMutablePointer<Element>
        var count: Int
        var capacity: Int
    }

    private let items: UnsafeMutablePointer<Item>
    private let length: Int

    init(count: Int, capacity: Int) {
        length = count
        items = .allocate(capacity: count)
        for index in 0..<count {
            (items + index).initialize(to: Item(base: .allocate(capacity: capacity), count: 0, capacity: capacity))
        }
    }

    deinit {
        for index in 0..<length { items[index].base.deallocate() }
        items.deallocate()
    }

    /// Forgets the elements of all bags and keeps the memory.
    func removeAll() { for index in 0..<length { items[index].count = 0 } }

    @inline(__always)
    func append(_ element: Element, to index: Int) {
        let item = items + index
        if item.pointee.count == item.pointee.capacity { grow(item) }
        (item.pointee.base + item.pointee.count).initialize(to: element)
        item.pointee.count += 1
    }

    /// The elements of one bag, as long as none is appended to it.
    func elements(_ index: Int) -> UnsafeMutableBufferPointer<Element> {
        UnsafeMutableBufferPointer(start: items[index].base, count: items[index].count)
    }

    @inline(never)
    private func grow(_ item: UnsafeMutablePointer<Item>) {
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: item.pointee.capacity * 2)
        larger.update(from: item.pointee.base, count: item.pointee.count)
        item.pointee.base.deallocate()
        item.pointee.base = larger
        item.pointee.capacity *= 2
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
