import SimTime

/// A date and time as an alert writes it, before anybody has asked whether there is such a day.
struct CivilTime {
    var year = 1970
    var month = 1
    var day = 1
    var hour = 0
    var minute = 0
    var second = 0
    var nanosecond: Int64 = 0
    /// How far the clock is ahead of UTC.
    var offsetMinutes = 0

    /// Seconds since 1970; nil where the calendar or the clock has no such time.
    var secondsSinceEpoch: Int64? {
        let date = CivilDate(year: year, month: month, day: day)
        guard date.isValid, (0...9_999).contains(year), (0..<24).contains(hour), (0..<60).contains(minute),
            (0..<60).contains(second), abs(offsetMinutes) < 24 * 60
        else { return nil }
        return date.daysSinceEpoch * 86_400 + Int64(hour * 3_600 + minute * 60 + second - offsetMinutes * 60)
    }
}

/// Reads a time from left to right.
struct TimeCursor {
    private let bytes: [UInt8]
    private(set) var offset = 0

    /// Takes a text without blanks around it; each other blank, also one that does not break, is a space.
    init(_ text: String) {
        let text = text.trimmed
        guard !text.utf8.allSatisfy({ (0x20..<0x80).contains($0) }) else {
            bytes = Array(text.utf8)
            return
        }
        let scalars = text.unicodeScalars.map { $0.isBlank ? " " : $0 }
        bytes = Array(String(String.UnicodeScalarView(scalars)).utf8)
    }

    var isAtEnd: Bool { offset == bytes.count }

    /// The next byte; 0 at the end.
    var next: UInt8 { offset < bytes.count ? bytes[offset] : 0 }

    mutating func take(_ character: Unicode.Scalar) -> Bool { take(byte: UInt8(ascii: character)) }

    mutating func take(byte: UInt8) -> Bool {
        guard next == byte, !isAtEnd else { return false }
        offset += 1
        return true
    }

    mutating func skipBlanks() { while next == 0x20 { offset += 1 } }

    /// The number of so many digits.
    mutating func number(digits: ClosedRange<Int>) -> Int? {
        var value = 0
        var count = 0
        while count < digits.upperBound, (48...57).contains(next) {
            value = value * 10 + Int(next - 48)
            offset += 1
            count += 1
        }
        return digits.contains(count) ? value : nil
    }

    /// The digits of a fraction of a second, in nanoseconds; what is finer is left out.
    mutating func fraction() -> Int64? {
        guard (48...57).contains(next) else { return nil }
        var value: Int64 = 0
        var place: Int64 = 100_000_000
        while (48...57).contains(next) {
            value += Int64(next - 48) * place
            place /= 10
            offset += 1
        }
        return value
    }

    /// The letters that come next.
    mutating func word() -> String {
        let start = offset
        while (0x61...0x7A).contains(next | 0x20) { offset += 1 }
        return String(decoding: bytes[start..<offset].map { $0 | 0x20 }, as: UTF8.self)
    }

    /// The place in a list of the name that comes next, written out or as its first three letters, counted from 1.
    mutating func name(of names: [String]) -> Int? {
        let word = word()
        guard word.utf8.count >= 3 else { return nil }
        return names.firstIndex { $0 == word || ($0.hasPrefix(word) && word.utf8.count == 3) }.map { $0 + 1 }
    }

    /// An offset from UTC in minutes: `Z`, `UTC`, `GMT`, `+01`, `+0100`, `+01:00`.
    mutating func zone() -> Int? {
        if ["z", "utc", "gmt"].contains(zoneName()) { return 0 }
        let sign: Int
        if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
        guard let hours = number(digits: 2...2) else { return nil }
        let hasColon = take(":")
        guard hasColon || (48...57).contains(next) else { return sign * hours * 60 }
        guard let minutes = number(digits: 2...2), minutes < 60 else { return nil }
        return sign * (hours * 60 + minutes)
    }

    /// Takes the name of a zone, if there is one.
    private mutating func zoneName() -> String {
        let start = offset
        let word = word()
        if word.isEmpty || ["z", "utc", "gmt"].contains(word) { return word }
        offset = start
        return word
    }
}
