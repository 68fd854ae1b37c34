/// A place in a block of memory where the next byte of text goes.
///
/// It is a value: each `put` takes a cursor and gives the one behind what it wrote, so the position stays in a register.
/// A cursor checks nothing. Whoever makes one vouches that the block is large enough for all that will be put, by one
/// comparison a record against a constant upper bound (see `FlowRecordEncoder.bound`).
public struct ByteCursor: @unchecked Sendable {
    /// Where the next byte goes.
    public var pointer: UnsafeMutablePointer<UInt8>

    /// Makes a cursor at `pointer`.
    @inlinable
    public init(_ pointer: UnsafeMutablePointer<UInt8>) {
        self.pointer = pointer
    }

    /// Writes one byte.
    @inlinable @inline(__always)
    public mutating func put(_ byte: UInt8) {
        pointer.pointee = byte
        pointer += 1
    }

    /// Writes a literal.
    @inlinable @inline(__always)
    public mutating func put(_ literal: StaticString) {
        let count = literal.utf8CodeUnitCount
        UnsafeMutableRawPointer(pointer).copyMemory(from: literal.utf8Start, byteCount: count)
        pointer += count
    }

    /// Copies bytes.
    @inlinable @inline(__always)
    public mutating func put(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress else { return }
        UnsafeMutableRawPointer(pointer).copyMemory(from: base, byteCount: bytes.count)
        pointer += bytes.count
    }

    /// Copies the UTF-8 of a string as it stands.
    ///
    /// It has a label, since a bare literal would otherwise be taken for a `String` and not for a `StaticString`.
    @inlinable
    public mutating func put(utf8 text: String) {
        var text = text
        text.withUTF8 { put(UnsafeRawBufferPointer($0)) }
    }

    /// Writes an unsigned integer in decimal.
    @inlinable @inline(__always)
    public mutating func putDecimal(_ value: UInt64) {
        if value < 10 {
            put(UInt8(truncatingIfNeeded: value) | 48)
            return
        }
        if value < 100 {
            putTwoDigits(UInt32(truncatingIfNeeded: value))
            return
        }
        putLongDecimal(value)
    }

    /// Writes an integer of three or more digits, two digits at a time from the end.
    @inlinable
    mutating func putLongDecimal(_ value: UInt64) {
        let count = digitCount(value)
        var end = pointer + count
        pointer = end
        var rest = value
        while rest > UInt64(UInt32.max) {
            let quotient = rest / 100
            end -= 2
            storeTwoDigits(UInt32(truncatingIfNeeded: rest &- quotient &* 100), at: end)
            rest = quotient
        }
        var small = UInt32(truncatingIfNeeded: rest)
        while small >= 100 {
            let quotient = small / 100
            end -= 2
            storeTwoDigits(small &- quotient &* 100, at: end)
            small = quotient
        }
        if small >= 10 {
            storeTwoDigits(small, at: end - 2)
        } else {
            end[-1] = UInt8(truncatingIfNeeded: small) | 48
        }
    }

    /// Writes a number below 100 with two digits.
    @inlinable @inline(__always)
    public mutating func putTwoDigits(_ value: UInt32) {
        storeTwoDigits(value, at: pointer)
        pointer += 2
    }
}

@inlinable @inline(__always)
func storeTwoDigits(_ value: UInt32, at target: UnsafeMutablePointer<UInt8>) {
    let pair = twoDigits.utf8Start + Int(truncatingIfNeeded: value &* 2)
    target[0] = pair[0]
    target[1] = pair[1]
}

/// How many decimal digits `value` has.
@inlinable
func digitCount(_ value: UInt64) -> Int {
    var count = 1
    var limit: UInt64 = 10
    while value >= limit {
        count += 1
        if count == 20 { break }
        limit &*= 10
    }
    return count
}

/// "00" to "99", two bytes each: in the read-only part of the program, so no lazy global is touched.
@inlinable var twoDigits: StaticString {
    "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"
}
