/// An IPv4 or IPv6 address as an integer.
///
/// Addresses order as the flow log sorts them: IPv4 before IPv6, then by their bytes.
public struct IPAddress: Hashable, Comparable, BitwiseCopyable, Sendable {
    /// The upper half of an IPv6 address; 0 for IPv4.
    public var high: UInt64
    /// The lower half of an IPv6 address; an IPv4 address in the lower 32 bits.
    public var low: UInt64
    /// Which of the two kinds it is.
    public var family: Family

    /// The two kinds of addresses.
    public enum Family: UInt8, Hashable, Comparable, BitwiseCopyable, Sendable {
        case ipv4 = 4
        case ipv6 = 6

        /// How many bits an address has: 32 or 128.
        @inlinable public var bits: Int { self == .ipv4 ? 32 : 128 }

        /// Whether `left` is IPv4 and `right` IPv6.
        @inlinable
        public static func < (left: Family, right: Family) -> Bool { left.rawValue < right.rawValue }
    }

    /// Makes an IPv4 address from its 32 bits: `0x6440_0001` is 100.64.0.1.
    @inlinable
    public init(ipv4: UInt32) {
        high = 0
        low = UInt64(ipv4)
        family = .ipv4
    }

    /// Makes an IPv6 address from its two halves.
    @inlinable
    public init(ipv6High high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
        family = .ipv6
    }

    /// Whether the address is an IPv4 address.
    @inlinable public var isIPv4: Bool { family == .ipv4 }

    /// The address's bits as one number.
    @inlinable public var number: UInt128 { UInt128(high) << 64 | UInt128(low) }

    /// Makes an address of a family from the number that its bits are.
    @inlinable
    init(family: Family, number: UInt128) {
        high = UInt64(truncatingIfNeeded: number >> 64)
        low = UInt64(truncatingIfNeeded: number)
        self.family = family
    }

    /// Orders by family, then bytes.
    @inlinable
    public static func < (left: IPAddress, right: IPAddress) -> Bool {
        if left.family != right.family { return left.family < right.family }
        if left.high != right.high { return left.high < right.high }
        return left.low < right.low
    }
}

extension IPAddress: LosslessStringConvertible {
    /// Reads `100.64.0.1` or any RFC 4291 form of an IPv6 address, without zone or brackets; nil for anything else.
    public init?(_ text: some StringProtocol) {
        var bytes = AddressBytes(Array(text.utf8)[...])
        if bytes.bytes.contains(58) {
            guard let number = bytes.ipv6() else { return nil }
            self.init(family: .ipv6, number: number)
        } else {
            guard let number = bytes.ipv4(), bytes.isAtEnd else { return nil }
            self.init(ipv4: number)
        }
    }

    /// The canonical text (RFC 5952).
    public var description: String {
        if isIPv4 { return IPAddress.dotted(UInt32(truncatingIfNeeded: low)) }
        if high == 0 && low >> 32 == 0xFFFF {
            return "::ffff:" + IPAddress.dotted(UInt32(truncatingIfNeeded: low))
        }
        let value = number
        let groups = (0..<8).map { UInt16(truncatingIfNeeded: value >> UInt128(112 - 16 * $0)) }
        let gap = IPAddress.longestRunOfZeros(groups)
        var text = ""
        var index = 0
        while index < 8 {
            if index == gap.lowerBound && !gap.isEmpty {
                text += "::"
                index = gap.upperBound
                continue
            }
            if !text.isEmpty && !text.hasSuffix(":") { text += ":" }
            text += String(groups[index], radix: 16)
            index += 1
        }
        return text
    }

    private static func dotted(_ value: UInt32) -> String {
        "\(value >> 24).\(value >> 16 & 0xFF).\(value >> 8 & 0xFF).\(value & 0xFF)"
    }

    /// The first longest run of two or more zero groups.
    private static func longestRunOfZeros(_ groups: [UInt16]) -> Range<Int> {
        var best = 0..<0
        var start = 0
        for index in 0...8 where index == 8 || groups[index] != 0 {
            if index - start > best.count && index - start > 1 { best = start..<index }
            start = index + 1
        }
        return best
    }
}

/// A reader of address text.
private struct AddressBytes {
    var bytes: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { bytes.isEmpty }

    /// Four decimal numbers, none above 255 and none with a leading zero.
    mutating func ipv4() -> UInt32? {
        var result: UInt32 = 0
        for part in 0..<4 {
            if part > 0 {
                guard bytes.first == 46 else { return nil }
                bytes.removeFirst()
            }
            var value: UInt32 = 0
            var digits = 0
            while let byte = bytes.first, (48...57).contains(byte) {
                if digits > 0 && value == 0 { return nil }
                value = value * 10 + UInt32(byte - 48)
                digits += 1
                if digits > 3 || value > 255 { return nil }
                bytes.removeFirst()
            }
            if digits == 0 { return nil }
            result = result << 8 | value
        }
        return result
    }

    /// Eight groups of hexadecimal digits, one run of them perhaps as `::`, the last two perhaps as IPv4.
    mutating func ipv6() -> UInt128? {
        var groups: [UInt16] = []
        var gap: Int?
        if bytes.starts(with: [58, 58]) {
            gap = 0
            bytes.removeFirst(2)
        }
        while !bytes.isEmpty {
            if groups.count > 7 { return nil }
            if groups.count <= 6, bytes.first(where: { !(48...57).contains($0) }) == 46 {
                guard let value = ipv4(), bytes.isEmpty else { return nil }
                groups += [UInt16(truncatingIfNeeded: value >> 16), UInt16(truncatingIfNeeded: value)]
                break
            }
            guard let group = hexadecimal() else { return nil }
            groups.append(group)
            if bytes.isEmpty { break }
            guard bytes.removeFirst() == 58, !bytes.isEmpty else { return nil }
            if bytes.first == 58 {
                if gap != nil { return nil }
                gap = groups.count
                bytes.removeFirst()
            }
        }
        if let gap {
            if groups.count > 7 { return nil }
            groups.insert(contentsOf: repeatElement(0, count: 8 - groups.count), at: gap)
        }
        guard groups.count == 8 else { return nil }
        return groups.reduce(0) { $0 << 16 | UInt128($1) }
    }

    /// One to four hexadecimal digits.
    private mutating func hexadecimal() -> UInt16? {
        var value: UInt16 = 0
        var digits = 0
        while let byte = bytes.first, let digit = hexadecimalDigit(byte) {
            digits += 1
            if digits > 4 { return nil }
            value = value << 4 | UInt16(digit)
            bytes.removeFirst()
        }
        return digits == 0 ? nil : value
    }
}

private func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
}
