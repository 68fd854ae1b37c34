/// The mark U+FEFF that some editors put in front of a text in UTF-8.
package enum ByteOrderMark {
    /// The bytes of a text without the mark.
    package static func dropped(from text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    }
}
