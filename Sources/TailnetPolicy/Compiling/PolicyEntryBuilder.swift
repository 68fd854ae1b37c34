/// Turns rules into entries.
struct PolicyEntryBuilder {
    private let resolver: SelectorResolver
    private(set) var entries: [PolicyEntry] = []
    private(set) var services: [PolicyService] = []
    private(set) var sources = PolicySideParts()
    private(set) var destinations = PolicySideParts()

    /// Destinations of a rule that go into one entry.
    private struct Kind: Hashable {
        var services: [PolicyService]
        var isSelf: Bool
    }

    init(_ resolver: SelectorResolver) {
        self.resolver = resolver
    }

    mutating func addRules() {
        for (index, rule) in resolver.file.rules.enumerated() {
            let first = entries.count
            var kinds: [Kind] = []
            var namesByKind: [Kind: [PolicySelector]] = [:]
            for destination in rule.destinations where !destination.services.isEmpty {
                let selector = destination.name.selector
                let kind = Kind(services: destination.services, isSelf: selector == .autogroup(.self))
                if namesByKind[kind] == nil { kinds.append(kind) }
                namesByKind[kind, default: []].append(selector)
            }
            for kind in kinds {
                let start = services.count
                services += kind.services
                entries.append(
                    PolicyEntry(
                        rule: Int32(index), firstService: Int32(start), endService: Int32(services.count),
                        isSelf: kind.isSelf))
                addDestinations(namesByKind[kind] ?? [], of: rule)
            }
            if first < entries.count { addSources(of: rule, first..<entries.count) }
        }
    }

    private mutating func addSources(of rule: PolicyRule, _ bits: Range<Int>) {
        for source in rule.sources { sources.add(source.selector, bits) }
        let names = resolver.postures(of: rule)
        if !names.isEmpty { sources.require(names, bits) }
    }

    private mutating func addDestinations(_ selectors: [PolicySelector], of rule: PolicyRule) {
        let bit = entries.count - 1..<entries.count
        for selector in selectors {
            if rule.via.isEmpty {
                destinations.add(selector, bit)
            } else {
                for range in resolver.viaRanges(selector, rule.via) { destinations.add(range, bit) }
            }
        }
    }
}
