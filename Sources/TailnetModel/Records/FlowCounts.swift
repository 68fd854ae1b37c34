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
