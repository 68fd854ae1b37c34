import ByteText
import CPrefetch

/// The memory of a directory's text, of at least one node.
struct FlowText {
    let text: UnsafeRawPointer
    let fragments: UnsafeBufferPointer<NodeFragments>
    let ipv6: UnsafeBufferPointer<TextSlot>
    let longestHead: Int
    let longestEntry: Int

    /// Brings a fragment near.
    @inline(__always)
    func prefetch(_ offset: UInt32, _ length: UInt32) {
        for line in stride(from: Int(offset), through: Int(offset &+ length), by: 64) {
            CPrefetch.prefetch(text + line)
        }
    }
}

extension UnsafeBufferPointer {
    /// Brings an element near, or what lies where it would be: nothing is read.
    @inline(__always)
    func prefetch(_ index: Int) {
        if let base = baseAddress { CPrefetch.prefetch(base + index) }
    }
}
