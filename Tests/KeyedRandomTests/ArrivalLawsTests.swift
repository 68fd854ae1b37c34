import KeyedRandom
import Testing

@Suite("Kept laws of arrivals")
struct ArrivalLawsTests {
    /// One walk takes a mean of 16 at most; what is larger is the sum of several.
    private static let longestWalk: UInt64 = 16 << 16

    private static let means: [UInt64] = [
        0, 1, 655, 32_768, 5 << 16, longestWalk - 1, longestWalk, longestWalk + 1, 2 * longestWalk - 1,
        2 * longestWalk, 2 * longestWalk + 1, 40 << 16, 1_000 << 16,
    ]

    private let key = RandomKey(seed: 31).key("arrivals")

    @Test("They give the counts that the distribution gives, for means below, at and above the longest walk")
    func counts() {
        var laws = ArrivalLaws()
        // In turn, so that a law is found again after others.
        for index in UInt64(0)..<300 {
            for mean in Self.means {
                let draw = key.draw(index)
                #expect(laws.count(mean: mean, draw: draw) == Poisson.count(mean: mean, draw: draw), "mean \(mean)")
            }
        }
        for mean in Self.means {
            for draw in [0, 1, UInt64.max - 1, .max] as [UInt64] {
                #expect(laws.count(mean: mean, draw: draw) == Poisson.count(mean: mean, draw: draw), "mean \(mean)")
            }
        }
    }

    @Test("More means than are kept give the same counts")
    func manyMeans() {
        var laws = ArrivalLaws()
        for mean in UInt64(1)...1_200 {
            let draw = key.draw(mean)
            #expect(laws.count(mean: mean * 997, draw: draw) == Poisson.count(mean: mean * 997, draw: draw))
        }
    }
}
