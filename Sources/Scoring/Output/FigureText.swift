import ByteText
import SimTime

/// Figures of a score as text for people; `-` where one is not defined.
enum FigureText {
    /// A ratio in percent with one decimal.
    static func percent(_ ratio: Double?) -> String { ratio.map { fixed($0 * 100) + "%" } ?? "-" }

    /// A number with one decimal.
    static func tenths(_ value: Double?) -> String {
        guard let value, value.magnitude < 1e14 else { return "-" }
        return fixed(value)
    }

    /// A number with four decimals at most.
    static func number(_ value: Double) -> String {
        value.magnitude < 1e14 ? DecimalText.shortest(rounded(value, scale: 10_000), decimals: 4) : "\(value)"
    }

    /// A duration to the second, or to the millisecond when shorter.
    static func duration(_ span: TimeSpan?) -> String {
        guard let span else { return "-" }
        let unit: TimeSpan = span < .seconds(1) ? .milliseconds(1) : .seconds(1)
        return TimeSpan(nanoseconds: span.nanoseconds - span.nanoseconds % unit.nanoseconds).text
    }

    private static func fixed(_ value: Double) -> String { DecimalText.fixed(rounded(value, scale: 10), decimals: 1) }

    private static func rounded(_ value: Double, scale: Double) -> Int64 { Int64((value * scale).rounded()) }
}

extension JSONNumber {
    /// A figure with four decimals at most; nil where it is not defined, or no number.
    init?(figure value: Double?) {
        guard let value, value.isFinite else { return nil }
        self.init(FigureText.number(value))
    }

    /// Seconds with three decimals at most, the rest cut off; nil where there are none.
    init?(seconds span: TimeSpan?) {
        guard let span else { return nil }
        self.init(shortest: span.nanoseconds / 1_000_000, decimals: 3)
    }
}
