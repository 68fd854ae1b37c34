/// What the entries say about one side: which selectors, ranges and postures have which bits.
struct PolicySideParts {
    /// The selectors, in the order in which they appear.
    private(set) var selectors: [PolicySelector] = []
    private var bitsOfSelector: [PolicySelector: BitRanges] = [:]
    /// Ranges that no selector gives by itself.
    private(set) var ranges: [(range: AddressRange, bits: BitRanges)] = []
    private var indexOfRange: [AddressRange: Int] = [:]
    /// Bits that need one of these postures.
    private(set) var postures: [(names: [String], bits: BitRanges)] = []

    /// The bits of a selector.
    func bits(of selector: PolicySelector) -> BitRanges { bitsOfSelector[selector] ?? BitRanges() }

    /// Adds bits to a selector; the same one is often named by rule after rule.
    mutating func add(_ selector: PolicySelector, _ bits: Range<Int>) {
        if bitsOfSelector[selector] == nil { selectors.append(selector) }
        bitsOfSelector[selector, default: BitRanges()].append(bits)
    }

    /// Adds bits to a range.
    mutating func add(_ range: AddressRange, _ bits: Range<Int>) {
        if let index = indexOfRange[range] {
            ranges[index].bits.append(bits)
        } else {
            indexOfRange[range] = ranges.count
            var new = BitRanges()
            new.append(bits)
            ranges.append((range, new))
        }
    }

    /// Makes bits ask for one of some postures.
    mutating func require(_ names: [String], _ bits: Range<Int>) {
        let index = postures.firstIndex { $0.names == names } ?? postures.count
        if index == postures.count { postures.append((names, BitRanges())) }
        postures[index].bits.append(bits)
    }
}
