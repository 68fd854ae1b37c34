import TailnetModel
import Testing

@Suite("Addresses that the service gives")
struct TailnetAddressTests {
    @Test(
        "Reserved ranges and what lies outside the block are not assignable",
        arguments: [
            ("100.63.255.254", false), ("100.64.0.0", false), ("100.64.0.1", true), ("100.64.0.254", true),
            ("100.64.0.255", false), ("100.99.255.254", true), ("100.100.0.1", false), ("100.100.0.254", false),
            ("100.100.1.1", true), ("100.100.99.254", true), ("100.100.100.1", false), ("100.100.100.100", false),
            ("100.100.100.254", false), ("100.100.101.1", true), ("100.115.91.254", true), ("100.115.92.1", false),
            ("100.115.92.254", false), ("100.115.93.1", false), ("100.115.93.254", false), ("100.115.94.1", true),
            ("100.120.92.79", true), ("100.127.255.254", true), ("100.127.255.255", false), ("100.128.0.0", false),
            ("100.128.0.1", false), ("0.0.0.1", false), ("127.3.3.40", false), ("255.255.255.254", false),
        ])
    func assignable(text: String, expected: Bool) throws {
        let address = try #require(IPAddress(text))
        #expect(TailnetAddress.isAssignable(UInt32(address.low)) == expected)
    }

    /// 2^22 addresses, less both ends of 16,384 nets of 256, less the other 254 of four reserved nets.
    @Test("All of the block but the reserved parts is assignable")
    func assignableCount() {
        let first = TailnetAddress.firstIPv4
        var count = 0
        for address in first - 256..<first + TailnetAddress.countIPv4 + 256 where TailnetAddress.isAssignable(address) {
            count += 1
        }
        #expect(count == 4_194_304 - 2 * 16_384 - 4 * 254)
    }

    /// The lower 22 bits of a draw's upper half say the place in the block.
    @Test(
        "A draw names an address, or the next assignable one",
        arguments: [
            (0, "100.64.0.1"), (5 << 32, "100.64.0.5"), (0x0038_5C4F << 32, "100.120.92.79"),
            (0xFFF8_5C4F_FFFF_FFFF, "100.120.92.79"), (0xFF << 32, "100.64.1.1"), (0x0024_0000 << 32, "100.100.1.1"),
            (0x0024_6464 << 32, "100.100.101.1"), (0x0033_5C00 << 32, "100.115.94.1"),
            (0x0033_5DFE << 32, "100.115.94.1"), (0x003F_FFFE << 32, "100.127.255.254"),
            (0x003F_FFFF << 32, "100.64.0.1"), (UInt64.max, "100.64.0.1"),
        ] as [(UInt64, String)])
    func draws(draw: UInt64, expected: String) {
        #expect(IPAddress(ipv4: TailnetAddress.ipv4(draw: draw)).description == expected)
    }

    @Test("No draw names a reserved address")
    func drawsKeepOut() throws {
        let reserved = try ["100.115.92.0/23", "100.100.0.0/24", "100.100.100.0/24"].map {
            try #require(IPPrefix($0))
        }
        let block = try #require(IPPrefix("100.64.0.0/10"))
        // Every place in and around the reserved ranges, and a net over the block.
        var places = Array(UInt64(0x0023_FF00)...0x0024_0200) + Array(UInt64(0x0024_6300)...0x0024_6600)
        places += Array(UInt64(0x0033_5B00)...0x0033_5F00) + Array(stride(from: UInt64(0), to: 1 << 22, by: 1_009))
        for place in places {
            let address = IPAddress(ipv4: TailnetAddress.ipv4(draw: place << 32))
            #expect(block.contains(address) && !reserved.contains { $0.contains(address) }, "\(address)")
        }
    }

    @Test(
        "The IPv6 address shows the lower half of the IPv4 address",
        arguments: [
            ("100.120.92.79", 0x05, "fd7a:115c:a1e0::537:5c4f"), ("100.64.0.1", 0x00, "fd7a:115c:a1e0::37:1"),
            ("100.127.255.254", 0xFF, "fd7a:115c:a1e0::ff37:fffe"), ("100.101.0.9", 0xA0, "fd7a:115c:a1e0::a037:9"),
        ] as [(String, UInt8, String)])
    func ipv6(text: String, byte: UInt8, expected: String) throws {
        let ipv4 = try #require(IPAddress(text))
        #expect(TailnetAddress.ipv6(for: UInt32(ipv4.low), byte: byte).description == expected)
    }

    @Test("The stand-in for relays is 127.3.3.40")
    func derp() {
        #expect(IPAddress(ipv4: TailnetAddress.derp).description == "127.3.3.40")
        #expect(IPAddress(ipv4: TailnetAddress.firstIPv4).description == "100.64.0.0")
    }
}
