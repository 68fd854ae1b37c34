import ByteText
import CPrefetch

/// The memory of a directory's text, for as long as `FlowRecordEncoder` lends it.
///
/// Every access is checked; only the lender vouches that the arrays live.
@safe
struct FlowText {
    private let text: UnsafeRawBufferPointer
    private let fragments: UnsafeBufferPointer<NodeFragments>
    private let ipv6: UnsafeBufferPointer<TextSlot>
    let longestHead: Int
    let longestEntry: Int

    init(
        _ directory: NodeDirectory, text: UnsafeRawBufferPointer, fragments: UnsafeBufferPointer<NodeFragments>,
        ipv6: UnsafeBufferPointer<TextSlot>
    ) {
        unsafe self.text = text
        unsafe self.fragments = fragments
        unsafe self.ipv6 = ipv6
        longestHead = directory.longestHead
        longestEntry = directory.longestEntry
    }

    /// Where a node's fragments lie.
    @inline(__always)
    func fragments(of node: UInt32) -> NodeFragments { unsafe fragments.checked(Int(node)) }

    /// A node's IPv6 address.
    @inline(__always)
    func ipv6(of node: UInt32) -> TextSlot { unsafe ipv6.checked(Int(node)) }

    /// The memory of some text, behind which more follows for wide copies.
    @inline(__always)
    func address(of offset: UInt32, _ count: UInt32) -> UnsafeRawPointer {
        precondition(unsafe Int(offset) + Int(count) + ByteCursor.wideCopy <= text.count, "a fragment of the directory")
        // The check says that there is text.
        return unsafe text.baseAddress.unsafelyUnwrapped + Int(offset)
    }

    /// Brings a node's fragments near.
    @inline(__always)
    func prefetchFragments(of node: Int) { unsafe fragments.prefetch(node) }

    /// Brings some text near.
    @inline(__always)
    func prefetch(_ offset: UInt32, _ length: UInt32) {
        guard let base = unsafe text.baseAddress else { return }
        for line in stride(from: Int(offset), through: Int(offset &+ length), by: 64) {
            unsafe CPrefetch.prefetch(base + line)
        }
    }
}
