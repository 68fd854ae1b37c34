public import SimTime

/// One record of the network flow log as it stands on the wire, for readers and small writers.
///
/// The simulation's own records are `FlowRecordBatch`, which names nodes by index and is written without allocation.
public struct FlowLog: Sendable, Hashable {
    /// When the log service took the record; absent inside streamed records.
    public var logged: Instant?
    public var nodeID: String
    public var start: Instant
    public var end: Instant
    /// The reporting node; absent from clients before 1.92.
    public var srcNode: FlowNode?
    /// Every other node named in the record, ordered by node ID.
    public var dstNodes: [FlowNode]
    public var virtualTraffic: [FlowCounts]
    public var subnetTraffic: [FlowCounts]
    public var exitTraffic: [FlowCounts]
    public var physicalTraffic: [FlowCounts]

    /// Makes a record.
    public init(
        logged: Instant? = nil, nodeID: String, start: Instant, end: Instant, srcNode: FlowNode? = nil,
        dstNodes: [FlowNode] = [], virtualTraffic: [FlowCounts] = [], subnetTraffic: [FlowCounts] = [],
        exitTraffic: [FlowCounts] = [], physicalTraffic: [FlowCounts] = []
    ) {
        self.logged = logged
        self.nodeID = nodeID
        self.start = start
        self.end = end
        self.srcNode = srcNode
        self.dstNodes = dstNodes
        self.virtualTraffic = virtualTraffic
        self.subnetTraffic = subnetTraffic
        self.exitTraffic = exitTraffic
        self.physicalTraffic = physicalTraffic
    }

    /// The connections of one class.
    public subscript(kind: TrafficClass) -> [FlowCounts] {
        get {
            switch kind {
            case .virtual: virtualTraffic
            case .subnet: subnetTraffic
            case .exit: exitTraffic
            case .physical: physicalTraffic
            }
        }
        set {
            switch kind {
            case .virtual: virtualTraffic = newValue
            case .subnet: subnetTraffic = newValue
            case .exit: exitTraffic = newValue
            case .physical: physicalTraffic = newValue
            }
        }
    }
}

/// A node as flow records describe it.
public struct FlowNode: Sendable, Hashable {
    public var nodeID: String
    /// FQDN; omitted when empty.
    public var name: String
    /// At most one IPv4 and then one IPv6 address.
    public var addresses: [String]
    /// Omitted when empty; usually missing for the reporting node itself.
    public var os: String
    /// Login of the owner; empty for tagged nodes.
    public var user: String
    /// Sorted, with `tag:` prefix; empty for owned nodes.
    public var tags: [String]

    /// Makes a description.
    public init(
        nodeID: String, name: String = "", addresses: [String] = [], os: String = "", user: String = "",
        tags: [String] = []
    ) {
        self.nodeID = nodeID
        self.name = name
        self.addresses = addresses
        self.os = os
        self.user = user
        self.tags = tags
    }
}

/// One entry of a traffic array, addresses as text.
public struct FlowCounts: Sendable, Hashable {
    /// IP protocol number; 0 is absent.
    public var proto: UInt8
    /// `ip:port` or `[ip]:port`; empty is absent.
    public var src: String
    /// `ip:port` or `[ip]:port`; empty is absent.
    public var dst: String
    public var counts: TrafficCounts

    /// Makes an entry.
    public init(proto: UInt8, src: String, dst: String, counts: TrafficCounts) {
        self.proto = proto
        self.src = src
        self.dst = dst
        self.counts = counts
    }
}

/// Packets and bytes of one connection in one window; each is omitted on the wire when zero.
public struct TrafficCounts: Sendable, Hashable, BitwiseCopyable {
    public var txPackets: UInt64
    public var txBytes: UInt64
    public var rxPackets: UInt64
    public var rxBytes: UInt64

    /// Makes counts; zero unless said.
    @inlinable
    public init(txPackets: UInt64 = 0, txBytes: UInt64 = 0, rxPackets: UInt64 = 0, rxBytes: UInt64 = 0) {
        self.txPackets = txPackets
        self.txBytes = txBytes
        self.rxPackets = rxPackets
        self.rxBytes = rxBytes
    }

    /// Adds another window's or connection's counts.
    @inlinable
    public static func += (left: inout TrafficCounts, right: TrafficCounts) {
        left.txPackets &+= right.txPackets
        left.txBytes &+= right.txBytes
        left.rxPackets &+= right.rxPackets
        left.rxBytes &+= right.rxBytes
    }

    /// Whether nothing was counted.
    @inlinable public var isZero: Bool { txPackets | txBytes | rxPackets | rxBytes == 0 }
}

/// The four traffic arrays of a record, in wire order.
public enum TrafficClass: UInt8, Sendable, Hashable, CaseIterable, BitwiseCopyable {
    case virtual = 0
    case subnet = 1
    case exit = 2
    case physical = 3

    /// The name of the array on the wire.
    public var key: String {
        switch self {
        case .virtual: "virtualTraffic"
        case .subnet: "subnetTraffic"
        case .exit: "exitTraffic"
        case .physical: "physicalTraffic"
        }
    }
}

/// One of the two logs.
public enum LogKind: String, Sendable, Hashable, CaseIterable {
    case configuration
    case network
}

/// The three shapes in which records leave the service.
public enum Channel: String, Sendable, Hashable, CaseIterable {
    /// The elements of the pull API's `logs`.
    case poll
    /// Lines of objects in S3 and compatible stores: the only form with both `logged` and `eventTime`.
    case object
    /// The envelopes of log streaming to HTTP collectors.
    case stream
}
