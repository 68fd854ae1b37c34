/// Durations as Go reads and writes them: `1h30m`, `500ms`, `-1m0s`.
struct GoDuration: Hashable, Sendable {
    var nanoseconds: Int64

    private static let units: [(String, Int64)] = [
        ("ns", 1), ("us", 1_000), ("\u{B5}s", 1_000), ("\u{3BC}s", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000),
        ("m", 60_000_000_000), ("h", 3_600_000_000_000),
    ]

    init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// Reads a duration; throws Go's complaint where it is none.
    init(_ text: String) throws(PolicyMessage) {
        let invalid = PolicyMessage("time: invalid duration \(text.quoted)")
        var rest = Substring(text)
        let isNegative = rest.hasPrefix("-")
        if isNegative || rest.hasPrefix("+") { rest = rest.dropFirst() }
        nanoseconds = 0
        if rest == "0" { return }
        if rest.isEmpty { throw invalid }
        while !rest.isEmpty {
            let whole = rest.prefix { ("0"..."9").contains($0) }
            rest = rest.dropFirst(whole.count)
            var fraction: Substring = ""
            if rest.hasPrefix(".") {
                rest = rest.dropFirst()
                fraction = rest.prefix { ("0"..."9").contains($0) }
                rest = rest.dropFirst(fraction.count)
            }
            if whole.isEmpty && fraction.isEmpty { throw invalid }
            let unit = String(rest.prefix { $0 != "." && !("0"..."9").contains($0) })
            rest = rest.dropFirst(unit.count)
            if unit.isEmpty { throw PolicyMessage("time: missing unit in duration \(text.quoted)") }
            guard let scale = GoDuration.units.first(where: { $0.0 == unit })?.1 else {
                throw PolicyMessage("time: unknown unit \(unit.quoted) in duration \(text.quoted)")
            }
            guard let part = GoDuration.value(whole, fraction, scale) else { throw invalid }
            let (sum, overflow) = nanoseconds.addingReportingOverflow(part)
            if overflow { throw invalid }
            nanoseconds = sum
        }
        if isNegative { nanoseconds = -nanoseconds }
    }

    private static func value(_ whole: Substring, _ fraction: Substring, _ scale: Int64) -> Int64? {
        guard let count = whole.isEmpty ? 0 : Int64(whole) else { return nil }
        let (product, overflow) = count.multipliedReportingOverflow(by: scale)
        if overflow { return nil }
        var rest: Int64 = 0
        var place = scale
        for digit in fraction.prefix(13) {
            // The place shrinks to nothing before the digits of the longest unit are used up.
            rest += place * Int64(digit.wholeNumberValue ?? 0) / 10
            place /= 10
        }
        let (sum, overflow2) = product.addingReportingOverflow(rest)
        return overflow2 ? nil : sum
    }

    /// The text as Go prints it: `200h0m0s`, `1m30s`, `1.5s`, `500ms`, `0s`.
    var text: String {
        let sign = nanoseconds < 0 ? "-" : ""
        let total = nanoseconds.magnitude
        if total == 0 { return "0s" }
        if total < 1_000 { return "\(sign)\(total)ns" }
        if total < 1_000_000 { return "\(sign)\(GoDuration.decimal(total, 1_000))\u{B5}s" }
        if total < 1_000_000_000 { return "\(sign)\(GoDuration.decimal(total, 1_000_000))ms" }
        let minutes = total / 60_000_000_000
        let seconds = GoDuration.decimal(total % 60_000_000_000, 1_000_000_000) + "s"
        if minutes == 0 { return sign + seconds }
        if minutes < 60 { return "\(sign)\(minutes)m\(seconds)" }
        return "\(sign)\(minutes / 60)h\(minutes % 60)m\(seconds)"
    }

    /// A quotient as a decimal fraction without trailing zeros.
    private static func decimal(_ value: UInt64, _ unit: UInt64) -> String {
        let rest = value % unit
        if rest == 0 { return "\(value / unit)" }
        var digits = String(String(unit + rest).dropFirst())
        while digits.hasSuffix("0") { digits.removeLast() }
        return "\(value / unit).\(digits)"
    }
}
