import Foundation
import KeyedRandom
import LogStatistics
import Testing

/// Even numbers between 0 and 1, neither end included: the draws of a key.
func evenDraws(_ count: Int, _ name: String) -> [Double] {
    let key = RandomKey(seed: 5).key(name)
    return (0..<count).map { (Double(key.draw(UInt64($0)) >> 11) + 0.5) / Double(1 << 53) }
}

@Suite("Estimators find the laws that numbers were drawn from")
struct EstimatorTests {
    @Test("The slope of a straight line")
    func slope() throws {
        let points = (0..<20).map { (x: Double($0), y: 3 - 0.25 * Double($0)) }
        #expect(abs(try #require(Estimators.slope(points)) + 0.25) < 1e-12)
        #expect(Estimators.slope([(x: 1, y: 1)]) == nil)
        #expect(Estimators.slope([(x: 1, y: 1), (x: 1, y: 2)]) == nil)
    }

    @Test("Hill's estimate of a Pareto law's index", arguments: [0.8, 1.2, 2.0])
    func tailIndex(_ index: Double) throws {
        let values = evenDraws(50_000, "pareto").map { pow($0, -1 / index) }
        let estimate = try #require(Estimators.tailIndex(values, top: 2_000))
        // The estimate's standard error is index / sqrt(2000).
        #expect(abs(estimate / index - 1) < 0.08, "\(estimate)")
        #expect(Estimators.tailIndex([1, 2, 3], top: 2) == nil)
    }

    @Test("Zipf's exponent from counts", arguments: [0.7, 1.0, 1.5])
    func zipf(_ exponent: Double) throws {
        let counts = (1...200).map { (1e6 * pow(Double($0), -exponent)).rounded() }
        #expect(abs(try #require(Estimators.zipfExponent(counts.reversed())) - exponent) < 0.01)
        #expect(Estimators.zipfExponent([3, 2, 1]) == nil)
    }

    @Test("A series without memory has Hurst's exponent one half, sums of it nearly one")
    func hurst() throws {
        let noise = evenDraws(1 << 14, "noise")
        #expect(abs(try #require(Estimators.hurst(noise)) - 0.5) < 0.06)
        var sum = 0.0
        let walk = noise.map { draw -> Double in
            sum += draw - 0.5
            return sum
        }
        #expect(try #require(Estimators.hurst(walk)) > 0.9)
        #expect(Estimators.hurst([1, 2, 3]) == nil)
    }

    @Test("The Kolmogorov-Smirnov distance of even numbers from evenness is small, from another law large")
    func distance() {
        let even = evenDraws(20_000, "even")
        #expect(Estimators.kolmogorovSmirnov(even) { min(1, max(0, $0)) } < 0.0115)
        #expect(Estimators.kolmogorovSmirnov(even) { min(1, max(0, $0 * $0)) } > 0.2)
    }

    @Test("Dispersion, autocorrelation and entropy of plain cases")
    func plainCases() throws {
        #expect(Estimators.dispersion([4, 4, 4]) == 0)
        #expect(Estimators.dispersion([0, 8]) == 8)
        #expect(Estimators.dispersion([0, 0]) == nil)
        let wave = (0..<240).map { sin(Double($0) * 2 * .pi / 24) }
        #expect(try #require(Estimators.autocorrelation(wave, lag: 24)) > 0.99)
        #expect(try #require(Estimators.autocorrelation(wave, lag: 12)) < -0.99)
        #expect(Estimators.autocorrelation([1, 1, 1, 1], lag: 1) == nil)
        #expect(Estimators.entropy([5, 5, 5, 5]) == 2)
        #expect(Estimators.entropy([7, 0]) == 0)
    }

    @Test("A histogram is exact for small numbers and near for large ones")
    func histogram() {
        var histogram = Histogram()
        for value in 1...1_000_000 where value % 10 == 0 { histogram.add(UInt64(value)) }
        #expect(histogram.count == 100_000)
        #expect(histogram.smallest == 10 && histogram.largest == 1_000_000)
        #expect(histogram.mean == 500_005)
        for share in [0.01, 0.5, 0.99] {
            #expect(abs(histogram.quantile(share) / (share * 1e6) - 1) < 0.016, "\(share)")
        }
        #expect(histogram.quantile(1) == 1_000_000)
        var small = Histogram()
        for value in [3, 3, 5, 60] { small.add(UInt64(value)) }
        #expect(small.quantile(0.5) == 3 || small.quantile(0.5) == 5)
        #expect(small.quantile(1) == 60)
        var extremes = Histogram()
        extremes.add(0)
        extremes.add(.max)
        #expect(extremes.quantile(0) == 0)
        #expect(extremes.quantile(1) == Double(UInt64.max))
    }
}
