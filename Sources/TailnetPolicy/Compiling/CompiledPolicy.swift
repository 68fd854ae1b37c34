public import TailnetModel

/// A policy made ready to answer who may reach what in one topology.
///
/// Each rule becomes one entry or a few: sources, destinations, and services that go with all of these. Devices that the
/// entries cannot tell apart share a row of bits, one bit an entry; so does each interval of addresses. An answer is the
/// first common bit of two rows whose services fit.
///
/// A class, because it has many arrays and is asked again and again.
public final class CompiledPolicy: Sendable {
    /// The policy that was compiled.
    public let file: PolicyFile
    /// The users and devices that it was compiled for.
    public let topology: PolicyTopology
    let resolver: SelectorResolver

    private let entries: [PolicyEntry]
    private let services: [PolicyService]
    let sources: PolicySide
    let destinations: PolicySide
    private let nodesByAddress: [IPAddress: Int]
    /// The owner of each device; -1 for tagged ones and those of other tailnets.
    let persons: [Int32]

    /// Compiles a policy for a topology; the work grows with rules plus devices, not with their product.
    public init(file: PolicyFile, topology: PolicyTopology) {
        self.file = file
        self.topology = topology
        resolver = SelectorResolver(file, topology)
        var nodesByAddress: [IPAddress: Int] = [:]
        for (index, node) in topology.nodes.enumerated() {
            for address in node.addresses { nodesByAddress[address] = index }
        }
        self.nodesByAddress = nodesByAddress
        persons = topology.nodes.map { $0.isExternal ? -1 : Int32($0.person ?? -1) }
        var builder = PolicyEntryBuilder(resolver)
        builder.addRules()
        entries = builder.entries
        services = builder.services
        sources = PolicySide(builder.sources, resolver, bits: entries.count, isSource: true)
        destinations = PolicySide(builder.destinations, resolver, bits: entries.count, isSource: false)
    }

    /// The device that has an address.
    public func node(at address: IPAddress) -> Int? {
        nodesByAddress[address]
    }

    /// Whether a device may reach a port of an address: another device's, a subnet's or the internet's.
    ///
    /// It is about who may begin a conversation. What the packet filter lets through besides is in `admits`.
    public func verdict(source: Int, destination: IPAddress, proto: UInt8, port: UInt16) -> Verdict {
        guard file.restrictsAccess else { return .unrestricted }
        return firstVerdict(source: source, destination) { $0.covers(proto: proto, port: port) }
    }

    /// Whether a device may reach a port of another device by its IPv4 or IPv6 address.
    public func verdict(
        source: Int, node: Int, family: IPAddress.Family = .ipv4, proto: UInt8, port: UInt16
    ) -> Verdict {
        guard file.restrictsAccess else { return .unrestricted }
        guard let from = sources.row(ofNode: source, family), let to = destinations.row(ofNode: node, family) else {
            return .denied
        }
        return firstVerdict(from, to, isSame: isSamePerson(source, node)) { $0.covers(proto: proto, port: port) }
    }

    /// Whether any address may reach a port of any address; a subnet's hosts are sources too.
    public func verdict(from source: IPAddress, to destination: IPAddress, proto: UInt8, port: UInt16) -> Verdict {
        if let node = nodesByAddress[source] {
            return verdict(source: node, destination: destination, proto: proto, port: port)
        }
        guard file.restrictsAccess else { return .unrestricted }
        guard source.family == destination.family else { return .denied }
        let to = destinationRow(destination, nodesByAddress[destination])
        return firstVerdict(sources.row(of: source), to, isSame: false) { $0.covers(proto: proto, port: port) }
    }

    /// Whether some rule that fits source and destination has a service that fits too.
    func anyService(source: Int, destination: IPAddress, _ fits: (PolicyService) -> Bool) -> Bool {
        guard file.restrictsAccess else { return true }
        return firstVerdict(source: source, destination, fits).isAllowed
    }

    private func isSamePerson(_ source: Int, _ target: Int?) -> Bool {
        guard let target else { return false }
        return persons[source] >= 0 && persons[source] == persons[target]
    }

    private func destinationRow(_ destination: IPAddress, _ node: Int?) -> Int {
        if let node, let row = destinations.row(ofNode: node, destination.family) { return row }
        return destinations.row(of: destination)
    }

    private func firstVerdict(
        source: Int, _ destination: IPAddress, _ fits: (PolicyService) -> Bool
    ) -> Verdict {
        guard let from = sources.row(ofNode: source, destination.family) else { return .denied }
        let target = nodesByAddress[destination]
        return firstVerdict(
            from, destinationRow(destination, target), isSame: isSamePerson(source, target), fits)
    }

    /// The first rule that leads from a row of sources to a row of destinations with a service that fits.
    func firstVerdict(
        _ from: Int, _ to: Int, isSame: Bool, _ fits: (PolicyService) -> Bool
    ) -> Verdict {
        let bit = sources.rows.firstCommonBit(from, destinations.rows, to) { bit in
            let entry = entries[bit]
            if entry.isSelf && !isSame { return false }
            for index in Int(entry.firstService)..<Int(entry.endService) where fits(services[index]) { return true }
            return false
        }
        guard let bit else { return .denied }
        return Verdict(isAllowed: true, rule: Int(entries[bit].rule))
    }
}
