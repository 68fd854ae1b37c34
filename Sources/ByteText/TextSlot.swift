/// A short text of at most 47 bytes, ready to be copied: addresses above all.
///
/// The copy is always 16 or 48 bytes, whatever the length, so it is a store or three and no call. The cursor's block
/// needs 48 bytes of space behind the place of writing.
public struct TextSlot: Sendable, BitwiseCopyable {
    @usableFromInline var a: SIMD16<UInt8> = .zero
    @usableFromInline var b: SIMD16<UInt8> = .zero
    @usableFromInline var c: SIMD16<UInt8> = .zero

    /// The most bytes that a slot holds.
    public static let capacity = 47

    /// Makes a slot of a text; what is longer than `capacity` is a programmer's error.
    public init(_ text: String) {
        let bytes = Array(text.utf8)
        precondition(bytes.count <= TextSlot.capacity, "a text slot holds 47 bytes")
        for (index, byte) in bytes.enumerated() {
            if index < 16 { a[index] = byte } else if index < 32 { b[index - 16] = byte } else { c[index - 32] = byte }
        }
        c[15] = UInt8(bytes.count)
    }

    /// The text's length in bytes.
    @inlinable @inline(__always)
    public var count: Int { Int(c[15]) }
}

extension ByteCursor {
    /// Copies a slot's text.
    @inlinable @inline(__always)
    public mutating func put(_ slot: TextSlot) {
        let raw = unsafe UnsafeMutableRawPointer(pointer)
        unsafe raw.storeBytes(of: slot.a, as: SIMD16<UInt8>.self)
        let count = slot.count
        if count > 16 {
            unsafe (raw + 16).storeBytes(of: slot.b, as: SIMD16<UInt8>.self)
            unsafe (raw + 32).storeBytes(of: slot.c, as: SIMD16<UInt8>.self)
        }
        unsafe pointer += count
    }
}

extension ByteCursor {
    /// Copies a short slot's text; needs space for 16 bytes.
    @inlinable @inline(__always)
    public mutating func put(_ slot: ShortSlot) {
        unsafe storeEight(slot.low, at: pointer)
        unsafe storeEight(slot.high, at: pointer + 8)
        unsafe pointer += 16 &- slot.high.leadingZeroBitCount / 8
    }
}
