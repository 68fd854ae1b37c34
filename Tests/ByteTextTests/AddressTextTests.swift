import ByteText
import Testing

@Suite("Addresses as text")
struct AddressTextTests {
    @Test(
        "IPv4 is written with dots",
        arguments: [
            (0, "0.0.0.0"), (0x6440_0001, "100.64.0.1"), (0x7F03_0328, "127.3.3.40"),
            (0xFFFF_FFFF, "255.255.255.255"),
        ] as [(UInt32, String)])
    func ipv4(address: UInt32, expected: String) {
        var bytes: [UInt8] = []
        bytes.appendText(atMost: AddressText.ipv4Bound) { $0.putIPv4(address) }
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
    }

    @Test("Every octet is written in every place")
    func octets() {
        for octet in UInt32(0)...255 {
            var bytes: [UInt8] = []
            bytes.appendText(atMost: AddressText.ipv4Bound) { $0.putIPv4(octet &* 0x0101_0101) }
            #expect(String(decoding: bytes, as: UTF8.self) == "\(octet).\(octet).\(octet).\(octet)")
        }
    }

    @Test(
        "IPv6 is written in its shortest form",
        arguments: [
            (0, 0, "::"),
            (0, 1, "::1"),
            (0x1 << 48, 0, "1::"),
            (0xFD7A_115C_A1E0_0000, 0x0537_5C4F, "fd7a:115c:a1e0::537:5c4f"),
            (0xFD7A_115C_A1E0_AB12, 0x4843_CD96_62FF_FFFF, "fd7a:115c:a1e0:ab12:4843:cd96:62ff:ffff"),
            (0x2001_0DB8_0000_0000, 0x0001_0000_0000_0001, "2001:db8::1:0:0:1"),
            (0x2001_0000_0000_0001, 0x0000_0000_0000_0001, "2001:0:0:1::1"),
            (0x2001_0DB8_0000_0001, 0x0001_0001_0001_0001, "2001:db8:0:1:1:1:1:1"),
            (0, 0xFFFF_C000_0280, "::ffff:192.0.2.128"),
            (UInt64.max, UInt64.max, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ] as [(UInt64, UInt64, String)])
    func ipv6(high: UInt64, low: UInt64, expected: String) {
        var bytes: [UInt8] = []
        bytes.appendText(atMost: AddressText.ipv6Bound) { $0.putIPv6(high: high, low: low) }
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
    }
}
