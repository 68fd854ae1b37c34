import SimTime

/// The minute of the last timestamp that was read in one role: nearly all timestamps fall into the one before it.
struct MinuteMemory {
    private var text: SIMD16<UInt8> = .zero
    private var nanoseconds: Int64 = 0

    /// Takes a timestamp in UTC whose fraction is trimmed, and the closing quote; gives nanoseconds since 1970.
    @inline(__always)
    mutating func take(_ cursor: inout TextCursor) -> Int64? {
        let begin = cursor.place
        guard cursor.end - begin >= 21 else { return nil }
        let minute = UnsafeRawPointer(begin).loadUnaligned(as: SIMD16<UInt8>.self)
        if minute != text {
            guard let found = MinuteMemory.minute(begin) else { return nil }
            nanoseconds = found
            text = minute
        }
        let tens = begin[17] &- 48
        let ones = begin[18] &- 48
        guard begin[16] == UInt8(ascii: ":"), tens < 6, ones < 10 else { return nil }
        cursor.place = begin + 19
        var fraction: Int64 = 0
        if cursor.take(UInt8(ascii: ".")) {
            var digits = 0
            while true {
                let digit = cursor.peek &- 48
                guard digit < 10 else { break }
                fraction = fraction &* 10 &+ Int64(digit)
                digits += 1
                cursor.place += 1
                guard digits <= 9 else { return nil }
            }
            guard digits > 0, cursor.place[-1] != UInt8(ascii: "0") else { return nil }
            fraction = fraction &* MinuteMemory.scale(digits)
        }
        guard cursor.take("Z\"") else { return nil }
        return nanoseconds + Int64(tens * 10 + ones) * 1_000_000_000 + fraction
    }

    /// 10^(9 - digits).
    @inline(__always)
    private static func scale(_ digits: Int) -> Int64 {
        var factor: Int64 = 1
        var rest = 9 - digits
        while rest > 0 {
            factor &*= 10
            rest -= 1
        }
        return factor
    }

    /// The beginning of the minute that the text `YYYY-MM-DDTHH:MM` names.
    @inline(never)
    private static func minute(_ begin: UnsafePointer<UInt8>) -> Int64? {
        let text = Array(UnsafeBufferPointer(start: begin, count: 16)) + Array(":00Z".utf8)
        guard let instant = text.withUnsafeBytes({ Instant(rfc3339: $0) }),
            Array(instant.rfc3339.utf8) == text
        else { return nil }
        return instant.nanoseconds
    }
}
