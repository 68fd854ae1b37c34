extension UnsafeRawBufferPointer {
    /// The first offset from `start` on whose byte is a quote, a backslash, a control character or not ASCII.
    ///
    /// Eight bytes at a time: a byte's high bit in `special` says that it is one of these. A borrow can only mark bytes
    /// behind a true one, so the lowest mark is right.
    func endOfPlainText(from start: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        var offset = start
        while offset + 8 <= count {
            let word = unsafe UInt64(littleEndian: loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            let quotes = word ^ (ones &* 0x22)
            let backslashes = word ^ (ones &* 0x5C)
            let special = (quotes &- ones) | (backslashes &- ones) | (word &- ones &* 0x20) | word
            if special & highs != 0 { return offset + (special & highs).trailingZeroBitCount >> 3 }
            offset += 8
        }
        while offset < count {
            let byte = unsafe self[offset]
            if byte == 0x22 || byte == 0x5C || byte < 0x20 || byte >= 0x80 { break }
            offset += 1
        }
        return offset
    }

    /// How many bytes the valid character of two to four bytes at `offset` has; 0 where there is none.
    func multibyteCharacterLength(at offset: Int) -> Int {
        func continues(_ distance: Int, _ allowed: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
            offset + distance < count && allowed.contains(unsafe self[offset + distance])
        }
        switch unsafe self[offset] {
        case 0xC2...0xDF: return continues(1) ? 2 : 0
        case 0xE0: return continues(1, 0xA0...0xBF) && continues(2) ? 3 : 0
        case 0xED: return continues(1, 0x80...0x9F) && continues(2) ? 3 : 0
        case 0xE1...0xEF: return continues(1) && continues(2) ? 3 : 0
        case 0xF0: return continues(1, 0x90...0xBF) && continues(2) && continues(3) ? 4 : 0
        case 0xF1...0xF3: return continues(1) && continues(2) && continues(3) ? 4 : 0
        case 0xF4: return continues(1, 0x80...0x8F) && continues(2) && continues(3) ? 4 : 0
        default: return 0
        }
    }
}

extension JSONScanner {
    /// The raw bytes of a token, without the quotes of a key or string; they are valid as long as the scanner's text.
    public func rawBytes(_ token: JSONToken) -> UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(rebasing: bytes[token.contents])
    }

    /// The value of a key or string, or the raw text of any other token.
    ///
    /// Half of a surrogate pair that stands alone becomes U+FFFD, as in Go's reader.
    public func text(_ token: JSONToken) -> String {
        let raw = unsafe rawBytes(token)
        return unsafe token.hasEscapes ? unescaped(raw) : String(decoding: raw, as: UTF8.self)
    }

    /// Whether the raw bytes of a token, without quotes, are those of `literal`; escapes are not resolved.
    public func matches(_ token: JSONToken, _ literal: StaticString) -> Bool {
        let raw = unsafe rawBytes(token)
        guard raw.count == literal.utf8CodeUnitCount else { return false }
        return unsafe raw.elementsEqual(UnsafeRawBufferPointer(start: literal.utf8Start, count: raw.count))
    }

    /// The value of a number that is an integer in the range of `Int64`, without fraction or exponent.
    public func integer(_ token: JSONToken) -> Int64? {
        guard token.kind == .number else { return nil }
        return unsafe integerValue(rawBytes(token))
    }

    private func unescaped(_ raw: UnsafeRawBufferPointer) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(raw.count)
        var index = 0
        while index < raw.count {
            guard unsafe raw[index] == UInt8(ascii: "\\") else {
                result.append(unsafe raw[index])
                index += 1
                continue
            }
            let ref = unsafe raw[index + 1]
            index += 2
            switch ref {
            case UInt8(ascii: "b"): result.append(0x08)
            case UInt8(ascii: "f"): result.append(0x0C)
            case UInt8(ascii: "n"): result.append(0x0A)
            case UInt8(ascii: "r"): result.append(0x0D)
            case UInt8(ascii: "t"): result.append(0x09)
            case UInt8(ascii: "u"):
                var code = unsafe codeUnit(raw, at: index)
                index += 4
                if 0xD800...0xDBFF ~= code, index + 6 <= raw.count, unsafe raw[index] == UInt8(ascii: "\\"),
                    unsafe raw[index + 1] == UInt8(ascii: "u"), unsafe 0xDC00...0xDFFF ~= codeUnit(raw, at: index + 2)
                {
                    code = unsafe 0x1_0000 + (code - 0xD800) << 10 + (codeUnit(raw, at: index + 2) - 0xDC00)
                    index += 6
                }
                result.append(contentsOf: String(Unicode.Scalar(code) ?? "\u{FFFD}").utf8)
            default: result.append(ref)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The number of four hexadecimal digits, which the scanner has checked.
    private func codeUnit(_ raw: UnsafeRawBufferPointer, at index: Int) -> UInt32 {
        (0..<4).reduce(0) { unsafe $0 << 4 | UInt32(hexadecimalValue(raw[index + $1]) ?? 0) }
    }
}

/// The value of a hexadecimal digit; nil for any other byte.
func hexadecimalValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    default: nil
    }
}

/// The integer that a checked JSON number is; nil with fraction or exponent, and outside of `Int64`.
func integerValue(_ digits: some Collection<UInt8>) -> Int64? {
    let isNegative = digits.first == UInt8(ascii: "-")
    var value: Int64 = 0
    for byte in digits.dropFirst(isNegative ? 1 : 0) {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
        let digit = Int64(byte - UInt8(ascii: "0"))
        let (sum, overflow2) =
            isNegative ? tens.subtractingReportingOverflow(digit) : tens.addingReportingOverflow(digit)
        if overflow || overflow2 { return nil }
        value = sum
    }
    return value
}
