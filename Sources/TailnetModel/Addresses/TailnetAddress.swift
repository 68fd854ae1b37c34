/// How the service gives addresses to nodes.
public enum TailnetAddress {
    /// The first address of the CGNAT block 100.64.0.0/10.
    public static let firstIPv4: UInt32 = 0x6440_0000
    /// How many addresses the CGNAT block has.
    public static let countIPv4: UInt32 = 1 << 22

    /// Whether the service may give this IPv4 address to a node.
    ///
    /// It keeps out of ChromeOS's block (100.115.92.0/23), 100.100.0.0/24 and 100.100.100.0/24 (MagicDNS); ends of a
    /// /24 are left out too, as readers of logs take them for networks and broadcasts.
    public static func isAssignable(_ address: UInt32) -> Bool {
        guard address >= firstIPv4, address < firstIPv4 + countIPv4 else { return false }
        if address >> 9 == 0x6473_5C00 >> 9 { return false }
        if address >> 8 == 0x6464_00 || address >> 8 == 0x6464_64 { return false }
        return address & 0xFF != 0 && address & 0xFF != 0xFF
    }

    /// The IPv4 address that a draw of 64 bits names, or the next assignable one after it (the block is a ring).
    public static func ipv4(draw: UInt64) -> UInt32 {
        var offset = UInt32(truncatingIfNeeded: draw >> 32) % countIPv4
        while !isAssignable(firstIPv4 + offset) { offset = (offset + 1) % countIPv4 }
        return firstIPv4 + offset
    }

    /// The IPv6 address that goes with an IPv4 address: `fd7a:115c:a1e0::XX37:HHHH`.
    ///
    /// `HHHH` is the lower half of the IPv4 address (as in 93 % of the observed allocations), `XX` any byte.
    public static func ipv6(for ipv4: UInt32, byte: UInt8) -> IPAddress {
        let low = UInt64(byte) << 24 | 0x37 << 16 | UInt64(ipv4 & 0xFFFF)
        return IPAddress(ipv6High: 0xFD7A_115C_A1E0_0000, low: low)
    }

    /// The address that stands for "relayed through DERP" in physical traffic; the port is the region.
    public static let derp: UInt32 = 0x7F03_0328
}
