/// What the entries say about one side: which selectors, ranges and postures have which bits.
struct PolicySideParts {
    var selectors: [PolicySelector: [Int]] = [:]
    var ranges: [(range: AddressRange, bits: [Int])] = []
    /// Bits that need one of these postures.
    var postures: [(names: [String], bits: [Int])] = []
    private var indexOfRange: [AddressRange: Int] = [:]

    /// Adds a bit to a range; the same range is often named by rule after rule.
    mutating func add(_ range: AddressRange, _ bit: Int) {
        if let index = indexOfRange[range] {
            ranges[index].bits.append(bit)
        } else {
            indexOfRange[range] = ranges.count
            ranges.append((range, [bit]))
        }
    }
}
