/// Turns rules into entries.
struct PolicyEntryBuilder {
    private let resolver: SelectorResolver
    private(set) var entries: [PolicyEntry] = []
    private(set) var services: [PolicyService] = []
    private(set) var sources = PolicySideParts()
    private(set) var destinations = PolicySideParts()

    init(_ resolver: SelectorResolver) {
        self.resolver = resolver
    }

    mutating func addRules() {
        for (index, rule) in resolver.file.rules.enumerated() {
            var rest = rule.destinations[...]
            while let first = rest.first {
                let isSelf = first.name.selector == .autogroup(.self)
                let belongs: (PolicyRule.Destination) -> Bool = {
                    $0.services == first.services && ($0.name.selector == .autogroup(.self)) == isSelf
                }
                let together = rest.filter(belongs)
                rest = rest.filter { !belongs($0) }[...]
                if first.services.isEmpty { continue }
                let start = services.count
                services += first.services
                entries.append(
                    PolicyEntry(
                        rule: Int32(index), firstService: Int32(start), endService: Int32(services.count),
                        isSelf: isSelf))
                addSources(of: rule)
                addDestinations(together, of: rule)
            }
        }
    }

    private mutating func addSources(of rule: PolicyRule) {
        let bit = entries.count - 1
        for source in rule.sources {
            sources.selectors[source.selector, default: []].append(bit)
            for range in resolver.sourceRanges(source.selector) { sources.add(range, bit) }
        }
        let names = resolver.postures(of: rule)
        if names.isEmpty { return }
        if let index = sources.postures.firstIndex(where: { $0.names == names }) {
            sources.postures[index].bits.append(bit)
        } else {
            sources.postures.append((names, [bit]))
        }
    }

    private mutating func addDestinations(_ names: [PolicyRule.Destination], of rule: PolicyRule) {
        let bit = entries.count - 1
        for destination in names {
            let selector = destination.name.selector
            guard rule.via.isEmpty else {
                for range in resolver.viaRanges(selector, rule.via) { destinations.add(range, bit) }
                continue
            }
            destinations.selectors[selector, default: []].append(bit)
            for range in resolver.destinationRanges(selector) { destinations.add(range, bit) }
        }
    }
}
