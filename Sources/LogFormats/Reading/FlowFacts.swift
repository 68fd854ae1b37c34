public import TailnetModel

/// One entry of a traffic array, its endpoints as ranges of the record's bytes.
public struct FlowFacts: Sendable, Hashable {
    public var kind: TrafficClass
    /// IP protocol number; 0 is absent.
    public var proto: UInt8 = 0
    /// `ip:port`; empty where it is absent.
    public var source = 0..<0
    /// `ip:port`; empty where it is absent.
    public var target = 0..<0
    public var counts = TrafficCounts()

    init(kind: TrafficClass) {
        self.kind = kind
    }
}
