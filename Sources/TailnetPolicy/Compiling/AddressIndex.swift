import TailnetModel

/// For any address, the row of bits of the ranges that hold it.
///
/// All ends of ranges cut the addresses into intervals; each interval has a row, found by bisection. Intervals in which no
/// range lies, or those of one rule alone, share theirs.
struct AddressIndex: Sendable {
    private let starts: [IPAddress]
    /// The row of each interval.
    private let rowOf: [Int32]
    private(set) var rows: BitRows

    /// A place where ranges begin or end to hold addresses.
    private struct Edge {
        var address: IPAddress
        var range: Int
        var begins: Bool
    }

    /// Makes the index of ranges, each of which sets some bits.
    ///
    /// A row is made from the one before it, so that ranges may overlap as they like.
    init(_ ranges: [(range: AddressRange, bits: BitRanges)], bits: Int) {
        var edges: [Edge] = []
        edges.reserveCapacity(2 * ranges.count)
        for (index, item) in ranges.enumerated() {
            edges.append(Edge(address: item.range.first, range: index, begins: true))
            if let end = item.range.last.successor { edges.append(Edge(address: end, range: index, begins: false)) }
        }
        edges.sort { $0.address < $1.address }
        var starts = [IPAddress(ipv4: 0)]
        var rowOf: [Int32] = []
        rows = BitRows(bits: bits)
        var current = BitRows(bits: bits)
        _ = current.append()
        let groups = BitGroups(ranges.map(\.bits), bits: bits)
        // How many ranges that hold the current address set each group of bits.
        var counts = [Int32](repeating: 0, count: groups.count)
        // The groups that are set now: how many, and the sum of their numbers.
        var held = (count: 0, sum: 0)
        var known = [Int32](repeating: -1, count: groups.count + 1)
        func row(_ rows: inout BitRows) -> Int32 {
            let place = held.count == 0 ? groups.count : held.count == 1 ? held.sum : nil
            if let place, known[place] >= 0 { return known[place] }
            let new = Int32(rows.append(current, 0))
            if let place { known[place] = new }
            return new
        }
        for edge in edges {
            if edge.address != starts.last {
                rowOf.append(row(&rows))
                starts.append(edge.address)
            }
            for part in ranges[edge.range].bits.parts {
                for group in groups.groups(of: part) {
                    counts[group] += edge.begins ? 1 : -1
                    if edge.begins && counts[group] == 1 {
                        current.set(groups.bits(of: group), in: 0)
                        held = (held.count + 1, held.sum + group)
                    }
                    if !edge.begins && counts[group] == 0 {
                        current.clear(groups.bits(of: group), in: 0)
                        held = (held.count - 1, held.sum - group)
                    }
                }
            }
        }
        rowOf.append(row(&rows))
        self.starts = starts
        self.rowOf = rowOf
    }

    /// The row of an address.
    func row(_ address: IPAddress) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= address { low = middle } else { high = middle }
        }
        return Int(rowOf[low])
    }
}

/// Bits that all ranges set together: those of a rule, as a rule has its sources in common.
private struct BitGroups {
    /// The first bit of each group, and behind them the end of the last.
    private var starts: [Int] = []
    /// The group of each bit at which one begins; the others have none.
    private var groupAt: [Int32]

    init(_ all: [BitRanges], bits: Int) {
        var isStart = [Bool](repeating: false, count: bits + 1)
        isStart[0] = true
        isStart[bits] = true
        for ranges in all {
            for part in ranges.parts {
                isStart[part.lowerBound] = true
                isStart[part.upperBound] = true
            }
        }
        groupAt = [Int32](repeating: -1, count: bits + 1)
        for bit in isStart.indices where isStart[bit] {
            groupAt[bit] = Int32(starts.count)
            starts.append(bit)
        }
    }

    var count: Int { starts.count - 1 }

    /// The groups of bits that one of the ranges has as a part.
    func groups(of part: Range<Int>) -> Range<Int> { Int(groupAt[part.lowerBound])..<Int(groupAt[part.upperBound]) }

    func bits(of group: Int) -> Range<Int> { starts[group]..<starts[group + 1] }
}
