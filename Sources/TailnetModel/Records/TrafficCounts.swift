/// Packets and bytes of one connection in one window; each is omitted on the wire when zero.
public struct TrafficCounts: Sendable, Hashable, BitwiseCopyable {
    public var txPackets: UInt64
    public var txBytes: UInt64
    public var rxPackets: UInt64
    public var rxBytes: UInt64

    /// Makes counts, by default of zero.
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
