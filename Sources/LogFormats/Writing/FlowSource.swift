import CPrefetch
import TailnetModel

/// The memory that the records of one batch are written from, for as long as `FlowBatches.withSources` lends it.
///
/// Every access is checked; only the lender vouches that the arrays live.
@safe
struct FlowSource {
    private let heads: UnsafeBufferPointer<FlowRecordHead>
    private let entries: UnsafeBufferPointer<FlowEntry>
    private let peers: UnsafeBufferPointer<UInt32>

    init(
        heads: UnsafeBufferPointer<FlowRecordHead>, entries: UnsafeBufferPointer<FlowEntry>,
        peers: UnsafeBufferPointer<UInt32>
    ) {
        unsafe self.heads = heads
        unsafe self.entries = entries
        unsafe self.peers = peers
    }

    /// The head of a record.
    @inline(__always)
    func head(_ record: UInt32) -> FlowRecordHead { unsafe heads.checked(Int(record)) }

    /// An entry, by its place among those of all records.
    @inline(__always)
    func entry(_ place: UInt32) -> FlowEntry { unsafe entries.checked(Int(place)) }

    /// A node in `dstNodes`, by its place among those of all records.
    @inline(__always)
    func peer(_ place: UInt32) -> UInt32 { unsafe peers.checked(Int(place)) }

    /// Brings an entry near.
    @inline(__always)
    func prefetchEntry(_ place: UInt32) { unsafe entries.prefetch(Int(place)) }

    /// Brings a node in `dstNodes` near.
    @inline(__always)
    func prefetchPeer(_ place: UInt32) { unsafe peers.prefetch(Int(place)) }
}

extension UnsafeBufferPointer {
    /// An element, of which there must be one at the index.
    @inline(__always)
    func checked(_ index: Int) -> Element {
        precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "an index of the batch or the directory")
        return unsafe self[index]
    }

    /// Brings an element near; nothing is read, so the index may lie outside.
    @inline(__always)
    func prefetch(_ index: Int) {
        if let base = baseAddress { unsafe CPrefetch.prefetch(base + index) }
    }
}
