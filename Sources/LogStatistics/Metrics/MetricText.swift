extension Metric.Unit {
    /// A value as a table shows it.
    func text(_ value: Double) -> String {
        switch self {
        case .count: grouped(Int(value.rounded()))
        case .bytes:
            if value < 100_000 {
                "\(grouped(Int(value.rounded()))) B"
            } else {
                value < 1e9 ? "\(fixed(value / 1e6, 2)) MB" : "\(fixed(value / 1e9, 2)) GB"
            }
        case .share: "\(fixed(value * 100, value != 0 && abs(value) < 0.01 ? 3 : 2)) %"
        case .seconds: "\(fixed(value, 3)) s"
        case .number: fixed(value, 3)
        }
    }
}

/// A number with so many decimals, rounded.
func fixed(_ value: Double, _ decimals: Int) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let whole = Int64((value * scale).rounded())
    var digits = String(whole.magnitude)
    if digits.count <= decimals { digits = String(repeating: "0", count: decimals + 1 - digits.count) + digits }
    let sign = whole < 0 ? "-" : ""
    return decimals == 0 ? sign + digits : "\(sign)\(digits.dropLast(decimals)).\(digits.suffix(decimals))"
}

/// A number for JSON: six significant decimals and no exponent that readers stumble over.
func number(_ value: Double) -> String {
    guard value.isFinite else { return "null" }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
    return fixed(value, 9)
}

/// A share with sign, in percent.
func signedPercent(_ share: Double) -> String { (share < 0 ? "" : "+") + fixed(share * 100, 1) + " %" }

/// A whole number with a comma between groups of three digits.
func grouped(_ value: Int) -> String {
    var digits = Array(String(value.magnitude))
    var place = digits.count - 3
    while place > 0 {
        digits.insert(",", at: place)
        place -= 3
    }
    return (value < 0 ? "-" : "") + String(digits)
}

func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
}

func padLeft(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
}

/// A text without the blanks at its end.
func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while text.last == " " { text.removeLast() }
    return String(text)
}

/// Counts as a row of bars, the tallest for the largest.
func bars(_ counts: [Int]) -> String {
    let steps = Array("▁▂▃▄▅▆▇█")
    let most = counts.max() ?? 0
    guard most > 0 else { return String(repeating: "·", count: counts.count) }
    return String(counts.map { $0 == 0 ? "·" : steps[min(steps.count - 1, $0 * steps.count / (most + 1))] })
}
