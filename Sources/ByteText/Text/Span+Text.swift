/// Text as bytes, read where it stands.
extension Span<UInt8> {
    /// The text of all bytes; what is not UTF-8 becomes U+FFFD.
    package var text: String {
        unsafe withUnsafeBufferPointer { bytes in unsafe String(decoding: bytes, as: UTF8.self) }
    }

    /// The text of a range of bytes; what is not UTF-8 becomes U+FFFD.
    package func text(_ range: Range<Int>) -> String { extracting(range).text }

    /// A copy of all bytes.
    package var array: [UInt8] {
        unsafe withUnsafeBufferPointer { bytes in unsafe Array(bytes) }
    }

    /// Whether the bytes are those of a text.
    package func equals(_ text: String) -> Bool {
        unsafe withUnsafeBufferPointer { bytes in unsafe bytes.elementsEqual(text.utf8) }
    }

    /// Whether the same bytes follow each other here and in `other`.
    @inlinable
    public func equals(_ other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        // Eight bytes at a time, and four of these before each branch.
        var offset = 0
        var difference: UInt64 = 0
        while offset + 32 <= count {
            for place in 0..<4 { difference |= word(at: offset + 8 * place) ^ other.word(at: offset + 8 * place) }
            if difference != 0 { return false }
            offset += 32
        }
        while offset + 8 <= count {
            if word(at: offset) != other.word(at: offset) { return false }
            offset += 8
        }
        while offset < count {
            if self[offset] != other[offset] { return false }
            offset += 1
        }
        return true
    }

    /// Eight bytes as one number, the first in its lowest byte.
    @inlinable @inline(__always)
    public func word(at offset: Int) -> UInt64 {
        // A number has no invalid bits, and the load checks its bounds.
        UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// Whether a literal stands at `offset`.
    ///
    /// Inlined, so that the literal's length is known and the comparison takes a step for each eight bytes.
    @inlinable @inline(__always)
    public func holds(_ literal: StaticString, at offset: Int) -> Bool {
        let length = literal.utf8CodeUnitCount
        guard offset >= 0, count - offset >= length else { return false }
        // A literal's bytes are part of the program.
        let expected = unsafe UnsafeRawPointer(literal.utf8Start)
        var place = 0
        while place + 8 <= length {
            let word = unsafe expected.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            if self.word(at: offset + place) != UInt64(littleEndian: word) { return false }
            place += 8
        }
        while place < length {
            if unsafe self[offset + place] != expected.load(fromByteOffset: place, as: UInt8.self) { return false }
            place += 1
        }
        return true
    }

    /// The offset behind the first occurrence of a literal in a range.
    package func endOfFirst(_ literal: StaticString, in range: Range<Int>) -> Int? {
        let length = literal.utf8CodeUnitCount
        guard range.count >= length else { return nil }
        for offset in range.lowerBound...(range.upperBound - length) where holds(literal, at: offset) {
            return offset + length
        }
        return nil
    }

    /// The offset of the first such byte from `start` on.
    package func first(_ byte: UInt8, from start: Int) -> Int? {
        var offset = start
        while offset < count {
            if self[offset] == byte { return offset }
            offset += 1
        }
        return nil
    }
}
