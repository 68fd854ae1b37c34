/// Goes through the lines of a text in their order.
///
///     var lines = TextLines()
///     while let line = lines.next(in: text) { read(text.extracting(line.content)) }
package struct TextLines {
    /// One line.
    package struct Line {
        /// Counted from 1.
        package var number: Int
        /// The line's bytes in the text, its newline included where it has one.
        package var range: Range<Int>
        /// The line's bytes without its newline.
        package var content: Range<Int>
        /// Whether nothing but blanks stands in it.
        package var isBlank: Bool
    }

    private var offset = 0
    private var number = 0

    /// Begins before the first line.
    package init() {}

    /// The next line of the text, which is the same at each call; what follows the last newline is a line unless it is
    /// empty.
    package mutating func next(in text: Span<UInt8>) -> Line? {
        guard offset < text.count else { return nil }
        let start = offset
        let end = text.nextNewline(from: start) ?? text.count
        offset = end < text.count ? end + 1 : end
        number += 1
        var first = start
        while first < end, text[first] == 0x20 || text[first] == 0x09 || text[first] == 0x0D { first += 1 }
        return Line(number: number, range: start..<offset, content: start..<end, isBlank: first == end)
    }
}

extension Span<UInt8> {
    /// The offset of the first newline from `start` on.
    package func nextNewline(from start: Int) -> Int? {
        unsafe withUnsafeBytes { bytes in unsafe bytes.nextNewline(from: start) }
    }
}

extension [UInt8] {
    /// The offset of the first newline from `start` on.
    package func nextNewline(from start: Int) -> Int? { span.nextNewline(from: start) }
}

extension UnsafeRawBufferPointer {
    /// The offset of the next newline from `start` on; nil where there is none.
    ///
    /// Eight bytes at a time: a byte's high bit in `found` says that it is a newline. A borrow can only mark bytes
    /// behind a true one, so the lowest mark is right.
    fileprivate func nextNewline(from start: Int) -> Int? {
        let ones: UInt64 = 0x0101_0101_0101_0101
        precondition(start >= 0, "a text begins at 0")
        var offset = start
        while offset + 8 <= count {
            let word = unsafe UInt64(littleEndian: loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            let matches = word ^ (ones &* 0x0A)
            let found = (matches &- ones) & ~matches & (ones &* 0x80)
            if found != 0 { return offset + found.trailingZeroBitCount >> 3 }
            offset += 8
        }
        while offset < count {
            if unsafe self[offset] == 0x0A { return offset }
            offset += 1
        }
        return nil
    }
}
