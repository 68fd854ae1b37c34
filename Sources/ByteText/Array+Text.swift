extension [UInt8] {
    /// Appends what `write` puts at a cursor, which is at most `bound` bytes.
    ///
    /// The memory holds `bound` bytes and `TextSlot`'s overhang, so slots may be put up to the very end.
    @inlinable
    public mutating func appendText(atMost bound: Int, _ write: (inout ByteCursor) -> Void) {
        let used = count
        append(contentsOf: repeatElement(0, count: bound + TextSlot.overhang))
        let written = unsafe withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            var cursor = unsafe ByteCursor(base + used)
            write(&cursor)
            return unsafe cursor.pointer - (base + used)
        }
        precondition(written <= bound, "a text is longer than its bound")
        removeLast(bound + TextSlot.overhang - written)
    }
}

extension TextSlot {
    /// How many bytes behind a slot's place of writing are touched at most.
    @inlinable public static var overhang: Int { 48 }
}
