import Foundation
import KeyedRandom
import LogStatistics
import Testing

/// A law as profiles declare them: log-normal, with a Pareto tail from the last 64th on.
struct DeclaredLaw: Sendable, CustomTestStringConvertible {
    var name: String
    var median: UInt64
    /// The standard deviation of log2(x), in thousandths.
    var spread: Int
    /// The Pareto exponent, in thousandths.
    var tailIndex: Int
    var limit: UInt64

    var testDescription: String { name }

    var table: Quantiles { Quantiles(median: median, spread: spread, tailIndex: tailIndex, limit: limit) }

    /// Where the tail begins: at the standard normal quantile of 63/64.
    var edge: Double { Double(median) * exp2(2.153_874_694 * Double(spread) / 1_000) }

    /// The share of draws that are at most `value`, by the law's formula.
    func share(_ value: Double) -> Double {
        guard value < Double(limit) else { return 1 }
        if value > edge { return 1 - pow(value / edge, -Double(tailIndex) / 1_000) / 64 }
        let z = log2(value / Double(median)) / (Double(spread) / 1_000)
        return 0.5 * erfc(-z / 2.0.squareRoot())
    }
}

/// The sizes in bytes and durations in milliseconds that traffic profiles declare, the small ones left out, whose
/// rounding to whole numbers is no matter of the law.
private let laws = [
    DeclaredLaw(name: "web response", median: 14_000, spread: 2_200, tailIndex: 1_200, limit: 1 << 33),
    DeclaredLaw(name: "web request", median: 1_400, spread: 1_300, tailIndex: 1_300, limit: 1 << 31),
    DeclaredLaw(name: "database request", median: 2_400, spread: 1_700, tailIndex: 1_300, limit: 1 << 31),
    DeclaredLaw(name: "backup", median: 48_000_000, spread: 1_900, tailIndex: 1_300, limit: 1 << 31),
    DeclaredLaw(name: "download", median: 5_000_000, spread: 2_300, tailIndex: 1_200, limit: 1 << 33),
    DeclaredLaw(name: "ssh duration", median: 45_000, spread: 2_400, tailIndex: 1_100, limit: 600_000),
    DeclaredLaw(name: "long duration", median: 1_200_000, spread: 1_200, tailIndex: 1_500, limit: 21_000_000),
]

@Suite("Draws follow the laws that are declared")
struct LawTests {
    private static let draws = 40_000

    private func values(_ law: DeclaredLaw) -> [Double] {
        let key = RandomKey(seed: 3).key(law.name)
        let table = law.table
        return (0..<Self.draws).map { Double(table.value(key.draw(UInt64($0)))) }
    }

    @Test("Sizes and durations, by Kolmogorov and Smirnov", arguments: laws)
    func sizes(_ law: DeclaredLaw) {
        let distance = Estimators.kolmogorovSmirnov(values(law), law: law.share)
        // 1.63 / sqrt(n) is passed once in a hundred; the tables' own steps may add a thousandth.
        #expect(distance < 1.63 / Double(Self.draws).squareRoot() + 0.001, "\(distance)")
    }

    /// Where the limit comes soon after the edge there is no tail to speak of.
    @Test("Tails fall as their index says", arguments: laws.filter { $0.edge * 100 < Double($0.limit) })
    func tails(_ law: DeclaredLaw) throws {
        let top = Self.draws / 64
        let estimate = try #require(Estimators.tailIndex(values(law), top: top))
        let declared = Double(law.tailIndex) / 1_000
        // Three standard errors.
        #expect(abs(estimate - declared) < 3 * declared / Double(top).squareRoot(), "\(estimate)")
    }

    /// The weight of rank r among n is 24 / (1 + 23 r / n): one over the rank, but for a flat head of n / 23.
    @Test("Popularity on a ring falls by Zipf's law with exponent one behind a flat head")
    func popularity() throws {
        let root = RandomKey(seed: 9).key("ring")
        // Points as 24 / u for an even u, as traffic patterns weigh their targets.
        let ring = KeyedRing(
            (0..<300).map { index in
                let key = root.key(UInt64(index))
                let points = 24_000 / (1_000 + Int(key.draw(1 << 40, below: 23_000))) + 1
                return (UInt32(index), key, points * 4)
            })
        var counts = [Double](repeating: 0, count: 300)
        let draws = RandomKey(seed: 9).key("draws")
        for index in 0..<200_000 {
            let member = try #require(ring.member(at: draws.draw(UInt64(index)), excluding: .max))
            counts[Int(member)] += 1
        }
        let points = counts.sorted(by: >).enumerated().map { rank, count in
            (x: log(Double(rank) + 0.5 + 300.0 / 23), y: log(count))
        }
        let slope = try #require(Estimators.slope(points))
        #expect(abs(slope + 1) < 0.15, "\(slope)")
    }

    @Test("Arrivals are those of Poisson: as much variance as mean", arguments: [0.2, 3.0, 25.0])
    func arrivals(_ mean: Double) throws {
        let key = RandomKey(seed: 21).key("arrivals")
        let counts = (0..<20_000).map { Double(Poisson.count(mean: UInt64(mean * 65_536), draw: key.draw(UInt64($0)))) }
        let average = counts.reduce(0, +) / Double(counts.count)
        #expect(abs(average - mean) < 4 * (mean / Double(counts.count)).squareRoot() + mean * 0.002, "\(average)")
        let dispersion = try #require(Estimators.dispersion(counts))
        // The standard error of the dispersion is sqrt(2 / n).
        #expect(abs(dispersion - 1) < 0.04, "\(dispersion)")
    }
}
