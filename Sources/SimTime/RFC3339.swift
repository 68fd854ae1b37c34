extension Instant {
    /// Reads an RFC 3339 timestamp (`2026-08-01T09:00:12.381552917Z`, `…+02:00`).
    ///
    /// Takes any number of fractional digits up to nine and any offset. Gives nil for everything else, also for days
    /// that do not exist, leap seconds, and years outside 1678 to 2261.
    public init?(rfc3339 text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard let parsed = unsafe bytes.withUnsafeBytes({ unsafe Instant(rfc3339: $0) }) else {
            return nil
        }
        self = parsed
    }

    /// Reads an RFC 3339 timestamp from its bytes, as `init(rfc3339:)` does, without allocation.
    ///
    /// The bytes are read during the call alone, each behind a check against their count.
    public init?(rfc3339 bytes: UnsafeRawBufferPointer) {
        func digits(_ from: Int, _ count: Int) -> Int? {
            var value = 0
            for index in from..<from + count {
                guard index < bytes.count, unsafe (48...57).contains(bytes[index]) else { return nil }
                value = unsafe value * 10 + Int(bytes[index] - 48)
            }
            return value
        }
        func byte(_ index: Int) -> UInt8 { index < bytes.count ? unsafe bytes[index] : 0 }
        guard let year = digits(0, 4), byte(4) == 45, let month = digits(5, 2), byte(7) == 45,
            let day = digits(8, 2), byte(10) == 84 || byte(10) == 116, let hour = digits(11, 2), byte(13) == 58,
            let minute = digits(14, 2), byte(16) == 58, let second = digits(17, 2),
            (1678...2261).contains(year), hour < 24, minute < 60, second < 60
        else { return nil }
        let date = CivilDate(year: year, month: month, day: day)
        guard date.isValid else { return nil }
        var index = 19
        var fraction: Int64 = 0
        if byte(index) == 46 {
            index += 1
            let first = index
            while (48...57).contains(byte(index)) {
                guard index - first < 9 else { return nil }
                fraction = fraction * 10 + Int64(byte(index) - 48)
                index += 1
            }
            guard index > first else { return nil }
            for _ in index - first..<9 { fraction *= 10 }
        }
        var offset = 0
        switch byte(index) {
        case 90, 122: index += 1
        case 43, 45:
            guard let hours = digits(index + 1, 2), byte(index + 3) == 58, let minutes = digits(index + 4, 2),
                hours < 24, minutes < 60
            else { return nil }
            offset = (hours * 3_600 + minutes * 60) * (byte(index) == 43 ? 1 : -1)
            index += 6
        default: return nil
        }
        guard index == bytes.count else { return nil }
        let seconds = date.daysSinceEpoch * 86_400 + Int64(hour * 3_600 + minute * 60 + second - offset)
        self.init(nanoseconds: seconds * 1_000_000_000 + fraction)
    }

    /// The timestamp in UTC as Go's RFC3339Nano writes it: trailing zeros of the fraction are dropped.
    ///
    /// For messages and small documents; records are written by `ByteText`.
    public var rfc3339: String {
        let seconds = floorQuotient(by: 1_000_000_000)
        // The whole seconds alone may lie before the first instant.
        let fraction = nanoseconds &- seconds &* 1_000_000_000
        let days = daysSinceEpoch
        let date = CivilDate(daysSinceEpoch: days)
        let rest = Int(seconds - days * 86_400)
        func padded(_ value: Int, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        var text = "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))T"
        text += "\(padded(rest / 3_600, 2)):\(padded(rest / 60 % 60, 2)):\(padded(rest % 60, 2))"
        if fraction > 0 {
            var digits = padded(Int(fraction), 9)
            while digits.last == "0" { digits.removeLast() }
            text += "." + digits
        }
        return text + "Z"
    }
}
