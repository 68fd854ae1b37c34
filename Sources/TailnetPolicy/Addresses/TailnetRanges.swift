import TailnetModel

/// Address ranges that mean something in every tailnet.
enum TailnetRanges {
    static let cgnat = v4(0x6440_0000, bits: 10)

    /// Addresses of nodes: the CGNAT block without the hole that ChromeOS uses for itself, and Tailscale's IPv6 block.
    static let nodes = [
        AddressRange(IPAddress(ipv4: 0x6440_0000), IPAddress(ipv4: 0x6473_5BFF)),
        AddressRange(IPAddress(ipv4: 0x6473_5E00), IPAddress(ipv4: 0x647F_FFFF)),
        AddressRange(IPPrefix(IPAddress(ipv6High: 0xFD7A_115C_A1E0_0000, low: 0), bits: 48)),
    ]

    /// Parts of the CGNAT block that no node gets an address from.
    static let reserved = [v4(0x6464_0000, bits: 24), v4(0x6464_6400, bits: 24), v4(0x6473_5C00, bits: 23)]

    /// What an exit node is for, as the service sees it: no private, shared or link-local addresses; IPv6 unicast.
    static let internet: [AddressRange] = {
        let excluded: [(UInt32, Int)] = [
            (0x0A00_0000, 8), (0x6440_0000, 10), (0xA9FE_0000, 16), (0xAC10_0000, 12), (0xC0A8_0000, 16),
        ]
        var ranges: [AddressRange] = []
        var next: UInt32 = 0
        for (address, bits) in excluded {
            if address > next { ranges.append(AddressRange(IPAddress(ipv4: next), IPAddress(ipv4: address - 1))) }
            next = address + (1 << UInt32(32 - bits))
        }
        ranges.append(AddressRange(IPAddress(ipv4: next), IPAddress(ipv4: .max)))
        return ranges + [AddressRange(IPPrefix(IPAddress(ipv6High: 0x2000_0000_0000_0000, low: 0), bits: 3))]
    }()

    /// Every address.
    static let all = [
        v4(0, bits: 0), AddressRange(IPPrefix(IPAddress(ipv6High: 0, low: 0), bits: 0)),
    ]

    private static func v4(_ address: UInt32, bits: Int) -> AddressRange {
        AddressRange(IPPrefix(IPAddress(ipv4: address), bits: bits))
    }
}
