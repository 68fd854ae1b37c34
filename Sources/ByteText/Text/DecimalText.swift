/// Writes numbers with a fraction, by integers alone: the same value reads the same everywhere.
package enum DecimalText {
    /// `units` moved right by that many decimals, with all of them: 12500 with three is 12.500.
    package static func fixed(_ units: some BinaryInteger, decimals: Int) -> String {
        let sign = units < 0 ? "-" : ""
        var digits = String(units.magnitude)
        guard decimals > 0 else { return sign + digits }
        if digits.count <= decimals { digits = String(repeating: "0", count: decimals + 1 - digits.count) + digits }
        return "\(sign)\(digits.dropLast(decimals)).\(digits.suffix(decimals))"
    }

    /// `units` moved right by that many decimals, without zeros at the end: 12500 with three is 12.5.
    package static func shortest(_ units: some BinaryInteger, decimals: Int) -> String {
        var text = fixed(units, decimals: decimals)[...]
        guard decimals > 0 else { return String(text) }
        while text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return String(text)
    }

    /// `numerator * scale / denominator` with that many decimals, rounded half up; none is negative.
    package static func ratio(_ numerator: Int, _ denominator: Int, scale: Int, decimals: Int) -> String {
        guard denominator > 0 else { return fixed(0, decimals: decimals) }
        let scaled = (0..<decimals).reduce(Int128(numerator) * Int128(scale)) { value, _ in value * 10 }
        return fixed(Int(clamping: (scaled * 2 + Int128(denominator)) / (Int128(denominator) * 2)), decimals: decimals)
    }

    /// A whole number with a comma before each three digits.
    package static func grouped(_ value: some BinaryInteger) -> String {
        var text = value < 0 ? "-" : ""
        let digits = String(value.magnitude)
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return text
    }
}
