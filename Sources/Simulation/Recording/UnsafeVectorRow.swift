/// Bags of equal kind in a row, of which one is picked at every turn: no reference is counted on the way.
final class UnsafeVectorRow<Element: BitwiseCopyable> {
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
