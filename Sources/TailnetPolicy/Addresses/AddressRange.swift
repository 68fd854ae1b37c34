public import TailnetModel

/// A run of addresses of one family.
public struct AddressRange: Hashable, Sendable {
    /// The lowest address.
    public var first: IPAddress
    /// The highest address.
    public var last: IPAddress

    /// Makes the range from `first` to `last`, of the same family and in this order.
    public init(_ first: IPAddress, _ last: IPAddress) {
        self.first = first
        self.last = last
    }

    /// Makes the range of a block.
    public init(_ prefix: IPPrefix) {
        self.init(prefix.first, prefix.last)
    }

    /// Whether the address lies in the range.
    public func contains(_ address: IPAddress) -> Bool {
        first <= address && address <= last
    }

    /// Whether the two have an address in common.
    public func overlaps(_ other: AddressRange) -> Bool {
        first.family == other.first.family && first <= other.last && other.first <= last
    }

    /// The addresses that both hold.
    func intersection(_ other: AddressRange) -> AddressRange? {
        overlaps(other) ? AddressRange(max(first, other.first), min(last, other.last)) : nil
    }

    /// The block that the range is, if it is one.
    public var prefix: IPPrefix? {
        let differing = first.number ^ last.number
        let bits = first.family.bits - (128 - differing.leadingZeroBitCount)
        guard first.family == last.family, bits >= 0 else { return nil }
        let prefix = IPPrefix(first, bits: bits)
        return prefix.first == first && prefix.last == last ? prefix : nil
    }

    /// The range in the wire's words: an address, a block, or `first-last`.
    public var wireText: String {
        if first == last { return first.description }
        return prefix?.description ?? "\(first)-\(last)"
    }
}

extension AddressRange {
    /// Reads an address, a block, or two addresses joined by `-`; nil for anything else.
    public init?(_ text: String) {
        if let address = IPAddress(text) {
            self.init(address, address)
        } else if let prefix = IPPrefix(text) {
            self.init(prefix)
        } else {
            let ends = text.split(separator: "-", omittingEmptySubsequences: false)
            guard ends.count == 2, let first = IPAddress(ends[0]), let last = IPAddress(ends[1]),
                first.family == last.family, first <= last
            else { return nil }
            self.init(first, last)
        }
    }
}
