import BasicContainers
import CPrefetch

extension Array {
    /// Brings an element near: so many cache lines from where it begins.
    @inline(__always)
    func prefetch(_ index: Int, lines: Int = 1) { span.prefetch(index, lines: lines) }
}

extension UniqueArray {
    /// Brings an element near: so many cache lines from where it begins.
    @inline(__always)
    func prefetch(_ index: Int, lines: Int = 1) { span.prefetch(index, lines: lines) }
}

extension Span {
    /// Nothing is read, so the index may lie outside.
    @inline(__always)
    fileprivate func prefetch(_ index: Int, lines: Int) {
        unsafe withUnsafeBufferPointer { elements in
            guard let base = elements.baseAddress else { return }
            unsafe (UnsafeRawPointer(base) + index * MemoryLayout<Element>.stride).prefetch(lines: lines)
        }
    }
}

extension UnsafeRawPointer {
    /// Brings so many cache lines near.
    @inline(__always)
    func prefetch(lines: Int) { for line in 0..<lines { unsafe CPrefetch.prefetch(self + line * 64) } }
}
