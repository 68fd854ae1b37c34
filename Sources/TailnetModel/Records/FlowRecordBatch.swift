public import SimTime

/// An address and port of a flow entry; may be absent.
public struct FlowEndpoint: Hashable, Sendable, BitwiseCopyable {
    /// The upper half of an IPv6 address; 0 for IPv4.
    public var high: UInt64
    /// The lower half of an IPv6 address, or the IPv4 address.
    public var low: UInt64
    /// One more than the index of the node that has the address; 0 where no node of the directory has it.
    public var nodePlusOne: UInt32
    public var port: UInt16
    /// 0 absent, 4 or 6: so that absent < IPv4 < IPv6, as the client sorts.
    public var family: UInt8

    /// Makes an endpoint from its parts.
    @inlinable
    public init(high: UInt64, low: UInt64, family: UInt8, port: UInt16, nodePlusOne: UInt32 = 0) {
        self.high = high
        self.low = low
        self.family = family
        self.port = port
        self.nodePlusOne = nodePlusOne
    }

    /// No endpoint: what anonymised exit traffic has.
    @inlinable public static var absent: FlowEndpoint { FlowEndpoint(high: 0, low: 0, family: 0, port: 0) }

    /// The client's order: absent, then IPv4, then IPv6; then the address, then the port.
    @inlinable
    public static func precedes(_ left: FlowEndpoint, _ right: FlowEndpoint) -> Bool {
        if left.family != right.family { return left.family < right.family }
        if left.high != right.high { return left.high < right.high }
        if left.low != right.low { return left.low < right.low }
        return left.port < right.port
    }

    /// Whether both name the same address and port.
    @inlinable
    public static func same(_ left: FlowEndpoint, _ right: FlowEndpoint) -> Bool {
        left.low == right.low && left.port == right.port && left.high == right.high && left.family == right.family
    }
}

/// One entry of a traffic array.
public struct FlowEntry: Hashable, Sendable, BitwiseCopyable {
    public var source: FlowEndpoint
    public var target: FlowEndpoint
    public var counts: TrafficCounts
    /// IP protocol number; 0 is absent.
    public var proto: UInt8

    /// Makes an entry.
    @inlinable
    public init(proto: UInt8, source: FlowEndpoint, target: FlowEndpoint, counts: TrafficCounts) {
        self.proto = proto
        self.source = source
        self.target = target
        self.counts = counts
    }

    /// The client's order within an array: source, target, protocol.
    @inlinable
    public static func precedes(_ left: FlowEntry, _ right: FlowEntry) -> Bool {
        if !FlowEndpoint.same(left.source, right.source) { return FlowEndpoint.precedes(left.source, right.source) }
        if !FlowEndpoint.same(left.target, right.target) { return FlowEndpoint.precedes(left.target, right.target) }
        return left.proto < right.proto
    }
}

/// The head of one flow record; its entries and peers are stretches of the batch's arrays.
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
