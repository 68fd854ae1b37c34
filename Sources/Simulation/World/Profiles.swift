import Chance
import ScenarioSpec

/// The distributions from which a profile's sessions are drawn.
struct ProfileTable: Sendable {
    /// Bytes of payload that the source sends.
    var request: Quantiles
    /// Bytes of payload that the target sends.
    var response: Quantiles
    /// Milliseconds of a session of at most ten minutes.
    var duration: Quantiles
    /// Share of sessions longer than ten minutes, in thousandths.
    var longPermille: Int
    /// Milliseconds of the long ones, beyond ten minutes.
    var longDuration: Quantiles

    /// Sessions of the short class are over after this many milliseconds.
    static let longestShort: UInt64 = 600_000
    /// Sessions of the long class are over after this many milliseconds.
    static let longestLong: UInt64 = 6 * 3_600_000

    private init(
        request: (UInt64, Int), response: (UInt64, Int), duration: (UInt64, Int), longPermille: Int = 0,
        longMedian: UInt64 = 1_200_000
    ) {
        self.request = Quantiles(median: request.0, spread: request.1, tailIndex: 1_300, limit: 1 << 35)
        self.response = Quantiles(median: response.0, spread: response.1, tailIndex: 1_200, limit: 1 << 35)
        self.duration = Quantiles(
            median: duration.0, spread: duration.1, tailIndex: 1_100, limit: ProfileTable.longestShort)
        self.longPermille = longPermille
        longDuration = Quantiles(
            median: longMedian, spread: 1_200, tailIndex: 1_500,
            limit: ProfileTable.longestLong - ProfileTable.longestShort)
    }

    /// The table of a profile.
    static func table(_ profile: TrafficProfile) -> ProfileTable {
        switch profile {
        case .web: ProfileTable(request: (1_400, 1_300), response: (14_000, 2_200), duration: (4_000, 2_300))
        case .ssh:
            ProfileTable(
                request: (5_000, 1_900), response: (14_000, 2_200), duration: (45_000, 2_400), longPermille: 140)
        case .database:
            ProfileTable(
                request: (2_400, 1_700), response: (9_000, 2_300), duration: (8_000, 2_400), longPermille: 60)
        case .dns: ProfileTable(request: (40, 300), response: (130, 600), duration: (12, 1_200))
        case .metrics: ProfileTable(request: (320, 250), response: (26_000, 900), duration: (180, 1_100))
        case .backup:
            ProfileTable(
                request: (48_000_000, 1_900), response: (60_000, 1_000), duration: (180_000, 1_200),
                longPermille: 300)
        case .download: ProfileTable(request: (900, 600), response: (5_000_000, 2_300), duration: (9_000, 1_800))
        case .chat:
            ProfileTable(
                request: (2_600, 1_500), response: (6_500, 1_700), duration: (90_000, 1_800), longPermille: 250)
        // A port is tried: a banner at most.
        case .scan: ProfileTable(request: (20, 800), response: (60, 1_500), duration: (40, 1_300))
        case .ping: ProfileTable(request: (4, 900), response: (4, 900), duration: (4_000, 900))
        }
    }
}

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
