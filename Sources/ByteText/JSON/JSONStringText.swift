/// How much space JSON strings take.
public enum JSONStringText {
    /// The most bytes that the string of a UTF-8 text of that length takes, quotes included.
    @inlinable
    public static func bound(utf8Count: Int) -> Int { utf8Count * 6 + 2 }

    /// The most bytes that the string of a text takes, quotes included.
    @inlinable
    public static func bound(_ text: String) -> Int { bound(utf8Count: text.utf8.count) }
}

extension ByteCursor {
    /// Writes a text as a JSON string.
    @inlinable
    public mutating func putJSONString(_ text: String) {
        var text = text
        text.withUTF8 { unsafe putJSONString(utf8: UnsafeRawBufferPointer($0)) }
    }

    /// Writes UTF-8 as a JSON string the way Go's second JSON package does by default.
    ///
    /// Escaped are the quote, the backslash and control characters, in the short form where there is one. `<`, `>`, `&`,
    /// DEL, U+2028 and U+2029 stand as they are. Whether the bytes are UTF-8 is the caller's business.
    public mutating func putJSONString(utf8 bytes: UnsafeRawBufferPointer) {
        put(UInt8(ascii: "\""))
        for index in bytes.indices {
            let byte = unsafe bytes[index]
            if byte >= 32 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") {
                put(byte)
            } else {
                putEscape(byte)
            }
        }
        put(UInt8(ascii: "\""))
    }

    private mutating func putEscape(_ byte: UInt8) {
        put(UInt8(ascii: "\\"))
        switch byte {
        case 8: put(UInt8(ascii: "b"))
        case 9: put(UInt8(ascii: "t"))
        case 10: put(UInt8(ascii: "n"))
        case 12: put(UInt8(ascii: "f"))
        case 13: put(UInt8(ascii: "r"))
        case 0..<32:
            put("u00")
            putHexDigit(byte >> 4)
            putHexDigit(byte & 15)
        default: put(byte)
        }
    }

    /// Writes one lower-case hexadecimal digit.
    @inline(__always)
    mutating func putHexDigit(_ digit: UInt8) {
        put(digit < 10 ? digit | 48 : digit + 87)
    }
}
