/// The mark U+FEFF that some editors put in front of a text in UTF-8.
package enum ByteOrderMark {
    /// How many bytes of a text are the mark: three, or none.
    package static func length(in bytes: Span<UInt8>) -> Int {
        bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0
    }

    /// The bytes of a text without the mark.
    package static func dropped(from bytes: [UInt8]) -> [UInt8] {
        let length = length(in: bytes.span)
        return length > 0 ? Array(bytes.dropFirst(length)) : bytes
    }

    /// The bytes of a text without the mark.
    package static func dropped(from text: String) -> [UInt8] { dropped(from: Array(text.utf8)) }
}
