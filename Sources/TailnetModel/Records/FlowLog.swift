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

/// One of the two logs.
public enum LogKind: String, Sendable, Hashable, CaseIterable {
    case configuration
    case network
}
