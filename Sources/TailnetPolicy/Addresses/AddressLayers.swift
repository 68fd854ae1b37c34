import TailnetModel

/// Addresses that are added and taken away, one layer over the other.
enum AddressLayers {
    /// Ranges that are added to what lies below, or taken away from it.
    struct Layer {
        var adds: Bool
        var ranges: [AddressRange]
    }

    /// What remains: in order, without overlaps, and with neighbouring ranges joined.
    ///
    /// The ends of all ranges cut the addresses into cells. From the last layer to the first, each cell gets its state
    /// from the first one that holds it, and is then skipped: the work grows with the ranges, not with their overlaps.
    static func union(_ layers: [Layer]) -> [AddressRange] {
        let cuts = cuts(layers)
        var isHeld = [Bool](repeating: false, count: cuts.count)
        // For each cell, a cell from which on the next one without a state is found.
        var next = Array(0...cuts.count)
        func undecided(from cell: Int) -> Int {
            var end = cell
            while next[end] != end { end = next[end] }
            var index = cell
            while next[index] != end { (index, next[index]) = (next[index], end) }
            return end
        }
        for layer in layers.reversed() {
            for range in layer.ranges {
                var cell = undecided(from: cuts.firstIndex(notBefore: range.first))
                while cell < cuts.count, cuts[cell] <= range.last {
                    isHeld[cell] = layer.adds
                    next[cell] = cell + 1
                    cell = undecided(from: cell + 1)
                }
            }
        }
        return joined(cuts, isHeld)
    }

    private static func cuts(_ layers: [Layer]) -> [IPAddress] {
        var ends: [IPAddress] = []
        for layer in layers {
            for range in layer.ranges {
                ends.append(range.first)
                if let next = range.last.successor { ends.append(next) }
            }
        }
        ends.sort()
        var cuts: [IPAddress] = []
        for end in ends where end != cuts.last { cuts.append(end) }
        return cuts
    }

    /// The cells that are held, neighbours joined.
    private static func joined(_ cuts: [IPAddress], _ isHeld: [Bool]) -> [AddressRange] {
        var ranges: [AddressRange] = []
        for index in cuts.indices where isHeld[index] {
            let first = cuts[index]
            // A cell that is held ends where a range ends: before the next cut, or at the end of its family.
            let next = index + 1 < cuts.count ? cuts[index + 1] : nil
            let last = next.flatMap { $0.family == first.family ? $0.predecessor : nil } ?? first.family.lastAddress
            if let before = ranges.last, before.first.family == first.family, before.last.successor == first {
                ranges[ranges.count - 1].last = last
            } else {
                ranges.append(AddressRange(first, last))
            }
        }
        return ranges
    }
}

extension [AddressRange] {
    /// The same addresses in order, without overlaps, and with neighbouring ranges joined.
    var united: [AddressRange] {
        count < 2 ? self : AddressLayers.union([AddressLayers.Layer(adds: true, ranges: self)])
    }

    /// Whether one of the ranges holds an address; they must be in order and without overlaps.
    func orderedContains(_ address: IPAddress) -> Bool {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle].last < address { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low].contains(address)
    }
}

extension [IPAddress] {
    /// The first index of an element that does not come before an address; the elements must be in order.
    fileprivate func firstIndex(notBefore address: IPAddress) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < address { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension IPAddress {
    /// The next address, nil behind the last; behind the last IPv4 address comes the first of IPv6.
    var successor: IPAddress? {
        if isIPv4 && low == 0xFFFF_FFFF { return IPAddress(ipv6High: 0, low: 0) }
        if isIPv4 { return IPAddress(ipv4: UInt32(truncatingIfNeeded: low + 1)) }
        if low < .max { return IPAddress(ipv6High: high, low: low + 1) }
        return high < .max ? IPAddress(ipv6High: high + 1, low: 0) : nil
    }

    /// The address before; nil before the first of its family.
    var predecessor: IPAddress? {
        if isIPv4 { return low == 0 ? nil : IPAddress(ipv4: UInt32(truncatingIfNeeded: low - 1)) }
        if low > 0 { return IPAddress(ipv6High: high, low: low - 1) }
        return high > 0 ? IPAddress(ipv6High: high - 1, low: .max) : nil
    }
}

extension IPAddress.Family {
    fileprivate var lastAddress: IPAddress {
        self == .ipv4 ? IPAddress(ipv4: .max) : IPAddress(ipv6High: .max, low: .max)
    }
}
