import TailnetModel

/// The rows of one side of the entries: who may begin, or what may be reached.
struct PolicySide: Sendable {
    private(set) var rows: BitRows
    /// The row of each device by its IPv4 and its IPv6 address; -1 where it has none.
    private var rowsIPv4: [Int32] = []
    private var rowsIPv6: [Int32] = []
    /// For addresses that are no device's.
    private let index: AddressIndex
    /// Number of the first of the index's rows among `rows`.
    private let firstIndexRow: Int

    /// What the entries can know of a device besides its address.
    private struct Identity: Hashable {
        var person: Int?
        var tags: [String]
        var isExternal: Bool
        /// Whether the device meets each of the asked postures.
        var postures: [Bool]
    }

    private struct Place: Hashable {
        var identity: Int
        var interval: Int
    }

    init(_ parts: PolicySideParts, _ resolver: SelectorResolver, bits: Int, isSource: Bool) {
        var ranges = parts.ranges
        for selector in parts.selectors {
            let named = isSource ? resolver.sourceRanges(selector) : resolver.destinationRanges(selector)
            for range in named { ranges.append((range, parts.bits(of: selector))) }
        }
        index = AddressIndex(ranges, bits: bits)
        rows = BitRows(bits: bits)
        var postureBits = BitRows(bits: bits)
        for posture in parts.postures {
            let row = postureBits.append()
            for part in posture.bits.parts { postureBits.set(part, in: row) }
        }
        var identities: [Identity: Int] = [:]
        var identityRows = BitRows(bits: bits)
        var places: [Place: Int32] = [:]
        for (number, node) in resolver.topology.nodes.enumerated() {
            let postures = parts.postures.map { resolver.holds($0.names, for: node.attributes) }
            let identity = Identity(
                person: node.person, tags: node.tags, isExternal: node.isExternal, postures: postures)
            let identityRow: Int
            if let known = identities[identity] {
                identityRow = known
            } else {
                identityRow = identityRows.append()
                identities[identity] = identityRow
                var selectors = resolver.identities(ofNode: number)
                if !isSource && node.person != nil && !node.isExternal { selectors.append(.autogroup(.self)) }
                for selector in selectors {
                    for part in parts.bits(of: selector).parts { identityRows.set(part, in: identityRow) }
                }
            }
            for address in [node.ipv4, node.ipv6] {
                var row: Int32 = -1
                if let address {
                    let place = Place(identity: identityRow, interval: index.row(address))
                    if let known = places[place] {
                        row = known
                    } else {
                        let new = rows.append()
                        rows.formUnion(new, with: identityRows, identityRow)
                        rows.formUnion(new, with: index.rows, place.interval)
                        for (posture, holds) in postures.enumerated() where !holds {
                            rows.subtract(new, postureBits, posture)
                        }
                        row = Int32(new)
                        places[place] = row
                    }
                }
                if rowsIPv4.count > rowsIPv6.count { rowsIPv6.append(row) } else { rowsIPv4.append(row) }
            }
        }
        firstIndexRow = rows.count
        for interval in 0..<index.rows.count {
            let new = rows.append()
            rows.formUnion(new, with: index.rows, interval)
            // An address that is no device's has no attributes, so it meets no posture.
            for posture in parts.postures.indices { rows.subtract(new, postureBits, posture) }
        }
    }

    /// The row of a device by its address of a family; nil if it has none.
    func row(ofNode node: Int, _ family: IPAddress.Family) -> Int? {
        let row = family == .ipv4 ? rowsIPv4[node] : rowsIPv6[node]
        return row < 0 ? nil : Int(row)
    }

    /// The row of an address that is no device's.
    func row(of address: IPAddress) -> Int {
        firstIndexRow + index.row(address)
    }
}
