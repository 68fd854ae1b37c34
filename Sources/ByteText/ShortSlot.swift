/// A short text of 9 to 16 bytes, ready to be copied: an IPv4 address with the colon before its port.
///
/// A third of a `TextSlot`, so that more of a table of addresses fits into a cache. The last byte gives the length.
public struct ShortSlot: Sendable, BitwiseCopyable {
    @usableFromInline let low: UInt64
    @usableFromInline let high: UInt64

    /// Makes a slot of a text; any other length is a programmer's error, and so is a NUL at its end.
    public init(_ text: String) {
        let bytes = Array(text.utf8)
        precondition((9...16).contains(bytes.count) && bytes.last != 0, "a short slot holds 9 to 16 bytes")
        var low: UInt64 = 0
        var high: UInt64 = 0
        for (index, byte) in bytes.enumerated() {
            if index < 8 { low |= UInt64(byte) << (8 * index) } else { high |= UInt64(byte) << (8 * index - 64) }
        }
        self.low = low
        self.high = high
    }
}
