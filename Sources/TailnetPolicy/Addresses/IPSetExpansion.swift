/// The addresses of the sets of `ipsets`.
struct IPSetExpansion {
    /// How many ranges the sets may hold together.
    static let limit = 1_000_000

    /// By the name of the set, in order and without overlaps.
    private(set) var ranges: [String: [AddressRange]] = [:]
    /// The names of sets that contain themselves, in the order of the file; they hold nothing.
    private(set) var circular: [PolicyWord] = []
    /// The set at which there are too many ranges; it and those behind it hold nothing.
    private(set) var tooLarge: PolicyWord?

    /// Expands sets.
    ///
    /// - Parameters:
    ///   - sets: The section `ipsets`.
    ///   - hosts: The names that entries may use.
    init(_ sets: [PolicyGroup], hosts: [String: PolicyHost]) {
        var names = PolicyNames()
        names.ipSets = Set(sets.map(\.name.text))
        names.hosts = hosts
        var indices: [String: Int] = [:]
        for (index, set) in sets.enumerated() { indices[set.name.text] = index }
        let entries = sets.map { $0.members.map { IPSetEntry($0.text) } }
        let order = ReferenceOrder(entries.map { $0.compactMap { indices[$0.name] } })
        circular = order.circular.map { sets[$0].name }
        var count = 0
        for index in order.order where indices[sets[index].name.text] == index {
            var layers: [AddressLayers.Layer] = []
            for entry in entries[index] {
                let named: [AddressRange]
                switch try? PolicySelector(entry.name, in: names) {
                case .addresses(let range): named = [range]
                case .autogroup(.internet): named = TailnetRanges.internet
                default: named = ranges[entry.name] ?? []
                }
                count += named.count
                layers.append(AddressLayers.Layer(adds: !entry.isRemoval, ranges: named))
            }
            if count > IPSetExpansion.limit {
                tooLarge = sets[index].name
                return
            }
            ranges[sets[index].name.text] = AddressLayers.union(layers)
        }
    }
}

/// One entry of an IP set.
struct IPSetEntry {
    let isRemoval: Bool
    let name: String

    init(_ text: String) {
        isRemoval = text.hasPrefix("remove ")
        name = (isRemoval ? text.dropFirst(7) : text.hasPrefix("add ") ? text.dropFirst(4) : text[...]).trimmed
    }
}
