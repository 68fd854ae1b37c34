import TailnetModel
import Testing

@Suite("Addresses")
struct IPAddressTests {
    @Test(
        "IPv4 is read and written with dots",
        arguments: [
            ("0.0.0.0", 0), ("0.0.0.1", 1), ("1.2.3.4", 0x0102_0304), ("100.64.0.1", 0x6440_0001),
            ("127.3.3.40", 0x7F03_0328), ("192.168.10.200", 0xC0A8_0AC8), ("255.255.255.255", 0xFFFF_FFFF),
        ] as [(String, UInt32)])
    func ipv4(text: String, bits: UInt32) {
        let address = IPAddress(text)
        #expect(address == IPAddress(ipv4: bits))
        #expect(address?.description == text)
        #expect(address?.isIPv4 == true)
        #expect(address?.number == UInt128(bits))
    }

    /// The canonical forms are those of RFC 5952: lower case, no leading zeros, the first of the longest runs of zero
    /// groups left out unless it is a single group, IPv4-mapped addresses with dots.
    @Test(
        "IPv6 is read in any form and written in the canonical one",
        arguments: [
            ("::", 0, 0, "::"), ("0:0:0:0:0:0:0:0", 0, 0, "::"),
            ("0000:0000:0000:0000:0000:0000:0000:0000", 0, 0, "::"),
            ("::1", 0, 1, "::1"), ("0:0:0:0:0:0:0:1", 0, 1, "::1"), ("1::", 1 << 48, 0, "1::"),
            ("1:2:3:4:5:6:7:8", 0x1_0002_0003_0004, 0x5_0006_0007_0008, "1:2:3:4:5:6:7:8"),
            ("::2:3:4:5:6:7:8", 0x2_0003_0004, 0x5_0006_0007_0008, "0:2:3:4:5:6:7:8"),
            ("1:2:3:4:5:6:7::", 0x1_0002_0003_0004, 0x5_0006_0007_0000, "1:2:3:4:5:6:7:0"),
            ("1:2:3::5:6:7:8", 0x1_0002_0003_0000, 0x5_0006_0007_0008, "1:2:3:0:5:6:7:8"),
            ("1:0:0:4:5:0:0:8", 0x1_0000_0000_0004, 0x5_0000_0000_0008, "1::4:5:0:0:8"),
            ("1:0:0:4:0:0:0:8", 0x1_0000_0000_0004, 8, "1:0:0:4::8"),
            ("0:0:3:4:5:6:0:0", 0x3_0004, 0x5_0006_0000_0000, "::3:4:5:6:0:0"),
            ("0:0:3:4:5:0:0:0", 0x3_0004, 0x5_0000_0000_0000, "0:0:3:4:5::"),
            ("0:1:0:1:0:1:0:1", 0x1_0000_0001, 0x1_0000_0001, "0:1:0:1:0:1:0:1"),
            ("2001:DB8:0:0:1:0:0:1", 0x2001_0DB8_0000_0000, 0x1_0000_0000_0001, "2001:db8::1:0:0:1"),
            ("2001:0db8:0000:0000:0000:0000:0002:0001", 0x2001_0DB8_0000_0000, 0x2_0001, "2001:db8::2:1"),
            ("fd7a:115c:a1e0::537:5c4f", 0xFD7A_115C_A1E0_0000, 0x0537_5C4F, "fd7a:115c:a1e0::537:5c4f"),
            (
                "FD7A:115C:A1E0:AB12:4843:CD96:62FF:FFFF", 0xFD7A_115C_A1E0_AB12, 0x4843_CD96_62FF_FFFF,
                "fd7a:115c:a1e0:ab12:4843:cd96:62ff:ffff"
            ),
            ("::ffff:192.0.2.128", 0, 0xFFFF_C000_0280, "::ffff:192.0.2.128"),
            ("::ffff:c000:280", 0, 0xFFFF_C000_0280, "::ffff:192.0.2.128"),
            ("::1.2.3.4", 0, 0x0102_0304, "::102:304"),
            ("64:ff9b::192.0.2.33", 0x64_FF9B_0000_0000, 0xC000_0221, "64:ff9b::c000:221"),
            ("1:2:3:4:5:6:7.8.9.10", 0x1_0002_0003_0004, 0x5_0006_0708_090A, "1:2:3:4:5:6:708:90a"),
            ("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", .max, .max, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ] as [(String, UInt64, UInt64, String)])
    func ipv6(text: String, high: UInt64, low: UInt64, canonical: String) {
        let address = IPAddress(text)
        #expect(address == IPAddress(ipv6High: high, low: low))
        #expect(address?.description == canonical)
        #expect(IPAddress(canonical) == address)
        #expect(address?.isIPv4 == false)
        #expect(address?.number == UInt128(high) << 64 | UInt128(low))
    }

    @Test(
        "Other texts are no IPv4 address",
        arguments: [
            "", ".", "1", "1.2", "1.2.3", "1.2.3.", ".1.2.3", "1.2.3.4.", "1.2.3.4.5", "1..2.3", "256.0.0.1",
            "0.0.0.256", "1.2.3.999", "1.2.3.0004", "01.2.3.4", "1.2.3.04", "00.0.0.0", "1.2.3.4 ", " 1.2.3.4",
            "1.2.3.-4", "+1.2.3.4", "1.2.3.a", "0x1.2.3.4", "1,2,3,4", "1.2.3.4/32", "1\u{FF0E}2.3.4",
            "\u{661}.2.3.4", "localhost",
        ])
    func refusesIPv4(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(
        "Other texts are no IPv6 address",
        arguments: [
            ":", ":::", "1", "1:", ":1", "1:2", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:", ":2:3:4:5:6:7:8",
            "1:2:3:4:5:6:7:8:", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "1::2:3:4:5:6:7:8",
            "1::2::3", "::1::", "1:::2", ":::1", "1:::", "12345::", "::12345", "::00001", "g::", "::-1", "::1 ", " ::1",
            "[::1]", "::1%eth0", "fe80::1%1", "::1/128", "::1.2.3", "::1.2.3.4.5", "::1.2.3.256", "::01.2.3.4",
            "::1.2.3.4:5", "1.2.3.4::", "1.2.3.4:5::", "1:2:3:4:5:1.2.3.4", "1:2:3:4:5:6:7:1.2.3.4",
            "::1:2:3:4:5:6:1.2.3.4", "::ffff:1.2.3.4.", "1 ::", "::\u{FF11}",
        ])
    func refusesIPv6(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test("Addresses order by family, then by their bytes")
    func order() throws {
        let ordered = try [
            "0.0.0.0", "9.255.255.255", "10.0.0.0", "100.64.0.1", "100.64.0.10", "255.255.255.255", "::", "::1",
            "::ffff:10.0.0.0", "0:0:0:1::", "2001:db8::", "fd7a:115c:a1e0::37:1", "fd7a:115c:a1e0::537:5c4f",
            "fd7a:115c:a1e0:1::", "ffff::",
        ].map { try #require(IPAddress($0)) }
        for (index, address) in ordered.enumerated() {
            for (other, larger) in ordered.enumerated() { #expect((address < larger) == (index < other)) }
        }
        #expect(Array(ordered.reversed()).sorted() == ordered)
    }

    @Test("An IPv4 address is not the IPv6 address of the same number")
    func families() {
        #expect(IPAddress(ipv4: 7) != IPAddress(ipv6High: 0, low: 7))
        #expect(IPAddress.Family.ipv4.bits == 32)
        #expect(IPAddress.Family.ipv6.bits == 128)
        #expect(IPAddress.Family.ipv4 < .ipv6)
    }

    @Test("A part of a text is read like a text")
    func substring() {
        #expect(IPAddress("10.1.2.3:443".prefix(8)) == IPAddress(ipv4: 0x0A01_0203))
    }
}
