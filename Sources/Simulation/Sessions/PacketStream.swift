import SimTime

/// What one end of a session sends: packets over time, and bytes as a function of packets.
///
/// Everything is cumulative and whole: what any range of time holds is the difference of two values, so the shares of
/// all windows add up to the total exactly, at both ends, whatever their windows are.
struct PacketStream: BitwiseCopyable, Sendable {
    /// Packets in all.
    var total: UInt32 = 0
    /// The first packet's size, with IP header.
    var firstSize: UInt16 = 0
    /// The size of the small packets that follow.
    var smallSize: UInt16 = 0
    /// The size of the large ones.
    var largeSize: UInt16 = 0
    /// The share of large packets among those after the first, in 1/65536.
    var largeShare: UInt16 = 0
    /// Packets after the first in 2^64 nanoseconds: what one multiplication turns time into packets with.
    var rate: UInt64 = 0

    /// Sets the rate so that the packets spread evenly over `length`.
    mutating func spread(over length: TimeSpan) {
        guard total > 1, length.nanoseconds > Int64(total) else {
            rate = UInt64.max
            return
        }
        // Rounded up, so that the last packet is out when the time is.
        rate = UInt64(length.nanoseconds).dividingFullWidth((UInt64(total - 1), 0)).quotient + 1
    }

    /// The packets sent in the first time of that length.
    @inline(__always)
    func packets(_ elapsed: TimeSpan) -> UInt64 {
        guard elapsed > .zero, total > 0 else { return 0 }
        let after = UInt64(elapsed.nanoseconds).multipliedFullWidth(by: rate).high
        return min(UInt64(total), 1 &+ after)
    }

    /// The bytes of the first `packets` packets, IP headers included.
    @inline(__always)
    func bytes(_ packets: UInt64) -> UInt64 {
        guard packets > 0 else { return 0 }
        let rest = packets &- 1
        let large = (rest &* UInt64(largeShare)) >> 16
        return UInt64(firstSize) &+ rest &* UInt64(smallSize) &+ large &* UInt64(largeSize &- smallSize)
    }

    /// The bytes of the first `packets` packets as WireGuard datagrams.
    @inline(__always)
    func physicalBytes(_ packets: UInt64) -> UInt64 {
        guard packets > 0 else { return 0 }
        let rest = packets &- 1
        let large = (rest &* UInt64(largeShare)) >> 16
        let small = physicalSize(smallSize)
        return physicalSize(firstSize) &+ rest &* small &+ large &* (physicalSize(largeSize) &- small)
    }

    /// A datagram pads the packet to sixteen bytes and adds a header of sixteen and a tag of sixteen.
    @inline(__always)
    private func physicalSize(_ inner: UInt16) -> UInt64 {
        ((UInt64(inner) &+ 15) & ~15) &+ 32
    }
}
