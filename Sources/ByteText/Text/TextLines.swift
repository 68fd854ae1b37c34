/// The lines of a text in memory, in their order; it borrows the bytes.
package struct TextLines: Sequence, IteratorProtocol {
    /// One line.
    package struct Line {
        /// Counted from 1.
        package var number: Int
        /// The line's bytes in the text, its newline included where it has one.
        package var range: Range<Int>
        /// The line without its newline.
        package var content: UnsafeRawBufferPointer

        /// Whether nothing but blanks stands in it.
        package var isBlank: Bool { content.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D } }
    }

    private let bytes: UnsafeRawBufferPointer
    private var offset = 0
    private var number = 0

    /// Cuts a text into lines; what follows the last newline is a line unless it is empty.
    package init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    package mutating func next() -> Line? {
        guard offset < bytes.count else { return nil }
        let start = offset
        let end = bytes.nextNewline(from: start) ?? bytes.count
        offset = end < bytes.count ? end + 1 : end
        number += 1
        return Line(
            number: number, range: start..<offset, content: UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
    }
}

extension UnsafeRawBufferPointer {
    /// The offset of the first newline from `start` on.
    ///
    /// Eight bytes at a time: a byte's high bit in `found` says that it is a newline. A borrow can only mark bytes behind
    /// a true one, so the lowest mark is right.
    package func nextNewline(from start: Int) -> Int? {
        let ones: UInt64 = 0x0101_0101_0101_0101
        var offset = start
        while offset + 8 <= count {
            let word = UInt64(littleEndian: loadUnaligned(fromByteOffset: offset, as: UInt64.self)) ^ (ones &* 0x0A)
            let found = (word &- ones) & ~word & (ones &* 0x80)
            if found != 0 { return offset + found.trailingZeroBitCount >> 3 }
            offset += 8
        }
        while offset < count {
            if self[offset] == 0x0A { return offset }
            offset += 1
        }
        return nil
    }
}

extension [UInt8] {
    /// The offset of the first newline from `start` on.
    package func nextNewline(from start: Int) -> Int? { withUnsafeBytes { $0.nextNewline(from: start) } }
}
