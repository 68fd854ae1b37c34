import ByteText
public import SimTime

/// Reads the times that detectors write.
public struct AlertTime: Sendable {
    /// The times that alerts may have: 1970 to 2199.
    ///
    /// Within it no sum or difference of times can overflow.
    public static let range = TimeWindow(start: Instant(seconds: 0), end: Instant(seconds: 7_258_118_400))

    /// What a value says about time.
    enum Reading {
        case time(Instant)
        /// A time that is not in `range`.
        case outside
        case none
    }

    /// Formats that are tried before those below.
    private let formats: [TimeFormat]

    private static let mail = ["%a, %d %b %Y %H:%M:%S %z", "%d %b %Y %H:%M:%S %z"].compactMap {
        TimeFormat(literal: $0)
    }

    init(formats: [TimeFormat] = []) { self.formats = formats }

    /// The time of a text or number.
    ///
    /// RFC 3339, also with a blank for the `T` and before the offset, without seconds, without separators, with an offset
    /// without colon or minutes, with `UTC` or `GMT`, or with no offset, which then is UTC; RFC 5322 (`Mon, 02 Mar 2026 11:01:30 +0000`); or a number since
    /// 1970: of seconds below 10^11, of milliseconds below 10^14, of microseconds below 10^17, else of nanoseconds.
    func reading(_ value: JSONValue) -> Reading {
        switch value.content {
        case .number(let text): custom(text) ?? AlertTime.number(text)
        case .string(let text):
            custom(text) ?? AlertTime.date(text) ?? AlertTime.first(AlertTime.mail, text)
                ?? AlertTime.number(AlertTime.count(in: text.trimmed))
        case .null, .bool, .array, .object: .none
        }
    }

    private func custom(_ text: String) -> Reading? { formats.isEmpty ? nil : AlertTime.first(formats, text) }

    private static func first(_ formats: [TimeFormat], _ text: String) -> Reading? {
        for format in formats {
            guard let (time, seconds) = format.read(text) else { continue }
            guard let seconds = seconds ?? time.secondsSinceEpoch else { continue }
            return instant(seconds, time.nanosecond)
        }
        return nil
    }

    private static func date(_ text: String) -> Reading? {
        var cursor = TimeCursor(text)
        guard let time = civil(&cursor), cursor.isAtEnd, let seconds = time.secondsSinceEpoch else { return nil }
        return instant(seconds, time.nanosecond)
    }

    /// `2026-03-02T11:01:30.5Z`, `20260302T110130Z` and what is like them; nil for anything else.
    private static func civil(_ cursor: inout TimeCursor) -> CivilTime? {
        var time = CivilTime()
        guard let year = cursor.number(digits: 4...4) else { return nil }
        let isBasic = (48...57).contains(cursor.next)
        let separator: Unicode.Scalar = cursor.next == UInt8(ascii: "/") ? "/" : "-"
        guard isBasic || cursor.take(separator), let month = cursor.number(digits: 2...2),
            isBasic || cursor.take(separator), let day = cursor.number(digits: 2...2)
        else { return nil }
        if !cursor.take("T"), !cursor.take("t") {
            guard cursor.next == 0x20, !isBasic else { return nil }
            cursor.skipBlanks()
        }
        guard let hour = cursor.number(digits: 2...2), isBasic || cursor.take(":"),
            let minute = cursor.number(digits: 2...2)
        else { return nil }
        (time.year, time.month, time.day, time.hour, time.minute) = (year, month, day, hour, minute)
        if isBasic || cursor.take(":") {
            guard let second = cursor.number(digits: 2...2) else { return nil }
            time.second = second
            if cursor.take(".") || cursor.take(",") {
                guard let fraction = cursor.fraction() else { return nil }
                time.nanosecond = fraction
            }
        }
        cursor.skipBlanks()
        if cursor.isAtEnd { return time }
        guard let offset = cursor.zone() else { return nil }
        time.offsetMinutes = offset
        // Go adds the zone's name to its offset.
        if cursor.next == 0x20 {
            cursor.skipBlanks()
            _ = cursor.word()
        }
        return time
    }

    /// The number of `/Date(1785574801000)/`, as PowerShell writes times; any other text as it is.
    private static func count(in text: String) -> String {
        guard text.hasPrefix("/Date("), text.hasSuffix(")/") else { return text }
        return String(text.dropFirst(6).dropLast(2))
    }

    private static func number(_ text: String) -> Reading {
        if text.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }) {
            // An exponent is rare enough for a way that rounds; `0x1e5` and `inf` are no numbers here.
            let isNumber = text.utf8.allSatisfy { (48...57).contains($0) || "+-.eE".utf8.contains($0) }
            guard isNumber, let value = Double(text) else { return .none }
            return (0..<1e11).contains(value) ? whole(Int64(value), "") : .outside
        }
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count > 1 ? String(parts[1]) : ""
        let digits = parts[0].hasPrefix("-") ? parts[0].dropFirst() : parts[0]
        let isDigit = { (byte: UInt8) in (48...57).contains(byte) }
        guard !digits.isEmpty, digits.utf8.allSatisfy(isDigit), fraction.utf8.allSatisfy(isDigit) else { return .none }
        guard let count = Int64(parts[0]), count >= 0 else { return .outside }
        return whole(count, fraction)
    }

    /// A count of the unit that its size tells, and the digits of a fraction of it.
    private static func whole(_ count: Int64, _ fraction: String) -> Reading {
        let unit: Int64
        switch count {
        case ..<100_000_000_000: unit = 1_000_000_000
        case ..<100_000_000_000_000: unit = 1_000_000
        case ..<100_000_000_000_000_000: unit = 1_000
        default: unit = 1
        }
        let inSecond = 1_000_000_000 / unit
        var rest: Int64 = 0
        var place = unit / 10
        for digit in fraction.utf8 where place > 0 {
            rest += Int64(digit - 48) * place
            place /= 10
        }
        return instant(count / inSecond, count % inSecond * unit + rest)
    }

    private static func instant(_ seconds: Int64, _ nanoseconds: Int64) -> Reading {
        let last = range.end.nanoseconds / 1_000_000_000
        guard (0..<last).contains(seconds) else { return .outside }
        return .time(Instant(nanoseconds: seconds * 1_000_000_000 + nanoseconds))
    }
}
