/// A hash of a few short texts, eight bytes at a time.
package struct IdentityHash {
    package private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

    package init() {}

    @inline(__always)
    package mutating func add(_ word: UInt64) {
        let (high, low) = (value ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        value = (high ^ low) &+ 0x9E37_79B9_7F4A_7C15
    }

    /// Adds a text and its length, so that ("ab", "c") and ("a", "bc") differ.
    package mutating func add(utf8 bytes: UnsafeRawBufferPointer) {
        var offset = 0
        while offset + 8 <= bytes.count {
            unsafe add(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
            offset += 8
        }
        var rest = UInt64(bytes.count) << 56
        var shift: UInt64 = 0
        while offset < bytes.count {
            unsafe rest ^= UInt64(bytes[offset]) << shift
            shift += 8
            offset += 1
        }
        add(rest)
    }

    package mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { unsafe add(utf8: UnsafeRawBufferPointer($0)) }
    }
}
