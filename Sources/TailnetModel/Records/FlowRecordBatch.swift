/// Flow records as the simulation makes them: heads, and flat arrays of what they hold.
public struct FlowRecordBatch: Sendable {
    public var heads: [FlowRecordHead] = []
    public var entries: [FlowEntry] = []
    /// Indices of the nodes in `dstNodes`, in the order of their stable IDs.
    public var peers: [UInt32] = []

    /// Makes an empty batch.
    public init() {}

    /// Forgets the records and keeps the memory.
    public mutating func removeAll() {
        heads.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
        peers.removeAll(keepingCapacity: true)
    }
}

extension FlowRecordBatch {
    /// Copies a record of another batch.
    public mutating func append(_ head: FlowRecordHead, of other: FlowRecordBatch) {
        var copy = head
        copy.firstEntry = UInt32(entries.count)
        copy.firstPeer = UInt32(peers.count)
        entries.append(contentsOf: other.entries[Int(head.firstEntry)..<Int(head.firstEntry + head.entryCount)])
        peers.append(contentsOf: other.peers[Int(head.firstPeer)..<Int(head.firstPeer + head.peerCount)])
        heads.append(copy)
    }

    /// Takes the last record out.
    public mutating func removeLast() {
        guard let head = heads.popLast() else { return }
        entries.removeLast(entries.count - Int(head.firstEntry))
        peers.removeLast(peers.count - Int(head.firstPeer))
    }
}
