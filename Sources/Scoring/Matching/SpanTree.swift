/// Which spans of a list, sorted by their starts, are present and how late they end.
///
/// A segment tree over the ends: asking for the last present span before a position that ends at or after a time, and
/// adding or removing a span, take as many steps as the logarithm of the list's length.
struct SpanTree {
    private let leaves: Int
    /// The greatest end of the leaves below each node; node 1 is the root.
    private var greatest: [Int64]

    /// No time is as early: what is absent ends then.
    private static let absent = Int64.min

    /// Makes a tree of that many spans, none present.
    init(count: Int) {
        var leaves = 1
        while leaves < count { leaves *= 2 }
        self.leaves = leaves
        greatest = Array(repeating: SpanTree.absent, count: 2 * leaves)
    }

    /// Makes a span present, ending then.
    mutating func insert(_ position: Int, end: Int64) { set(position, end) }

    /// Takes a span out; nothing happens where it is not in.
    mutating func remove(_ position: Int) { set(position, SpanTree.absent) }

    private mutating func set(_ position: Int, _ end: Int64) {
        var node = leaves + position
        greatest[node] = end
        node /= 2
        while node > 0 {
            let value = max(greatest[2 * node], greatest[2 * node + 1])
            if greatest[node] == value { return }
            greatest[node] = value
            node /= 2
        }
    }

    /// The last present position before `limit` whose span ends at `time` or later.
    func last(before limit: Int, endingFrom time: Int64) -> Int? {
        guard limit > 0 else { return nil }
        // Walks up from the limit to the nearest subtree on the left that has such a span, then down its right side.
        var node = leaves + limit - 1
        if limit > leaves { return nil }
        if greatest[node] < time || greatest[node] == SpanTree.absent {
            while true {
                while node > 1, node % 2 == 0 { node /= 2 }
                if node <= 1 { return nil }
                node -= 1
                if greatest[node] >= time, greatest[node] != SpanTree.absent { break }
            }
        }
        while node < leaves {
            let right = 2 * node + 1
            node = greatest[right] >= time && greatest[right] != SpanTree.absent ? right : 2 * node
        }
        return node - leaves
    }
}
