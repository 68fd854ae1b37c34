import TailnetModel

/// The order of a record's entries: class, then source address and port, target address and port, protocol.
struct EntryOrder: BitwiseCopyable {
    /// Class, family of the source (0 absent), its IPv4 address, its port.
    ///
    /// A node's own IPv6 address is one for all.
    var high: UInt64
    /// The target's address (IPv4 before IPv6; 0 absent), its port, the protocol.
    var low: UInt64

    init(kind: TrafficClass, source: UInt32, sourceFamily: UInt64, sourcePort: UInt16, target: UInt64, low: UInt64) {
        high =
            UInt64(kind.rawValue) << 62 | sourceFamily << 60 | UInt64(source) << 28 | UInt64(sourcePort) << 12
        self.low = target << 24 | low
    }

    @inline(__always)
    static func precedes(_ left: EntryOrder, _ right: EntryOrder) -> Bool {
        left.high != right.high ? left.high < right.high : left.low < right.low
    }

    @inline(__always)
    static func == (left: EntryOrder, right: EntryOrder) -> Bool { left.high == right.high && left.low == right.low }
}
