import SimTime
import TailnetModel

extension TextRule {
    /// Whether the text follows the rule: the same as `pattern`, by hand.
    func accepts(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        switch self {
        case .line, .title:
            return !bytes.isEmpty && bytes.allSatisfy { $0 >= 32 }
        case .label:
            return (1...63).contains(bytes.count) && bytes.first != 45 && bytes.last != 45
                && bytes.allSatisfy { isLower($0) || isDigit($0) || $0 == 45 }
        case .tag:
            guard text.hasPrefix("tag:"), let first = bytes.dropFirst(4).first, isLower(first | 32) else {
                return false
            }
            return bytes.dropFirst(5).allSatisfy { isLower($0 | 32) || isDigit($0) || $0 == 45 }
        case .prefix:
            return IPPrefix(text) != nil
        case .login:
            let parts = text.split(separator: "@", omittingEmptySubsequences: false)
            return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && !text.contains(where: \.isWhitespace)
        case .organization:
            guard let first = bytes.first, let last = bytes.last else { return false }
            return isWord(first) && isWord(last)
                && bytes.allSatisfy { isWord($0) || [45, 46, 64, 95].contains($0) }
        case .date:
            return civilDay(text) != nil
        case .version:
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            return parts.count == 3 && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isDigit) }
        case .scopes:
            return text.split(separator: " ", omittingEmptySubsequences: false).allSatisfy { scope in
                scope.split(separator: ":", omittingEmptySubsequences: false).allSatisfy { word in
                    !word.isEmpty && word.utf8.allSatisfy { isLower($0) || $0 == 95 }
                }
            }
        }
    }
}

private func isLower(_ byte: UInt8) -> Bool { (97...122).contains(byte) }
private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
private func isWord(_ byte: UInt8) -> Bool { isLower(byte | 32) || isDigit(byte) }

/// A whole number as YAML writes it in decimal digits; `_` may part them.
func wholeNumber(_ text: String) -> Int? {
    guard let first = text.utf8.first, isDigit(first), text.utf8.allSatisfy({ isDigit($0) || $0 == 95 }) else {
        return nil
    }
    return Int(text.filter { $0 != "_" })
}

/// A decimal number in thousandths, from its digits: nothing is ever rounded.
func thousandths(_ text: String) -> Int? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = wholeNumber(String(parts[0])) else { return nil }
    var fraction = 0
    if parts.count == 2 {
        let digits = parts[1]
        guard (1...3).contains(digits.utf8.count), digits.utf8.allSatisfy(isDigit), let value = Int(digits) else {
            return nil
        }
        fraction = value
        for _ in digits.utf8.count..<3 { fraction *= 10 }
    }
    let product = whole.multipliedReportingOverflow(by: 1_000)
    let sum = product.partialValue.addingReportingOverflow(fraction)
    return product.overflow || sum.overflow ? nil : sum.partialValue
}

/// A percentage in thousandths: `10%` is 100.
func permille(_ text: String) -> Int? {
    guard text.hasSuffix("%"), let value = thousandths(String(text.dropLast())) else { return nil }
    return value % 100 == 0 && value <= 100_000 ? value / 100 : nil
}

/// The days since 1970-01-01 of a day such as `2026-12-25`.
func civilDay(_ text: String) -> Int64? {
    guard text.utf8.count == 10, let midnight = Instant(rfc3339: text + "T00:00:00Z") else { return nil }
    return midnight.daysSinceEpoch
}

/// A time after the start, or an RFC 3339 one.
func moment(_ text: String) -> Moment? {
    if text.hasPrefix("+"), let span = TimeSpan(parsing: text) { return .afterStart(span) }
    return Instant(rfc3339: text).map(Moment.absolute)
}

/// `08:30-17:30`, within one day.
func workingHours(_ text: String) -> FieldValue? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { timeOfDay($0) }
    guard ends.count == 2, let start = ends[0], let end = ends[1], start < end else { return nil }
    return .hours(start, end)
}

private func timeOfDay(_ text: Substring) -> TimeSpan? {
    let bytes = Array(text.utf8)
    guard bytes.count == 5, bytes[2] == 58, [0, 1, 3, 4].allSatisfy({ isDigit(bytes[$0]) }) else { return nil }
    let minutes =
        Int64(bytes[0] - 48) * 600 + Int64(bytes[1] - 48) * 60 + Int64(bytes[3] - 48) * 10 + Int64(bytes[4] - 48)
    guard bytes[3] < 54, minutes <= 24 * 60 else { return nil }
    return .minutes(minutes)
}
