/// Writes numbers for reports, by integers alone: the same value reads the same everywhere.
package enum DecimalText {
    /// `numerator * scale / denominator` with that many decimals, rounded half up; none is negative.
    package static func ratio(_ numerator: Int, _ denominator: Int, scale: Int, decimals: Int) -> String {
        guard denominator > 0 else { return fixed(0, decimals: decimals) }
        let scaled = (0..<decimals).reduce(Int128(numerator) * Int128(scale)) { value, _ in value * 10 }
        return fixed(Int(clamping: (scaled * 2 + Int128(denominator)) / (Int128(denominator) * 2)), decimals: decimals)
    }

    /// `value` moved right by that many decimals: 12345 with three is 12.345.
    package static func fixed(_ value: Int, decimals: Int) -> String {
        guard decimals > 0 else { return String(value) }
        var digits = String(value)
        if digits.count <= decimals { digits = String(repeating: "0", count: decimals + 1 - digits.count) + digits }
        return "\(digits.dropLast(decimals)).\(digits.suffix(decimals))"
    }

    /// A whole number with a comma before each three digits.
    package static func grouped(_ value: Int) -> String {
        var text = ""
        let digits = String(value)
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return text
    }
}
