import TailnetModel

/// For any address, the row of bits of the ranges that hold it.
///
/// All ends of ranges cut the addresses into intervals; each interval has a row, found by bisection.
struct AddressIndex: Sendable {
    private let starts: [IPAddress]
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
        rows = BitRows(bits: bits)
        var current = BitRows(bits: bits)
        _ = current.append()
        // How many ranges that hold the current address set each bit.
        var counts = [Int32](repeating: 0, count: bits)
        for edge in edges {
            if edge.address != starts.last {
                rows.append(current, 0)
                starts.append(edge.address)
            }
            for part in ranges[edge.range].bits.parts {
                for bit in part {
                    counts[bit] += edge.begins ? 1 : -1
                    if edge.begins && counts[bit] == 1 { current.set(bit, in: 0) }
                    if !edge.begins && counts[bit] == 0 { current.clear(bit, in: 0) }
                }
            }
        }
        rows.append(current, 0)
        self.starts = starts
    }

    /// The row of an address.
    func row(_ address: IPAddress) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= address { low = middle } else { high = middle }
        }
        return low
    }
}
