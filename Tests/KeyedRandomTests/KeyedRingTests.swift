import KeyedRandom
import Testing

@Suite("Choices among members")
struct KeyedRingTests {
    private typealias Entry = (member: UInt32, key: RandomKey, points: Int)

    /// No member has this number, so nobody is passed over.
    private let nobody = UInt32.max
    private let root = RandomKey(seed: 21)

    private func entries(_ members: Range<UInt32>, points: Int = 8) -> [Entry] {
        members.map { (member: $0, key: root.key(UInt64($0)), points: points) }
    }

    private var draws: [UInt64] {
        let key = root.key("draws")
        return (UInt64(0)..<4_000).map { key.draw($0) }
    }

    @Test("A draw goes to the first point at or after it, and round the end to the very first")
    func firstPoint() {
        let entries = entries(0..<12, points: 3)
        let ring = KeyedRing(entries)
        var points: [(place: UInt64, member: UInt32)] = []
        for entry in entries { for point in UInt64(0)..<3 { points.append((entry.key.draw(point), entry.member)) } }
        points.sort { $0.place < $1.place }
        for (index, point) in points.enumerated() {
            let next = points[(index + 1) % points.count].member
            #expect(ring.member(at: point.place, excluding: nobody) == point.member)
            #expect(ring.member(at: point.place + 1, excluding: nobody) == next)
        }
        #expect(ring.member(at: 0, excluding: nobody) == points.first?.member)
        #expect(ring.member(at: .max, excluding: nobody) == points.first?.member)
    }

    @Test("Rings of any size find the point that a search through all points finds", arguments: [1, 2, 3, 7, 64, 500])
    func sizes(members: UInt32) {
        let entries = entries(0..<members, points: 5)
        let ring = KeyedRing(entries)
        let points = entries.flatMap { entry in
            (UInt64(0)..<5).map { (place: entry.key.draw($0), member: entry.member) }
        }.sorted { $0.place < $1.place }
        // The places themselves and their neighbours are where ranges of the ring begin and end.
        let edges = points.prefix(200).flatMap { [$0.place &- 1, $0.place, $0.place &+ 1] }
        for draw in draws.prefix(400) + edges + [0, .max, 1 << 63] {
            let expected = points.first { $0.place >= draw } ?? points[0]
            ring.prefetchStart(of: draw)
            ring.prefetchPoints(of: draw)
            #expect(ring.member(at: draw, excluding: nobody) == expected.member)
        }
    }

    @Test("The order in which members are given does not matter")
    func orderOfMembers() {
        let ring = KeyedRing(entries(0..<12))
        let other = KeyedRing(entries(0..<12).reversed())
        for draw in draws { #expect(ring.member(at: draw, excluding: 3) == other.member(at: draw, excluding: 3)) }
    }

    @Test(
        "A newcomer takes its share of the draws, and none moves between two old members", arguments: [3, UInt32.max])
    func newcomer(excluded: UInt32) {
        let before = KeyedRing(entries(0..<9))
        let after = KeyedRing(entries(0..<10))
        var losers: Set<UInt32?> = []
        var moved = 0
        for draw in draws {
            let old = before.member(at: draw, excluding: excluded)
            let new = after.member(at: draw, excluding: excluded)
            if new != old {
                #expect(new == 9)
                losers.insert(old)
                moved += 1
            }
        }
        // A tenth of the draws but for where its eight points fall.
        #expect((150...800).contains(moved), "\(moved)")
        #expect(losers.count >= 3)
    }

    @Test("The one passed over gets nothing, and all other draws stay")
    func exclusion() {
        let ring = KeyedRing(entries(0..<10))
        var freed = 0
        for draw in draws {
            let usual = ring.member(at: draw, excluding: nobody)
            let other = ring.member(at: draw, excluding: 4)
            #expect(other != nil && other != 4)
            if usual == 4 { freed += 1 } else { #expect(other == usual) }
        }
        #expect(freed > 0)
    }

    @Test("Passing over the last point of the ring goes on at its beginning")
    func exclusionAtTheEnd() throws {
        let ring = KeyedRing(entries(0..<2, points: 1))
        let places = entries(0..<2, points: 1).map { $0.key.draw(0) }
        let last: UInt32 = places[0] > places[1] ? 0 : 1
        #expect(ring.member(at: max(places[0], places[1]), excluding: last) == 1 - last)
        #expect(ring.member(at: .max, excluding: 1 - last) == last)
    }

    /// With p points a member's share deviates by about one part in sqrt(p); five deviations of 2,000 points.
    @Test("Members are chosen in proportion to their points")
    func weights() {
        let points = [2_000, 4_000, 8_000]
        let ring = KeyedRing(
            points.enumerated().map {
                (member: UInt32($0.offset), key: root.key(UInt64($0.offset)), points: $0.element)
            })
        var counts = [0, 0, 0]
        let draws = 14_000
        // An even grid of draws measures the ring itself.
        for step in 0..<UInt64(draws) {
            if let member = ring.member(at: step * (UInt64.max / UInt64(draws)), excluding: nobody) {
                counts[Int(member)] += 1
            }
        }
        for (count, expected) in zip(counts, points) {
            #expect(abs(count - expected) <= expected / 9, "\(counts)")
        }
        #expect(counts.reduce(0, +) == draws)
    }

    @Test("Where nobody else is, nobody is chosen")
    func empty() {
        let ring = KeyedRing([])
        #expect(ring.isEmpty)
        #expect(ring.member(at: 5, excluding: nobody) == nil)
        let weightless = KeyedRing(entries(0..<3, points: 0))
        #expect(weightless.isEmpty)
        #expect(weightless.member(at: 5, excluding: nobody) == nil)
        let alone = KeyedRing(entries(7..<8))
        #expect(!alone.isEmpty)
        #expect(alone.member(at: 5, excluding: 7) == nil)
        #expect(alone.member(at: 5, excluding: nobody) == 7)
        #expect(alone.member(at: .max, excluding: nobody) == 7)
    }
}
