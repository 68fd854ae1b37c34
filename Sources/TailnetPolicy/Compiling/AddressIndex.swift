import TailnetModel

/// For any address, the row of bits of the ranges that hold it.
///
/// All ends of ranges cut the addresses into intervals; each interval has a row, found by bisection.
struct AddressIndex: Sendable {
    private let starts: [IPAddress]
    private(set) var rows: BitRows

    /// Makes the index of ranges, each of which sets some bits.
    init(_ ranges: [(range: AddressRange, bits: [Int])], bits: Int) {
        var ends: [IPAddress] = [IPAddress(ipv4: 0)]
        for (range, _) in ranges {
            ends.append(range.first)
            if let next = range.last.successor { ends.append(next) }
        }
        ends.sort()
        var starts: [IPAddress] = []
        for end in ends where end != starts.last { starts.append(end) }
        self.starts = starts
        rows = BitRows(bits: bits)
        for _ in starts { _ = rows.append() }
        for (range, bits) in ranges {
            var row = AddressIndex.interval(range.first, in: starts)
            while row < starts.count, starts[row] <= range.last {
                for bit in bits { rows.set(bit, in: row) }
                row += 1
            }
        }
    }

    /// The row of an address.
    func row(_ address: IPAddress) -> Int {
        AddressIndex.interval(address, in: starts)
    }

    private static func interval(_ address: IPAddress, in starts: [IPAddress]) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= address { low = middle } else { high = middle }
        }
        return low
    }
}
