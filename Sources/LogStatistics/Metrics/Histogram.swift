/// Counts of whole numbers in classes that grow with them: exact below 64, within 1.6 % above.
///
/// Memory does not grow with what is added. Sums, least and largest are exact.
public struct Histogram: Sendable {
    private var classes = [UInt64](repeating: 0, count: 64 + 58 * 64)
    /// How many numbers were added.
    public private(set) var count: UInt64 = 0
    public private(set) var smallest = UInt64.max
    public private(set) var largest: UInt64 = 0
    private var sum: Double = 0

    /// Makes an empty histogram.
    public init() {}

    /// Adds a number.
    @inline(__always)
    public mutating func add(_ value: UInt64) {
        classes[Histogram.index(value)] &+= 1
        count &+= 1
        sum += Double(value)
        if value < smallest { smallest = value }
        if value > largest { largest = value }
    }

    @inline(__always)
    private static func index(_ value: UInt64) -> Int {
        if value < 64 { return Int(value) }
        let shift = 57 - value.leadingZeroBitCount
        return 64 + shift * 64 + Int(truncatingIfNeeded: value >> UInt64(shift)) - 64
    }

    /// The middle of a class.
    private static func value(_ index: Int) -> Double {
        if index < 64 { return Double(index) }
        let shift = (index - 64) / 64
        let low = UInt64(64 + (index - 64) % 64) << UInt64(shift)
        return Double(low) + Double((UInt64(1) << UInt64(shift)) - 1) / 2
    }

    /// The mean; 0 of nothing.
    public var mean: Double { count == 0 ? 0 : sum / Double(count) }

    /// The number below which a share of all numbers lies, as close as the classes tell; 0 of nothing.
    ///
    /// - Parameter share: from 0 to 1.
    public func quantile(_ share: Double) -> Double {
        guard count > 0 else { return 0 }
        let wanted = UInt64((share * Double(count - 1)).rounded()) + 1
        if wanted >= count { return Double(largest) }
        var seen: UInt64 = 0
        for index in classes.indices where classes[index] > 0 {
            seen += classes[index]
            if seen >= wanted {
                return min(max(Histogram.value(index), Double(smallest)), Double(largest))
            }
        }
        return Double(largest)
    }
}
