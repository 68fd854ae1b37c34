public import SimTime

/// The head of one flow record; its entries and peers are ranges of the batch's arrays.
public struct FlowRecordHead: Hashable, Sendable, BitwiseCopyable {
    public var logged: Instant
    public var start: Instant
    public var end: Instant
    /// Index of the reporting node.
    public var node: UInt32
    /// Where the record's entries begin in `entries`; the four classes follow each other.
    public var firstEntry: UInt32
    /// Where the record's peers begin in `peers`.
    public var firstPeer: UInt32
    public var peerCount: UInt32
    /// How many entries each class has, in wire order.
    public var virtualCount: UInt32
    public var subnetCount: UInt32
    public var exitCount: UInt32
    public var physicalCount: UInt32

    /// Makes a head.
    @inlinable
    public init(
        logged: Instant, start: Instant, end: Instant, node: UInt32, firstEntry: UInt32, firstPeer: UInt32,
        peerCount: UInt32, virtualCount: UInt32, subnetCount: UInt32, exitCount: UInt32, physicalCount: UInt32
    ) {
        self.logged = logged
        self.start = start
        self.end = end
        self.node = node
        self.firstEntry = firstEntry
        self.firstPeer = firstPeer
        self.peerCount = peerCount
        self.virtualCount = virtualCount
        self.subnetCount = subnetCount
        self.exitCount = exitCount
        self.physicalCount = physicalCount
    }

    /// How many entries the record has in all.
    @inlinable public var entryCount: UInt32 { virtualCount + subnetCount + exitCount + physicalCount }
}
