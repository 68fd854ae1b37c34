import ByteText

extension Metric.Unit {
    /// A value as a table shows it.
    func text(_ value: Double) -> String {
        switch self {
        case .count: DecimalText.grouped(Int(value.rounded()))
        case .bytes:
            if value < 100_000 {
                "\(DecimalText.grouped(Int(value.rounded()))) B"
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
    let scaled = (value * scale).rounded()
    return abs(scaled) < 0x1p63 ? DecimalText.fixed(Int64(scaled), decimals: decimals) : "\(value)"
}

/// A share with sign, in percent.
func signedPercent(_ share: Double) -> String { (share < 0 ? "" : "+") + fixed(share * 100, 1) + " %" }

/// Counts as a row of bars, the tallest for the largest.
func bars(_ counts: [Int]) -> String {
    let steps = Array("▁▂▃▄▅▆▇█")
    let most = counts.max() ?? 0
    guard most > 0 else { return String(repeating: "·", count: counts.count) }
    return String(counts.map { $0 == 0 ? "·" : steps[min(steps.count - 1, $0 * steps.count / (most + 1))] })
}

extension JSONNumber {
    /// A metric's value: whole, or with nine decimals and no exponent that readers stumble over; nil where it is no number.
    init?(metric value: Double?) {
        guard let value, value.isFinite else { return nil }
        if value == value.rounded(), abs(value) < 1e15 {
            self.init(fixed: Int64(value), decimals: 0)
        } else {
            self.init(fixed(value, 9))
        }
    }
}
