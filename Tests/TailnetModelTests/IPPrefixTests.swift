import TailnetModel
import Testing

@Suite("Blocks of addresses")
struct IPPrefixTests {
    private func prefix(_ text: String) throws -> IPPrefix {
        try #require(IPPrefix(text), "\(text)")
    }

    private func address(_ text: String) throws -> IPAddress {
        try #require(IPAddress(text), "\(text)")
    }

    @Test(
        "Blocks are read, cleared behind their bits, and have ends",
        arguments: [
            ("10.0.0.0/8", "10.0.0.0/8", "10.0.0.0", "10.255.255.255"),
            ("10.1.2.3/8", "10.0.0.0/8", "10.0.0.0", "10.255.255.255"),
            ("100.115.92.79/23", "100.115.92.0/23", "100.115.92.0", "100.115.93.255"),
            ("192.168.1.7/32", "192.168.1.7/32", "192.168.1.7", "192.168.1.7"),
            ("192.168.1.7/31", "192.168.1.6/31", "192.168.1.6", "192.168.1.7"),
            ("200.1.2.3/1", "128.0.0.0/1", "128.0.0.0", "255.255.255.255"),
            ("1.2.3.4/0", "0.0.0.0/0", "0.0.0.0", "255.255.255.255"),
            (
                "fd7a:115c:a1e0::1/48", "fd7a:115c:a1e0::/48", "fd7a:115c:a1e0::",
                "fd7a:115c:a1e0:ffff:ffff:ffff:ffff:ffff"
            ),
            ("2001:db8::ffff/64", "2001:db8::/64", "2001:db8::", "2001:db8::ffff:ffff:ffff:ffff"),
            ("2001:db8::ffff/65", "2001:db8::/65", "2001:db8::", "2001:db8::7fff:ffff:ffff:ffff"),
            ("2001:db8::ffff/127", "2001:db8::fffe/127", "2001:db8::fffe", "2001:db8::ffff"),
            ("::1/128", "::1/128", "::1", "::1"),
            ("abcd::/0", "::/0", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ])
    func reads(text: String, canonical: String, first: String, last: String) throws {
        let block = try prefix(text)
        #expect(block.description == canonical)
        #expect(try prefix(canonical) == block)
        #expect(block.first == (try address(first)))
        #expect(block.address == block.first)
        #expect(block.last == (try address(last)))
        #expect(IPPrefix(try address(first), bits: block.bits) == block)
    }

    @Test(
        "Other texts are no block",
        arguments: [
            "", "/", "10.0.0.0", "10.0.0.0/", "/8", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/+8",
            "10.0.0.0/08",
            "10.0.0.0/00", "10.0.0.0/008", "10.0.0.0/1000", "10.0.0.0/8 ", "10.0.0.0 /8", "10.0.0/8", "10.0.0.0/8/8",
            "10.0.0.0/a", "10.0.0.0/255.0.0.0", "[::]/0", "10.0.0.0/\u{668}",
        ])
    func refuses(text: String) {
        #expect(IPPrefix(text) == nil)
    }

    @Test(
        "A block holds its addresses and no others",
        arguments: [
            ("10.0.0.0/8", "10.0.0.0", true), ("10.0.0.0/8", "10.255.255.255", true), ("10.0.0.0/8", "11.0.0.0", false),
            ("10.0.0.0/8", "9.255.255.255", false), ("10.0.0.0/8", "::ffff:10.0.0.1", false),
            ("0.0.0.0/0", "255.255.255.255", true), ("0.0.0.0/0", "::", false), ("::/0", "0.0.0.0", false),
            ("::/0", "ffff::", true), ("fd7a:115c:a1e0::/48", "fd7a:115c:a1e0::537:5c4f", true),
            ("fd7a:115c:a1e0::/48", "fd7a:115c:a1e1::", false), ("192.168.1.7/32", "192.168.1.7", true),
            ("192.168.1.7/32", "192.168.1.6", false),
        ])
    func containsAddress(block: String, text: String, expected: Bool) throws {
        #expect(try prefix(block).contains(try address(text)) == expected)
    }

    @Test(
        "Blocks hold or leave each other: two never overlap in part",
        arguments: [
            ("10.0.0.0/8", "10.0.0.0/8", true, true), ("10.0.0.0/8", "10.1.0.0/16", true, true),
            ("10.1.0.0/16", "10.0.0.0/8", false, true), ("10.0.0.0/9", "10.128.0.0/9", false, false),
            ("10.0.0.0/8", "10.0.0.0/7", false, true), ("0.0.0.0/0", "::/0", false, false),
            ("::/0", "10.0.0.0/8", false, false), ("::/0", "fd7a:115c:a1e0::/48", true, true),
            ("192.168.1.7/32", "192.168.1.6/31", false, true), ("192.168.1.7/32", "192.168.1.8/31", false, false),
        ])
    func blocks(one: String, other: String, contains: Bool, overlaps: Bool) throws {
        let (one, other) = (try prefix(one), try prefix(other))
        #expect(one.contains(other) == contains)
        #expect(one.overlaps(other) == overlaps)
        #expect(other.overlaps(one) == overlaps)
    }

    @Test("A block of one address and one of all are told apart")
    func kinds() throws {
        let single = IPPrefix(try address("100.64.0.1"))
        #expect(single.description == "100.64.0.1/32")
        #expect(single.isSingleAddress && !single.isDefaultRoute)
        #expect(IPPrefix(try address("::1")).bits == 128)
        #expect(try prefix("0.0.0.0/0").isDefaultRoute)
        #expect(try prefix("::/0").isDefaultRoute)
        #expect(try !prefix("::/32").isSingleAddress)
        #expect(try !prefix("0.0.0.0/1").isDefaultRoute)
    }

    @Test("Blocks order by first address, the larger one first")
    func order() throws {
        let ordered = try [
            "0.0.0.0/0", "9.0.0.0/8", "10.0.0.0/7", "10.0.0.0/8", "10.0.0.0/32", "10.0.0.1/32", "::/0", "::/128",
            "fd7a:115c:a1e0::/48",
        ].map { try prefix($0) }
        #expect(Array(ordered.reversed()).sorted() == ordered)
        #expect(!(ordered[0] < ordered[0]))
    }
}
