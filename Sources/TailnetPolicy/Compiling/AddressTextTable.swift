import TailnetModel

/// The addresses of all devices as text, ranked in the order of the text's bytes.
///
/// A set of them is a row of bits, by rank: sets are compared and united word by word, and read out in order.
struct AddressTextTable: Sendable {
    private let texts: [String]
    private let ranks: [IPAddress: Int]

    init(_ topology: PolicyTopology) {
        let addresses = topology.nodes.flatMap(\.addresses).map { ($0, $0.description) }
            .sorted { $0.1.utf8.lexicographicallyPrecedes($1.1.utf8) }
        texts = addresses.map(\.1)
        var ranks: [IPAddress: Int] = [:]
        for (rank, address) in addresses.enumerated() { ranks[address.0] = rank }
        self.ranks = ranks
    }

    /// A set of addresses as the wire lists them: those of devices, and what is not a single device's.
    struct Selection: Hashable, Sendable {
        var devices: [UInt64]
        /// Texts of other addresses, blocks and ranges, sorted, each once.
        var others: [String]

        var isEmpty: Bool { others.isEmpty && devices.allSatisfy { $0 == 0 } }
    }

    /// The set of some addresses and ranges.
    func selection(_ addresses: [IPAddress], _ ranges: [AddressRange] = []) -> Selection {
        var devices = [UInt64](repeating: 0, count: (texts.count + 63) / 64)
        var others: Set<String> = []
        let add = { (address: IPAddress) in
            guard let rank = ranks[address] else { return false }
            devices[rank >> 6] |= 1 << UInt64(rank & 63)
            return true
        }
        for address in addresses where !add(address) { others.insert(address.description) }
        for range in ranges {
            if TailnetRanges.all.contains(range) {
                others.insert("*")
            } else if range.first != range.last || !add(range.first) {
                others.insert(range.wireText)
            }
        }
        return Selection(devices: devices, others: Array(others).sortedByBytes)
    }

    /// The texts of a set, sorted.
    func sortedTexts(_ selection: Selection) -> [String] {
        var result: [String] = []
        var others = selection.others[...]
        for (index, word) in selection.devices.enumerated() {
            var rest = word
            while rest != 0 {
                let text = texts[index * 64 + rest.trailingZeroBitCount]
                while let other = others.first, other.utf8.lexicographicallyPrecedes(text.utf8) {
                    result.append(others.removeFirst())
                }
                result.append(text)
                rest &= rest - 1
            }
        }
        return result + others
    }

    /// The addresses of several sets.
    func union(_ selections: [Selection]) -> Selection {
        var devices = [UInt64](repeating: 0, count: (texts.count + 63) / 64)
        var others: Set<String> = []
        for selection in selections {
            for index in devices.indices { devices[index] |= selection.devices[index] }
            others.formUnion(selection.others)
        }
        return Selection(devices: devices, others: Array(others).sortedByBytes)
    }
}
