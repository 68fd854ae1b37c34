/// A block of addresses that share their first bits: `10.0.0.0/8`, `fd7a:115c:a1e0::/48`.
public struct IPPrefix: Hashable, Comparable, BitwiseCopyable, Sendable {
    /// The block's first address: no bit behind the prefix is set.
    public let address: IPAddress
    /// How many first bits the addresses share.
    public let bits: Int

    /// Makes the block of `bits` bits that holds `address`.
    ///
    /// - Parameters:
    ///   - address: Any address of the block.
    ///   - bits: From 0 to 32 or 128, by the address's family; the caller vouches for it.
    public init(_ address: IPAddress, bits: Int) {
        precondition((0...address.family.bits).contains(bits), "a prefix has no more bits than its address")
        let mask = IPPrefix.hostMask(address.family, bits: bits)
        self.address = IPAddress(family: address.family, number: address.number & ~mask)
        self.bits = bits
    }

    /// Makes the block of one address.
    public init(_ address: IPAddress) {
        self.init(address, bits: address.family.bits)
    }

    /// The block's first address.
    public var first: IPAddress { address }

    /// The block's last address.
    public var last: IPAddress {
        IPAddress(family: address.family, number: address.number | IPPrefix.hostMask(address.family, bits: bits))
    }

    /// Whether the block is a single address.
    public var isSingleAddress: Bool { bits == address.family.bits }

    /// Whether the block is all of IPv4 or all of IPv6, which is how exit nodes advertise themselves.
    public var isDefaultRoute: Bool { bits == 0 }

    /// Whether `other` lies in the block.
    public func contains(_ other: IPAddress) -> Bool {
        address <= other && other <= last
    }

    /// Whether all of `other` lies in the block.
    public func contains(_ other: IPPrefix) -> Bool {
        bits <= other.bits && contains(other.address)
    }

    /// Whether the two blocks have an address in common.
    public func overlaps(_ other: IPPrefix) -> Bool {
        contains(other.address) || other.contains(address)
    }

    /// Orders by first address, the larger block first.
    public static func < (left: IPPrefix, right: IPPrefix) -> Bool {
        if left.address != right.address { return left.address < right.address }
        return left.bits < right.bits
    }

    private static func hostMask(_ family: IPAddress.Family, bits: Int) -> UInt128 {
        let rest = family.bits - bits
        return rest == 128 ? .max : (1 << UInt128(rest)) - 1
    }
}

extension IPPrefix: LosslessStringConvertible {
    /// Reads `10.0.0.0/8`; bits behind the prefix are cleared, and nil is the answer to anything else.
    public init?(_ text: some StringProtocol) {
        guard let slash = text.lastIndex(of: "/"), let address = IPAddress(text[..<slash]) else { return nil }
        let digits = text[text.index(after: slash)...].utf8
        guard (1...3).contains(digits.count), digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        if digits.count > 1 && digits.first == 48 { return nil }
        let bits = digits.reduce(0) { $0 * 10 + Int($1 - 48) }
        guard bits <= address.family.bits else { return nil }
        self.init(address, bits: bits)
    }

    /// The canonical text: `10.0.0.0/8`.
    public var description: String { "\(address)/\(bits)" }
}
