public import TailnetModel

/// What can be asked of an entry of a flow record; what is not said does not matter.
public struct FlowCondition: Sendable, Hashable {
    /// Ports at the remote end.
    public enum Ports: Sendable, Hashable {
        case any
        case only([UInt16])
        case but([UInt16])
    }

    /// Protocol numbers.
    public var proto: [UInt8]
    /// The arrays of the record.
    public var traffic: [TrafficClass]
    public var ports: Ports
    /// Whether the source opened the connection: its port is not the smaller one.
    public var isOpened: Bool
    /// Whether the source sent packets.
    public var isSent: Bool
    /// The most packets that were sent.
    public var packetsAtMost: UInt64?
    /// The fewest bytes of both directions.
    public var bytesAtLeast: UInt64

    init(
        proto: [UInt8] = [6, 17], traffic: [TrafficClass] = [.virtual, .subnet], ports: Ports = .any,
        isOpened: Bool = false, isSent: Bool = false, packetsAtMost: UInt64? = nil, bytesAtLeast: UInt64 = 0
    ) {
        self.proto = proto
        self.traffic = traffic
        self.ports = ports
        self.isOpened = isOpened
        self.isSent = isSent
        self.packetsAtMost = packetsAtMost
        self.bytesAtLeast = bytesAtLeast
    }
}
