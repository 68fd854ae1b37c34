/// IP protocols by name and number.
public enum IPProtocol {
    /// Control messages of IPv4.
    public static let icmp: UInt8 = 1
    /// Connections.
    public static let tcp: UInt8 = 6
    /// Datagrams.
    public static let udp: UInt8 = 17
    /// Control messages of IPv6.
    public static let icmpv6: UInt8 = 58
    /// Tailscale's own messages inside the tunnel.
    public static let tsmp: UInt8 = 99
    /// The stream control protocol, which has ports too.
    public static let sctp: UInt8 = 132

    /// The names that the policy file knows.
    private static let names: [(String, UInt8)] = [
        ("icmp", 1), ("igmp", 2), ("ipv4", 4), ("ip-in-ip", 4), ("tcp", 6), ("egp", 8), ("igp", 9), ("udp", 17),
        ("gre", 47), ("esp", 50), ("ah", 51), ("ipv6-icmp", 58), ("sctp", 132), ("fc", 133),
    ]

    /// The number of a protocol given by name or as a number from 0 to 255.
    public static func number(_ text: String) -> UInt8? {
        if let named = names.first(where: { $0.0 == text }) { return named.1 }
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return UInt8(text)
    }

    /// Whether a rule without protocol covers this one.
    @inlinable
    public static func isDefault(_ proto: UInt8) -> Bool {
        proto == tcp || proto == udp || proto == icmp || proto == icmpv6
    }

    /// Whether packets of the protocol have ports.
    @inlinable
    public static func hasPorts(_ proto: UInt8) -> Bool {
        proto == tcp || proto == udp || proto == sctp
    }
}
