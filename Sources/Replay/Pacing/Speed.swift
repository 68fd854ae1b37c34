/// A multiple of simulated time, as a fraction in lowest terms.
public struct Speed: Sendable, Hashable, CustomStringConvertible {
    /// Simulated seconds in `denominator` real seconds.
    public let numerator: Int
    /// Real seconds in which `numerator` simulated seconds pass.
    public let denominator: Int

    /// Makes the speed numerator/denominator; both are positive.
    public init(numerator: Int, denominator: Int = 1) {
        precondition(numerator > 0 && denominator > 0, "a speed is a fraction of positive numbers")
        var (a, b) = (numerator, denominator)
        while b != 0 { (a, b) = (b, a % b) }
        self.numerator = numerator / a
        self.denominator = denominator / a
    }

    /// The speed as `60x`, or as `1/2x` where it is no whole number.
    public var description: String { denominator == 1 ? "\(numerator)x" : "\(numerator)/\(denominator)x" }
}
