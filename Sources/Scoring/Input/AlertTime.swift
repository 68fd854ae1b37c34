import ByteText
import SimTime

/// Reads the times that detectors write.
enum AlertTime {
    /// The time of a text or number; nil where it is none.
    ///
    /// RFC 3339, also with a blank for the `T`, with an offset without colon, or with no offset, which then is UTC; or a
    /// number since 1970: of seconds below 10^11, of milliseconds below 10^14, of microseconds below 10^17, else of nanoseconds.
    static func instant(_ value: JSONValue) -> Instant? {
        switch value.content {
        case .number(let text): number(text)
        case .string(let text): Instant(rfc3339: text) ?? number(text) ?? lenient(text)
        case .null, .bool, .array, .object: nil
        }
    }

    private static func number(_ text: String) -> Instant? {
        if text.contains(where: { $0 == "e" || $0 == "E" }) {
            // An exponent is rare enough for a way that rounds.
            guard let value = Double(text), (0..<1e11).contains(value) else { return nil }
            return whole(Int64(value), "")
        }
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let count = Int64(parts[0]), count >= 0, !parts[0].hasPrefix("+") else { return nil }
        let fraction = parts.count > 1 ? String(parts[1]) : ""
        guard fraction.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return whole(count, fraction)
    }

    /// A count of the unit that its size tells, and the digits of a fraction of it.
    private static func whole(_ count: Int64, _ fraction: String) -> Instant? {
        let unit: Int64
        switch count {
        case ..<100_000_000_000: unit = 1_000_000_000
        case ..<100_000_000_000_000: unit = 1_000_000
        case ..<100_000_000_000_000_000: unit = 1_000
        default: unit = 1
        }
        let (nanoseconds, overflow) = count.multipliedReportingOverflow(by: unit)
        // Beyond 2261 nothing can be added any more.
        guard !overflow, nanoseconds < 9_200_000_000_000_000_000 else { return nil }
        var rest: Int64 = 0
        var place = unit / 10
        for digit in fraction.utf8 where place > 0 {
            rest += Int64(digit - 48) * place
            place /= 10
        }
        return Instant(nanoseconds: nanoseconds + rest)
    }

    private static func lenient(_ text: String) -> Instant? {
        var bytes = Array(text.utf8)
        guard bytes.count >= 19 else { return nil }
        if bytes[10] == UInt8(ascii: " ") { bytes[10] = UInt8(ascii: "T") }
        let zone = bytes[19...].lastIndex { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
        if let zone {
            if bytes.count - zone == 5 { bytes.insert(UInt8(ascii: ":"), at: zone + 3) }
        } else if bytes.last != UInt8(ascii: "Z"), bytes.last != UInt8(ascii: "z") {
            bytes.append(UInt8(ascii: "Z"))
        }
        return Instant(rfc3339: String(decoding: bytes, as: UTF8.self))
    }
}
