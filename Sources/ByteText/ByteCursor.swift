/// A place in a block of memory where the next byte of text goes.
///
/// It is a value: each `put` takes a cursor and gives the one behind what it wrote, so the position stays in a register.
/// A cursor checks nothing. Whoever makes one vouches that the block is large enough for all that will be put, by one
/// comparison a record against a constant upper bound (see `FlowRecordEncoder.bound`). So making one is unsafe, and
/// putting text is not.
@safe
public struct ByteCursor: @unchecked Sendable {
    /// Where the next byte goes.
    public var pointer: UnsafeMutablePointer<UInt8>

    /// Makes a cursor at `pointer`.
    @inlinable
    public init(_ pointer: UnsafeMutablePointer<UInt8>) {
        unsafe self.pointer = pointer
    }

    /// Writes one byte.
    @inlinable @inline(__always)
    public mutating func put(_ byte: UInt8) {
        unsafe pointer.pointee = byte
        unsafe pointer += 1
    }

    /// Writes a literal.
    @inlinable @inline(__always)
    public mutating func put(_ literal: StaticString) {
        let count = literal.utf8CodeUnitCount
        unsafe UnsafeMutableRawPointer(pointer).copyMemory(from: literal.utf8Start, byteCount: count)
        unsafe pointer += count
    }

    /// Copies bytes.
    @inlinable @inline(__always)
    public mutating func put(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress else { return }
        unsafe UnsafeMutableRawPointer(pointer).copyMemory(from: base, byteCount: bytes.count)
        unsafe pointer += bytes.count
    }

    /// Copies the UTF-8 of a string as it stands.
    ///
    /// It has a label, since a bare literal would otherwise be taken for a `String` and not for a `StaticString`.
    @inlinable
    public mutating func put(utf8 text: String) {
        var text = text
        text.withUTF8 { unsafe put(UnsafeRawBufferPointer($0)) }
    }

    /// Copies bytes `wideCopy` at a time: no call, and a short loop for texts of some hundred bytes.
    ///
    /// Reads and writes up to `wideCopy` - 1 bytes more than `count`: there must be memory behind both.
    @inlinable @inline(__always)
    public mutating func putWide(_ source: UnsafeRawPointer, count: Int) {
        let target = unsafe UnsafeMutableRawPointer(pointer)
        var done = 0
        while done < count {
            let piece = unsafe (source + done).loadUnaligned(as: SIMD32<UInt8>.self)
            unsafe (target + done).storeBytes(of: piece, as: SIMD32<UInt8>.self)
            done += ByteCursor.wideCopy
        }
        unsafe pointer += count
    }

    /// How many bytes `putWide` copies at a time.
    @inlinable public static var wideCopy: Int { 32 }

    /// Writes an unsigned integer in decimal; needs space for 8 bytes whatever the value.
    @inlinable @inline(__always)
    public mutating func putDecimal(_ value: UInt64) {
        if value < 10 {
            put(UInt8(truncatingIfNeeded: value) | 48)
            return
        }
        if value < 100_000_000 {
            let digits = eightDigits(value)
            let skipped = digits.trailingZeroBitCount & 56
            unsafe storeEight((digits | 0x3030_3030_3030_3030) >> UInt64(skipped), at: pointer)
            unsafe pointer += 8 &- skipped / 8
            return
        }
        putLongDecimal(value)
    }

    /// Writes an integer of nine or more digits.
    @inlinable
    mutating func putLongDecimal(_ value: UInt64) {
        let upper = value / 100_000_000
        putDecimal(upper)
        unsafe storeEight(eightDigits(value &- upper &* 100_000_000) | 0x3030_3030_3030_3030, at: pointer)
        unsafe pointer += 8
    }

    /// Writes a number below 100 with two digits.
    @inlinable @inline(__always)
    public mutating func putTwoDigits(_ value: UInt32) {
        unsafe storeTwoDigits(value, at: pointer)
        unsafe pointer += 2
    }
}

@inlinable @inline(__always)
func storeTwoDigits(_ value: UInt32, at target: UnsafeMutablePointer<UInt8>) {
    let pair = unsafe twoDigits.utf8Start + Int(truncatingIfNeeded: value &* 2)
    unsafe target[0] = pair[0]
    unsafe target[1] = pair[1]
}

/// The eight decimal digits of a number below 100,000,000 as bytes 0 to 9, the first digit in the lowest byte.
///
/// All digits at once in one register: halves of four digits, then pairs, then single ones, by multiplying instead of
/// dividing. No branch depends on the value.
@inlinable @inline(__always)
func eightDigits(_ value: UInt64) -> UInt64 {
    let upper = value / 10_000
    let halves = upper | (value &- upper &* 10_000) << 32
    let hundreds = ((halves &* 10_486) >> 20) & 0x7F_0000_007F
    let pairs = hundreds | (halves &- hundreds &* 100) << 16
    let tens = ((pairs &* 103) >> 10) & 0x000F_000F_000F_000F
    return tens | (pairs &- tens &* 10) << 8
}

/// Stores eight bytes, the lowest first.
@inlinable @inline(__always)
func storeEight(_ bytes: UInt64, at target: UnsafeMutablePointer<UInt8>) {
    unsafe UnsafeMutableRawPointer(target).storeBytes(of: bytes.littleEndian, as: UInt64.self)
}

/// "00" to "99", two bytes each: in the read-only part of the program, so no lazy global is touched.
@inlinable var twoDigits: StaticString {
    "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"
}
