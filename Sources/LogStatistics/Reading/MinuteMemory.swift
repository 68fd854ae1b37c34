import ByteText
import SimTime

/// The minute of the last timestamp that was read in one role: nearly all timestamps fall into the one before it.
struct MinuteMemory {
    /// The text `YYYY-MM-DDTHH:MM` as two numbers.
    private var text: (UInt64, UInt64) = (0, 0)
    private var nanoseconds: Int64 = 0

    /// Takes a timestamp in UTC whose fraction is trimmed, and the closing quote; gives nanoseconds since 1970.
    @inline(__always)
    mutating func take(_ cursor: inout TextCursor, _ text: Span<UInt8>) -> Int64? {
        let begin = cursor.place
        guard text.count - begin >= 21 else { return nil }
        let minute = (text.word(at: begin), text.word(at: begin + 8))
        if minute != self.text {
            guard let found = MinuteMemory.minute(text.extracting(begin..<begin + 16)) else { return nil }
            nanoseconds = found
            self.text = minute
        }
        let tens = text[begin + 17] &- 48
        let ones = text[begin + 18] &- 48
        guard text[begin + 16] == UInt8(ascii: ":"), tens < 6, ones < 10 else { return nil }
        cursor.place = begin + 19
        var fraction: Int64 = 0
        if cursor.take(UInt8(ascii: "."), text) {
            var digits = 0
            while true {
                let digit = cursor.peek(text) &- 48
                guard digit < 10 else { break }
                fraction = fraction &* 10 &+ Int64(digit)
                digits += 1
                cursor.place += 1
                guard digits <= 9 else { return nil }
            }
            guard digits > 0, text[cursor.place - 1] != UInt8(ascii: "0") else { return nil }
            fraction = fraction &* MinuteMemory.scale(digits)
        }
        guard cursor.take("Z\"", text) else { return nil }
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
    private static func minute(_ text: Span<UInt8>) -> Int64? {
        let timestamp = text.text + ":00Z"
        guard let instant = Instant(rfc3339: timestamp), instant.rfc3339 == timestamp else { return nil }
        return instant.nanoseconds
    }
}
