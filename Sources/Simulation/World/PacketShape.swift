/// Turns payloads into streams of packets of the sizes that are seen on a tailnet, whose MTU is 1280.
enum PacketShape {
    private static let mtu: UInt64 = 1_280
    private static let mostPackets: UInt64 = 40_000_000

    /// Both directions of what a draft wants to do.
    static func packets(of draft: SessionDraft) -> (forward: PacketStream, backward: PacketStream) {
        switch draft.proto {
        case 6: tcp(up: draft.up, down: draft.down, isIPv6: draft.isIPv6)
        case 1, 58: echoes(count: draft.up, isIPv6: draft.isIPv6)
        default: datagrams(up: draft.up, down: draft.down, isIPv6: draft.isIPv6)
        }
    }

    /// Both directions of a TCP connection: handshake, data, and acknowledgements of the other side's data.
    static func tcp(up: UInt64, down: UInt64, isIPv6: Bool) -> (forward: PacketStream, backward: PacketStream) {
        let upData = packets(up)
        let downData = packets(down)
        return (
            stream(control: 3 + (downData + 1) / 2, data: upData, payload: up, isIPv6: isIPv6),
            stream(control: 2 + (upData + 1) / 2, data: downData, payload: down, isIPv6: isIPv6)
        )
    }

    /// Datagrams: one each way where they fit, as many as it takes where they do not.
    static func datagrams(up: UInt64, down: UInt64, isIPv6: Bool) -> (forward: PacketStream, backward: PacketStream) {
        func stream(_ payload: UInt64) -> PacketStream {
            let header: UInt64 = isIPv6 ? 48 : 28
            let count = min(mostPackets, max(1, (payload + mtu - header - 1) / (mtu - header)))
            let size = UInt16(min(mtu, header + (payload + count - 1) / count))
            return PacketStream(total: UInt32(count), firstSize: size, smallSize: size, largeSize: size)
        }
        return (stream(up), stream(down))
    }

    /// Echo requests and their replies.
    static func echoes(count: UInt64, isIPv6: Bool) -> (forward: PacketStream, backward: PacketStream) {
        let size: UInt16 = isIPv6 ? 104 : 84
        let stream = PacketStream(
            total: UInt32(min(max(count, 1), 100_000)), firstSize: size, smallSize: size, largeSize: size)
        return (stream, stream)
    }

    /// First attempts of a connection that nobody answers.
    static func attempts(_ count: UInt32, isIPv6: Bool) -> PacketStream {
        let size: UInt16 = isIPv6 ? 80 : 60
        return PacketStream(total: count, firstSize: size, smallSize: size, largeSize: size)
    }

    /// The rejection notices that a packet filter sends back: an IPv4 header and seven bytes of TSMP each.
    static func rejections(_ count: UInt32) -> PacketStream {
        PacketStream(total: count, firstSize: 27, smallSize: 27, largeSize: 27)
    }

    private static func packets(_ payload: UInt64) -> UInt64 {
        min(mostPackets, (payload + mtu - 53) / (mtu - 52))
    }

    private static func stream(control: UInt64, data: UInt64, payload: UInt64, isIPv6: Bool) -> PacketStream {
        let header: UInt64 = isIPv6 ? 72 : 52
        let total = min(mostPackets, control + data)
        let dataSize = data == 0 ? header : min(mtu, header + (payload + data - 1) / data)
        // The share is rounded up, so that the stream carries all its data packets.
        let share = total <= 1 ? 0 : min(65_535, ((min(data, total - 1) << 16) + total - 2) / (total - 1))
        return PacketStream(
            total: UInt32(total), firstSize: UInt16(header + 8), smallSize: UInt16(header),
            largeSize: UInt16(dataSize), largeShare: UInt16(share))
    }
}
