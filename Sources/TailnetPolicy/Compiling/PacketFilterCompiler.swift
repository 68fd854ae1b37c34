import ByteText
import TailnetModel

/// Makes the packet filters of devices, one at a time, in the form that the service sends.
public struct PacketFilterCompiler: Sendable {
    private let topology: PolicyTopology
    private let restrictsAccess: Bool
    private let resolver: SelectorResolver
    private let table: AddressTextTable
    private var steps: [Step] = []

    /// The number of each set of sources that a rule has.
    private var numbers: [AddressTextTable.Selection: Int] = [:]

    /// What may go into a filter, in the order of the filter: grants before `acls`, like sources together.
    private enum Step: Sendable {
        /// Rules with the same sources and protocols, which make one rule of the filter.
        case packets(AddressTextTable.Selection, PacketKey, FilterTargets)
        /// The part of a rule that leads to the owner's other devices.
        case own(PolicyRule)
        /// The capabilities of a rule, with its sources.
        case capabilities(PolicyRule, AddressTextTable.Selection)
    }

    /// What rules of a filter must have in common to be one.
    private struct PacketKey: Hashable, Sendable {
        /// The number of the sources: sets of sources are long, and compared often.
        var sources: Int
        var protocols: [UInt8]
    }

    /// A rule of a filter in the making.
    private struct Draft {
        var sources: AddressTextTable.Selection
        var protocols: [UInt8]
        var destinations: [PacketFilterRule.Destination] = []
        var capabilityGrants: [PacketFilterRule.CapabilityGrant] = []
    }

    /// The rules of a device's filter in the making.
    private struct Drafts {
        var rules: [Draft] = []
        /// The rule about packets of each key.
        var indices: [PacketKey: Int] = [:]
        /// Numbers of sets of sources that no rule has, but the device's owner.
        var numbers: [AddressTextTable.Selection: Int] = [:]
    }

    /// Prepares the filters of a compiled policy.
    public init(_ policy: CompiledPolicy) {
        topology = policy.topology
        restrictsAccess = policy.file.restrictsAccess
        resolver = policy.resolver
        table = AddressTextTable(topology)
        var selections: [PolicySelector: AddressTextTable.Selection] = [:]
        var groups: [PacketKey: Int] = [:]
        var targets: [[FilterTarget]] = []
        let rules = policy.file.rules
        for rule in rules.filter({ $0.kind == .grant }) + rules.filter({ $0.kind == .acl }) {
            let sources = sources(of: rule, &selections)
            if !sources.isEmpty {
                let number = numbers[sources] ?? numbers.count
                numbers[sources] = number
                for target in FilterTarget.targets(of: rule) {
                    let key = PacketKey(sources: number, protocols: target.protocols)
                    if let index = groups[key] {
                        targets[index].append(target)
                    } else {
                        groups[key] = targets.count
                        targets.append([target])
                        steps.append(.packets(sources, key, FilterTargets([])))
                    }
                }
            }
            if rule.destinations.contains(where: { $0.name.selector == .autogroup(.self) }) {
                steps.append(.own(rule))
            }
            if !rule.capabilities.isEmpty { steps.append(.capabilities(rule, sources)) }
        }
        for index in steps.indices {
            guard case .packets(let sources, let key, _) = steps[index], let group = groups[key] else { continue }
            steps[index] = .packets(sources, key, FilterTargets(targets[group]))
        }
    }

    /// The filter of a device; nil, on the wire `null`, where nothing may reach it.
    public func filter(for node: Int) -> [PacketFilterRule]? {
        guard restrictsAccess else {
            let everything = PacketFilterRule.Destination(address: "*", ports: PolicyService.allPorts)
            let sources = table.selection([], resolver.anySource)
            return [finished(Draft(sources: sources, protocols: [], destinations: [everything]))]
        }
        var drafts = Drafts()
        for step in steps {
            switch step {
            case .packets(let sources, let key, let targets):
                let concerning = targets.concerning(topology.nodes[node])
                add(sources, key, concerning.flatMap { destinations($0, node) }, to: &drafts)
            case .own(let rule):
                addOwn(rule, node, to: &drafts)
            case .capabilities(let rule, let sources):
                addCapabilities(rule, sources, node, to: &drafts)
            }
        }
        return drafts.rules.isEmpty ? nil : drafts.rules.map { finished($0) }
    }

    /// The filter of a device as JSON text.
    public func json(for node: Int) -> String {
        JSONWriter.text(filter(for: node))
    }

    private func finished(_ draft: Draft) -> PacketFilterRule {
        PacketFilterRule(
            sources: table.sortedTexts(draft.sources), destinations: draft.destinations,
            protocols: draft.protocols, capabilityGrants: draft.capabilityGrants)
    }

    // MARK: Sources

    /// The addresses that a rule lets begin; where it asks for a posture, those of devices that have it.
    private func sources(
        of rule: PolicyRule, _ selections: inout [PolicySelector: AddressTextTable.Selection]
    ) -> AddressTextTable.Selection {
        let postures = resolver.postures(of: rule)
        if postures.isEmpty {
            var named: [AddressRange] = []
            var parts: [AddressTextTable.Selection] = []
            for selector in rule.sources.map(\.selector) {
                if case .addresses(let range) = selector {
                    // Each is mostly named once.
                    named.append(range)
                    continue
                }
                let selection = selections[selector] ?? selection(selector, ranges: resolver.sourceRanges(selector))
                selections[selector] = selection
                parts.append(selection)
            }
            return table.union(parts + [table.selection([], named)])
        }
        let selectors = rule.sources.map(\.selector)
        let fit = topology.nodes.indices.filter { resolver.holds(postures, for: topology.nodes[$0].attributes) }
        return table.selection(fit.flatMap { addresses(of: $0, meantBy: selectors) })
    }

    private func selection(_ selector: PolicySelector, ranges: [AddressRange]) -> AddressTextTable.Selection {
        table.selection(resolver.nodes(selector).flatMap { topology.nodes[$0].addresses }, ranges)
    }

    /// Those of a device's addresses that sources mean: all of them by what it is, single ones by address.
    private func addresses(of node: Int, meantBy selectors: [PolicySelector]) -> [IPAddress] {
        let addresses = topology.nodes[node].addresses
        if selectors.contains(where: { resolver.matches($0, node: node) }) { return addresses }
        return addresses.filter { address in
            selectors.contains { resolver.sourceRanges($0).contains { $0.contains(address) } }
        }
    }

    // MARK: Packets

    /// Adds places to the rule with the same sources and protocols, or as a new rule.
    private func add(
        _ sources: AddressTextTable.Selection, _ key: PacketKey, _ destinations: [PacketFilterRule.Destination],
        to drafts: inout Drafts
    ) {
        if destinations.isEmpty || sources.isEmpty { return }
        if let twin = drafts.indices[key] {
            drafts.rules[twin].destinations += destinations
        } else {
            drafts.indices[key] = drafts.rules.count
            drafts.rules.append(Draft(sources: sources, protocols: key.protocols, destinations: destinations))
        }
    }

    /// What of a place concerns a device: itself, the subnets that it routes, the internet for an exit node.
    ///
    /// With `via`, only the named routers are concerned, and not about themselves.
    private func destinations(_ target: FilterTarget, _ node: Int) -> [PacketFilterRule.Destination] {
        let device = topology.nodes[node]
        guard target.via.isEmpty || target.via.contains(where: { device.tags.contains($0) }) else { return [] }
        let texts: [String]
        switch target.selector {
        case .any:
            texts = target.via.isEmpty ? ["*"] : []
        case .autogroup(.self):
            texts = []
        case .autogroup(.internet):
            // Here the service writes even a block as a range.
            texts = TailnetRanges.internet.filter { part in
                device.approvedRoutes.contains { $0.isDefaultRoute && AddressRange($0).overlaps(part) }
            }.map { "\($0.first)-\($0.last)" }
        default:
            texts = ranges(target, node).map(\.wireText)
        }
        return texts.flatMap { text in
            target.services.map { PacketFilterRule.Destination(address: text, ports: $0.ports) }
        }
    }

    private func ranges(_ target: FilterTarget, _ node: Int) -> [AddressRange] {
        let device = topology.nodes[node]
        let routes = device.subnetRoutes.map { AddressRange($0) }
        let isRouted = { (range: AddressRange) in routes.contains { $0.overlaps(range) } }
        let isConcerned = { (range: AddressRange) in
            isRouted(range) || target.via.isEmpty && device.addresses.contains { range.contains($0) }
        }
        var ranges: [AddressRange] = []
        if TailnetRanges.nodes.contains(where: isRouted) {
            // Only a router of the devices' own addresses is concerned by what leads to other devices.
            let meant = resolver.nodes(target.selector).flatMap { topology.nodes[$0].addresses }
            ranges = meant.map { AddressRange($0, $0) }.filter(isConcerned)
        } else if target.via.isEmpty && resolver.matches(target.selector, node: node) {
            ranges = device.addresses.map { AddressRange($0, $0) }
        }
        return ranges + resolver.namedRanges(target.selector).filter(isConcerned)
    }

    // MARK: Oneself

    /// Adds what leads from the owner's devices to this one.
    private func addOwn(_ rule: PolicyRule, _ node: Int, to drafts: inout Drafts) {
        guard rule.via.isEmpty, let sources = ownSources(rule, node) else { return }
        let number = numbers[sources] ?? drafts.numbers[sources] ?? -1 - drafts.numbers.count
        if numbers[sources] == nil { drafts.numbers[sources] = number }
        for target in FilterTarget.targets(of: rule) where target.selector == .autogroup(.self) {
            let destinations = topology.nodes[node].addresses.flatMap { address in
                target.services.map {
                    PacketFilterRule.Destination(address: address.description, ports: $0.ports)
                }
            }
            let key = PacketKey(sources: number, protocols: target.protocols)
            add(sources, key, destinations, to: &drafts)
        }
    }

    /// The addresses of the owner's devices that are among a rule's sources; nil for a device without owner.
    private func ownSources(_ rule: PolicyRule, _ node: Int) -> AddressTextTable.Selection? {
        guard let person = topology.nodes[node].person, !topology.nodes[node].isExternal else { return nil }
        let postures = resolver.postures(of: rule)
        let own = resolver.nodes(.user(topology.users[person].login)).filter {
            !topology.nodes[$0].isExternal && resolver.holds(postures, for: topology.nodes[$0].attributes)
        }
        return table.selection(own.flatMap { addresses(of: $0, meantBy: rule.sources.map(\.selector)) })
    }

    // MARK: Capabilities

    /// Capabilities that a destination must have on the source's side where the source has another on its side.
    private static let companions = [
        ("tailscale.com/cap/drive", "tailscale.com/cap/drive-sharer"),
        ("tailscale.com/cap/relay", "tailscale.com/cap/relay-target"),
    ]

    private func addCapabilities(
        _ rule: PolicyRule, _ sources: AddressTextTable.Selection, _ node: Int, to drafts: inout Drafts
    ) {
        guard rule.via.isEmpty, !rule.sources.isEmpty else { return }
        let addresses = topology.nodes[node].addresses
        let selectors = rule.destinations.map(\.name.selector)
        let own = selectors.contains(.autogroup(.self)) ? ownSources(rule, node) : nil
        // Even if nobody is in the sources: the service writes an empty list here, and drops such a rule for packets.
        let targets = addresses.filter { isDestination($0, node, selectors) }
        add(rule.capabilities, from: sources, on: targets, to: &drafts)
        if let own, !own.isEmpty { add(rule.capabilities, from: own, on: addresses, to: &drafts) }
        for (capability, companion) in PacketFilterCompiler.companions
        where rule.capabilities.contains(where: { $0.name == capability }) {
            let back = [PolicyCapability(name: companion, values: nil)]
            let isFit = resolver.holds(resolver.postures(of: rule), for: topology.nodes[node].attributes)
            let begins = isFit ? self.addresses(of: node, meantBy: rule.sources.map(\.selector)) : []
            let places = backwardSources(selectors)
            if !places.isEmpty { add(back, from: places, on: begins, to: &drafts) }
            if let own, !own.isEmpty { add(back, from: own, on: addresses, to: &drafts) }
        }
    }

    private func add(
        _ capabilities: [PolicyCapability], from sources: AddressTextTable.Selection, on addresses: [IPAddress],
        to drafts: inout Drafts
    ) {
        if addresses.isEmpty { return }
        let blocks = addresses.map { IPPrefix($0).description }
        let grant = PacketFilterRule.CapabilityGrant(destinations: blocks, capabilities: capabilities)
        drafts.rules.append(Draft(sources: sources, protocols: [], capabilityGrants: [grant]))
    }

    private func isDestination(_ address: IPAddress, _ node: Int, _ selectors: [PolicySelector]) -> Bool {
        selectors.contains { selector in
            selector == .any || resolver.matches(selector, node: node)
                || resolver.namedRanges(selector).contains { $0.contains(address) }
        }
    }

    /// The destinations of a grant as the sources of its companion.
    private func backwardSources(_ selectors: [PolicySelector]) -> AddressTextTable.Selection {
        table.union(
            selectors.map { selector in
                let ranges = selector == .any ? resolver.anySource : resolver.namedRanges(selector)
                return selection(selector, ranges: ranges)
            })
    }
}
