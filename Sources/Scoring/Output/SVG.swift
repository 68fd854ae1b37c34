/// Numbers in drawings.
enum SVG {
    /// A coordinate with two decimals at most.
    static func number(_ value: Double) -> String {
        let hundredths = Int((value.magnitude * 100).rounded())
        let sign = value < 0 && hundredths > 0 ? "-" : ""
        let rest = hundredths % 100
        return rest == 0
            ? "\(sign)\(hundredths / 100)" : "\(sign)\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
