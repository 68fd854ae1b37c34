import SystemFiles

/// Estimates of the laws behind numbers; all are deterministic functions of what they are given.
public enum Estimators {
    /// The slope of the straight line through points, by least squares; nil for fewer than two distinct x.
    public static func slope(_ points: [(x: Double, y: Double)]) -> Double? {
        let count = Double(points.count)
        guard points.count >= 2 else { return nil }
        let meanX = points.reduce(0) { $0 + $1.x } / count
        let meanY = points.reduce(0) { $0 + $1.y } / count
        let spread = points.reduce(0) { $0 + ($1.x - meanX) * ($1.x - meanX) }
        guard spread > 0 else { return nil }
        return points.reduce(0) { $0 + ($1.x - meanX) * ($1.y - meanY) } / spread
    }

    /// Hill's estimate of the tail index: P(X > x) falls as x to the minus index; nil for too few numbers.
    ///
    /// - Parameter top: how many of the largest numbers the estimate is made from.
    public static func tailIndex(_ values: [Double], top: Int) -> Double? {
        guard top >= 10, values.count > top else { return nil }
        let sorted = values.sorted(by: >)
        let edge = sorted[top]
        guard edge > 0 else { return nil }
        let mean = sorted[..<top].reduce(0) { $0 + Mathematics.log($1 / edge) } / Double(top)
        return mean > 0 ? 1 / mean : nil
    }

    /// The exponent of Zipf's law: how steeply counts fall with their rank, as a positive number.
    ///
    /// The line goes through ranks that are evenly spaced in their logarithm, so that the many rare ones do not outweigh
    /// the popular; those that share the last hundredth of all counts are left out.
    ///
    /// - Parameter counts: in any order; zeros are left out.
    public static func zipfExponent(_ counts: [Double]) -> Double? {
        let sorted = counts.filter { $0 > 0 }.sorted(by: >)
        let all = sorted.reduce(0, +)
        var points: [(x: Double, y: Double)] = []
        var seen = 0.0
        var next = 1.0
        for (index, count) in sorted.enumerated() where seen < all * 0.99 {
            seen += count
            guard Double(index + 1) >= next else { continue }
            points.append((x: Mathematics.log(Double(index + 1)), y: Mathematics.log(count)))
            next = max(next * 1.2, Double(index + 2))
        }
        return points.count >= 5 ? slope(points).map { -$0 } : nil
    }

    /// Hurst's exponent by aggregated variance: how the variance of means of `m` neighbours falls with `m`.
    ///
    /// 0.5 is a series without memory. Blocks are from `shortest` on, doubling, up to a 32nd of the series.
    public static func hurst(_ series: [Double], shortest: Int = 2) -> Double? {
        var points: [(x: Double, y: Double)] = []
        var block = shortest
        while block <= series.count / 32 {
            let means = stride(from: 0, through: series.count - block, by: block).map { first in
                series[first..<first + block].reduce(0, +) / Double(block)
            }
            let center = means.reduce(0, +) / Double(means.count)
            let variance = means.reduce(0) { $0 + ($1 - center) * ($1 - center) } / Double(means.count - 1)
            if variance > 0 { points.append((x: Mathematics.log(Double(block)), y: Mathematics.log(variance))) }
            block *= 2
        }
        guard points.count >= 3, let slope = slope(points) else { return nil }
        return 1 + slope / 2
    }

    /// The largest distance between the share of numbers up to x and the law's share, over all x.
    ///
    /// - Parameter law: the distribution function: the share of numbers that are at most x.
    public static func kolmogorovSmirnov(_ values: [Double], law: (Double) -> Double) -> Double {
        let sorted = values.sorted()
        let count = Double(sorted.count)
        var largest = 0.0
        var index = 0
        while index < sorted.count {
            let value = sorted[index]
            var next = index
            while next < sorted.count && sorted[next] == value { next += 1 }
            let expected = law(value)
            largest = max(largest, abs(Double(next) / count - expected))
            index = next
        }
        return largest
    }

    /// Variance over mean of counts: 1 for independent arrivals at a steady rate.
    public static func dispersion(_ counts: [Double]) -> Double? {
        guard counts.count >= 2 else { return nil }
        let mean = counts.reduce(0, +) / Double(counts.count)
        guard mean > 0 else { return nil }
        return counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(counts.count - 1) / mean
    }

    /// How much a series is like itself some steps later: from -1 to 1.
    public static func autocorrelation(_ series: [Double], lag: Int) -> Double? {
        guard lag >= 0, series.count > lag + 1 else { return nil }
        let mean = series.reduce(0, +) / Double(series.count)
        let variance = series.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        guard variance > 0 else { return nil }
        var sum = 0.0
        for index in 0..<series.count - lag { sum += (series[index] - mean) * (series[index + lag] - mean) }
        // Each lag has fewer pairs than the one before it; as many as the whole series has are counted.
        return sum / variance * Double(series.count) / Double(series.count - lag)
    }

    /// The entropy of a text in bits for each byte, from how often each byte value occurs.
    public static func entropy(_ counts: [UInt64]) -> Double {
        let total = Double(counts.reduce(0, +))
        guard total > 0 else { return 0 }
        return counts.reduce(0) { sum, count in
            guard count > 0 else { return sum }
            let share = Double(count) / total
            return sum - share * Mathematics.log2(share)
        }
    }
}
