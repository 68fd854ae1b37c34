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
