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
