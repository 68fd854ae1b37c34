/// The text of one whole minute of UTC, kept from one timestamp to the next.
///
/// Records come about in order of time, so nearly every timestamp falls into the minute of the one before it. (A second
/// would be too short: `start` and `end` of records that are ordered by `logged` go back and forth by some seconds.) Keep
/// one cache for each role all the same, so that they do not evict each other at every change of the minute.
public struct StampCache: Sendable, BitwiseCopyable {
    /// Nanoseconds between the epoch and the beginning of the cached minute.
    @usableFromInline var minuteStart: Int64 = 0
    /// The text `YYYY-MM-DDTHH:MM`.
    @usableFromInline var minute: SIMD16<UInt8> = .zero

    @usableFromInline static var minuteLength: UInt64 { 60_000_000_000 }

    /// The most bytes that a timestamp takes: `2026-08-01T09:00:12.381552917Z`.
    public static let bound = 30

    /// Makes a cache that holds the first minute of 1970.
    public init() {
        load(nanoseconds: 0)
    }

    /// Takes the minute that holds the instant, also where it lies before 1970.
    @usableFromInline
    @inline(never)
    mutating func load(nanoseconds: Int64) {
        let minutes = floorQuotient(nanoseconds, Int64(StampCache.minuteLength))
        // Wraps in the very first minute of the range, and unwraps when the rest is taken.
        minuteStart = minutes &* Int64(StampCache.minuteLength)
        let days = floorQuotient(minutes, 1_440)
        let rest = UInt32(truncatingIfNeeded: minutes - days * 1_440)
        let date = civilDate(daysSinceEpoch: days)
        var text: SIMD16<UInt8> = .zero
        func pair(_ value: UInt32, at index: Int) {
            text[index] = UInt8(truncatingIfNeeded: value / 10) | 48
            text[index + 1] = UInt8(truncatingIfNeeded: value % 10) | 48
        }
        pair(date.year / 100, at: 0)
        pair(date.year % 100, at: 2)
        text[4] = UInt8(ascii: "-")
        pair(date.month, at: 5)
        text[7] = UInt8(ascii: "-")
        pair(date.day, at: 8)
        text[10] = UInt8(ascii: "T")
        pair(rest / 60, at: 11)
        text[13] = UInt8(ascii: ":")
        pair(rest % 60, at: 14)
        minute = text
    }
}

extension ByteCursor {
    /// Writes an instant, given in nanoseconds since 1970, as Go's RFC3339Nano in UTC: zeros at the end of the fraction
    /// are dropped, and so is the point before an empty one.
    @inlinable @inline(__always)
    public mutating func putTimestamp(nanoseconds: Int64, _ cache: inout StampCache) {
        var rest = UInt64(bitPattern: nanoseconds &- cache.minuteStart)
        if rest >= StampCache.minuteLength {
            cache.load(nanoseconds: nanoseconds)
            rest = UInt64(bitPattern: nanoseconds &- cache.minuteStart)
        }
        let second = rest / 1_000_000_000
        let fraction = rest &- second &* 1_000_000_000
        unsafe UnsafeMutableRawPointer(pointer).storeBytes(of: cache.minute, as: SIMD16<UInt8>.self)
        unsafe pointer[16] = UInt8(ascii: ":")
        unsafe storeTwoDigits(UInt32(truncatingIfNeeded: second), at: pointer + 17)
        if fraction == 0 {
            unsafe pointer += 19
        } else {
            unsafe pointer[19] = UInt8(ascii: ".")
            unsafe pointer += 20
            putFraction(UInt32(truncatingIfNeeded: fraction))
        }
        put(UInt8(ascii: "Z"))
    }

    /// Writes a fraction of a second, in nanoseconds and not 0, without the zeros at its end.
    @inlinable @inline(__always)
    mutating func putFraction(_ nanoseconds: UInt32) {
        let first = nanoseconds / 100_000_000
        let digits = eightDigits(UInt64(nanoseconds &- first &* 100_000_000))
        unsafe pointer[0] = UInt8(truncatingIfNeeded: first) | 48
        unsafe storeEight(digits | 0x3030_3030_3030_3030, at: pointer + 1)
        unsafe pointer += 9 &- digits.leadingZeroBitCount / 8
    }

    /// Writes milliseconds since 1970 as a decimal number of seconds, without zeros at the end of the fraction.
    ///
    /// Takes at most `secondsBound` bytes.
    @inlinable
    public mutating func putSeconds(milliseconds: Int64) {
        if milliseconds < 0 { put(UInt8(ascii: "-")) }
        let magnitude = milliseconds.magnitude
        let seconds = magnitude / 1_000
        putDecimal(seconds)
        let rest = UInt32(truncatingIfNeeded: magnitude &- seconds &* 1_000)
        if rest == 0 { return }
        put(UInt8(ascii: "."))
        unsafe pointer[0] = UInt8(truncatingIfNeeded: rest / 100) | 48
        unsafe storeTwoDigits(rest % 100, at: pointer + 1)
        unsafe pointer += 3
        while unsafe pointer[-1] == 48 { unsafe pointer -= 1 }
    }

    /// The most bytes that `putSeconds` writes.
    @inlinable public static var secondsBound: Int { 24 }
}

/// The quotient rounded down; `divisor` is positive.
private func floorQuotient(_ value: Int64, _ divisor: Int64) -> Int64 {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
}

/// The day of the Gregorian calendar, for the years that nanoseconds in 64 bits reach (1677 to 2262).
///
/// Years begin in March here, so that the leap day comes last. This module imports nothing, hence no `CivilDate`.
private func civilDate(daysSinceEpoch days: Int64) -> (year: UInt32, month: UInt32, day: UInt32) {
    let shifted = UInt32(truncatingIfNeeded: days + 719_468)
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
}
