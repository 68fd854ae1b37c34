/// How much space addresses take.
public enum AddressText {
    /// The most bytes of an IPv4 address: `255.255.255.255`.
    public static let ipv4Bound = 15
    /// The most bytes of an IPv6 address without brackets.
    public static let ipv6Bound = 39

    /// Whether a text is that of an IPv6 address as `ByteCursor.putIPv6` writes it.
    package static func isIPv6(_ text: Span<UInt8>, high: UInt64, low: UInt64) -> Bool {
        unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: ipv6Bound + TextSlot.overhang) { space in
            guard let base = space.baseAddress else { return false }
            var cursor = unsafe ByteCursor(base)
            cursor.putIPv6(high: high, low: low)
            let written = unsafe UnsafeBufferPointer(start: base, count: cursor.pointer - base)
            return unsafe text.equals(Span(_unsafeElements: written))
        }
    }
}

extension ByteCursor {
    /// Writes an IPv4 address with dots.
    public mutating func putIPv4(_ address: UInt32) {
        putOctet(address >> 24)
        putOctet(address >> 16 & 255)
        putOctet(address >> 8 & 255)
        putOctet(address & 255)
        // The last octet has no dot.
        unsafe pointer -= 1
    }

    /// Writes a number below 256 and a dot, without a branch: octets are too irregular to be foreseen.
    @inline(__always)
    private mutating func putOctet(_ value: UInt32) {
        let hundreds = (value &* 41) >> 12
        let rest = value &- hundreds &* 100
        let tens = (rest &* 103) >> 10
        let digits = hundreds | tens << 8 | (rest &- tens &* 10) << 16 | 0x2E30_3030
        let skipped: UInt32 = (value < 10 ? 1 : 0) &+ (value < 100 ? 1 : 0)
        unsafe UnsafeMutableRawPointer(pointer).storeBytes(of: (digits >> (skipped &* 8)).littleEndian, as: UInt32.self)
        unsafe pointer += 4 &- Int(skipped)
    }

    /// Writes an IPv6 address as RFC 5952 wants it, without brackets.
    ///
    /// The first of the longest runs of two or more zero groups is left out; IPv4-mapped addresses end in dots.
    public mutating func putIPv6(high: UInt64, low: UInt64) {
        if high == 0 && low >> 32 == 0xFFFF {
            put("::ffff:")
            putIPv4(UInt32(truncatingIfNeeded: low))
            return
        }
        func group(_ index: Int) -> UInt16 {
            UInt16(truncatingIfNeeded: (index < 4 ? high : low) >> UInt64((3 - index & 3) * 16))
        }
        var gap = 0..<0
        var index = 0
        while index < 8 {
            let first = index
            while index < 8 && group(index) == 0 { index += 1 }
            if index - first >= 2 && index - first > gap.count { gap = first..<index }
            index += 1
        }
        index = 0
        while index < 8 {
            if !gap.isEmpty && index == gap.lowerBound {
                put("::")
                index = gap.upperBound
                continue
            }
            if index > 0 && index != gap.upperBound { put(UInt8(ascii: ":")) }
            putHexGroup(group(index))
            index += 1
        }
    }

    private mutating func putHexGroup(_ value: UInt16) {
        if value >= 0x1000 { putHexDigit(UInt8(truncatingIfNeeded: value >> 12)) }
        if value >= 0x100 { putHexDigit(UInt8(truncatingIfNeeded: value >> 8 & 15)) }
        if value >= 0x10 { putHexDigit(UInt8(truncatingIfNeeded: value >> 4 & 15)) }
        putHexDigit(UInt8(truncatingIfNeeded: value & 15))
    }
}
