import ByteText

/// A string of a record: where it lies, and whether its bytes are its value.
struct CheckedText: Sendable, BitwiseCopyable {
    var token: JSONToken?

    static let empty = CheckedText(token: nil)

    var contents: Range<Int> { token?.contents ?? 0..<0 }

    /// Adds the text's value to a hash.
    func add(to hash: inout IdentityHash, _ bytes: UnsafeRawBufferPointer) {
        guard let token, token.hasEscapes else {
            return unsafe hash.add(utf8: UnsafeRawBufferPointer(rebasing: bytes[contents]))
        }
        unsafe hash.add(JSONScanner(bytes).text(token))
    }
}
