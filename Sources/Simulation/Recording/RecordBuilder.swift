import BasicContainers
import SimTime
import TailnetModel

/// Builds flow records from what sessions contribute to a window.
///
/// Its scratch memory belongs to a lane and is reused for every record.
struct RecordBuilder: ~Copyable {
    struct Slot: BitwiseCopyable {
        var counts: TrafficCounts
        /// What went through a relay until the direct path was found.
        var relayed: TrafficCounts
        var node: UInt32
        var hasHandshake: Bool
        var hasPhysical: Bool
    }

    /// An item of an order: the order's key above, an index below.
    private typealias Ranked = UInt64

    private let world: World
    private let nodes: [NodeFacts]
    /// Per node: in which record of many peers it was last one, and at which slot.
    ///
    /// Made when there is such a record.
    private var stamps: [UInt32] = []
    private var slotOf: [UInt32] = []
    private var stamp: UInt32 = 0
    /// Whether the slots of the current record are stamped.
    private var isStamped = false
    /// The node whose record is built.
    private var node: UInt32 = 0
    private var slots = UniqueArray<Slot>(minimumCapacity: 64)
    private var order = UniqueArray<Ranked>(minimumCapacity: 64)
    private var paths: PathCache
    /// The relocations of the run with incidents.
    private let relocations: [Relocation]
    /// The relocations that the current record may show.
    private var current: [Relocation] = []
    /// The incidents whose relocations changed the last record of the run with incidents.
    private(set) var relocated: [Int] = []

    init(world: World, withIncidents: Bool) {
        self.world = world
        nodes = world.nodes
        relocations = withIncidents ? world.relocations : []
        paths = PathCache(world: world)
    }

    /// Appends the record of a window, or of a piece of it, to `batch`; gives false where nothing is left to record.
    ///
    /// - Parameters:
    ///   - count: in the order of the entries.
    ///   - run: the run whose record it is.
    mutating func build(
        node: UInt32, start: Instant, end: Instant, logged: Instant, count: borrowing WindowCount, run: RunSet,
        into batch: inout FlowRecordBatch
    ) -> Bool {
        let firstEntry = batch.entries.count
        self.node = node
        beginRecord()
        if !relocations.isEmpty { takeRelocations(run, at: end) }
        var previous: EntryOrder?
        var classes: (UInt32, UInt32, UInt32) = (0, 0, 0)
        for position in count.places.indices {
            let place = count.places[position]
            let contribution = count.contributions[Int(place.index)]
            if contribution.runs.isDisjoint(with: run) { continue }
            addPhysical(contribution)
            guard !contribution.counts.isZero else { continue }
            if let previous, previous == place.order {
                batch.entries[batch.entries.count - 1].counts += contribution.counts
                continue
            }
            previous = place.order
            switch contribution.kind {
            case .virtual: classes.0 += 1
            case .subnet: classes.1 += 1
            case .exit, .physical: classes.2 += 1
            }
            batch.entries.append(entry(node, contribution))
        }
        for index in count.relayed.indices {
            let relayed = count.relayed[index]
            let contribution = count.contributions[Int(relayed.index)]
            if contribution.runs.isDisjoint(with: run) { continue }
            let place = slot(for: contribution.peer)
            slots[place].relayed += relayed.counts
        }
        let virtualCount = batch.entries.count - firstEntry
        appendPhysical(node: node, at: end, into: &batch)
        let physicalCount = batch.entries.count - firstEntry - virtualCount
        guard virtualCount + physicalCount > 0 else { return false }
        let firstPeer = batch.peers.count
        appendPeers(at: start, into: &batch)
        batch.heads.append(
            FlowRecordHead(
                logged: logged, start: start, end: end, node: version(node, at: start), firstEntry: UInt32(firstEntry),
                firstPeer: UInt32(firstPeer), peerCount: UInt32(batch.peers.count - firstPeer),
                virtualCount: classes.0, subnetCount: classes.1, exitCount: classes.2,
                physicalCount: UInt32(physicalCount)))
        return true
    }

    /// Whether what some sessions add between two instants fits one record, by the client's upper bound.
    mutating func fits(
        _ active: borrowing UniqueArray<Recorder.Active>, of pool: borrowing FlowPool, from start: Instant,
        to end: Instant, run: RunSet
    ) -> Bool {
        beginRecord()
        var entries = 0
        for index in active.indices {
            let slot = active[index].slot
            guard !pool.flows[slot].session.runs.isDisjoint(with: run), pool.flows[slot].adds(before: end, from: start)
            else { continue }
            entries += 1
            let peer = pool.flows[slot].peer
            if peer != NodeFacts.nobody { _ = self.slot(for: peer) }
        }
        return RecordSize.estimate(entries: entries + slots.count, nodes: slots.count + 1) <= RecordSize.limit
    }

    /// Finds the relocations that a record which ends at `instant` may show.
    @inline(never)
    private mutating func takeRelocations(_ run: RunSet, at instant: Instant) {
        current.removeAll(keepingCapacity: true)
        guard run == .withIncidents else { return }
        relocated.removeAll(keepingCapacity: true)
        for relocation in relocations where relocation.window.contains(instant) {
            current.append(relocation)
        }
    }

    /// Puts the endpoints of a path where relocations have them.
    @inline(never)
    private mutating func relocation(
        from node: UInt32, to slot: Slot, at instant: Instant, _ endpoint: inout FlowEndpoint,
        _ relay: inout FlowEndpoint?
    ) {
        let away = current.filter { $0.node == Int(node) || $0.node == Int(slot.node) }
        guard !away.isEmpty else { return }
        let other = world.underlay.endpoint(
            from: Int(node), to: Int(slot.node), pair: world.pairKey(node, slot.node), at: instant, relocations: away)
        var differs = other != endpoint && (!slot.counts.isZero || slot.hasHandshake)
        endpoint = other
        if !slot.relayed.isZero {
            let other = world.underlay.relay(to: Int(slot.node), at: instant, relocations: away)
            differs = differs || other != world.underlay.relay(to: Int(slot.node), at: instant)
            relay = other
        }
        guard differs else { return }
        for relocation in away where !relocated.contains(relocation.incident) { relocated.append(relocation.incident) }
    }

    /// How a node looks at an instant.
    @inline(__always)
    private func version(_ node: UInt32, at instant: Instant) -> UInt32 {
        nodes[Int(node)].isChanging ? world.versions.version(node, at: instant) : node
    }

    private mutating func beginRecord() {
        isStamped = false
        slots.removeAll(keepingCapacity: true)
    }

    /// Adds what passes below the tailnet to the peer's sum; who is named in an entry is a peer too.
    @inline(__always)
    private mutating func addPhysical(_ contribution: Contribution) {
        guard
            contribution.hasPhysical
                || (contribution.remoteHost == 0 && contribution.peer != NodeFacts.nobody)
        else { return }
        let place = slot(for: contribution.peer)
        guard contribution.hasPhysical else { return }
        slots[place].counts += contribution.physical
        slots[place].hasPhysical = true
        if contribution.hasHandshake { slots[place].hasHandshake = true }
    }

    @inline(__always)
    private func entry(_ node: UInt32, _ contribution: Contribution) -> FlowEntry {
        FlowEntry(
            proto: contribution.proto,
            source: endpoint(
                node, contribution.localHost, contribution.localPort, contribution.isIPv6,
                contribution.isLocalAbsent),
            target: endpoint(
                contribution.peer, contribution.remoteHost, contribution.remotePort,
                contribution.isIPv6, contribution.isRemoteAbsent),
            counts: contribution.counts)
    }

    @inline(__always)
    private func endpoint(_ node: UInt32, _ host: UInt32, _ port: UInt16, _ isIPv6: Bool, _ isAbsent: Bool)
        -> FlowEndpoint
    {
        if isAbsent { return .absent }
        if host != 0 {
            return FlowEndpoint(high: 0, low: UInt64(world.hosts[Int(host) - 1].ipv4), family: 4, port: port)
        }
        return nodes[Int(node)].endpoint(node, port: port, isIPv6: isIPv6)
    }

    /// The place of a peer's slot, made where there is none.
    @inline(__always)
    private mutating func slot(for peer: UInt32) -> Int {
        // Most records have a handful of peers, which lie beside each other.
        guard slots.count > RecordBuilder.fewSlots else {
            for index in 0..<slots.count where slots[index].node == peer { return index }
            return append(peer)
        }
        return slotAmongMany(peer)
    }

    /// So many slots are looked through one by one.
    private static let fewSlots = 12

    @inline(__always)
    private mutating func append(_ peer: UInt32) -> Int {
        slots.append(
            Slot(
                counts: TrafficCounts(), relayed: TrafficCounts(), node: peer, hasHandshake: false, hasPhysical: false))
        return slots.count - 1
    }

    @inline(never)
    private mutating func slotAmongMany(_ peer: UInt32) -> Int {
        if !isStamped {
            isStamped = true
            if stamps.isEmpty {
                stamps = [UInt32](repeating: 0, count: world.nodes.count)
                slotOf = stamps
            }
            stamp &+= 1
            if stamp == 0 {
                for index in stamps.indices { stamps[index] = 0 }
                stamp = 1
            }
            for index in 0..<slots.count {
                stamps[Int(slots[index].node)] = stamp
                slotOf[Int(slots[index].node)] = UInt32(index)
            }
        }
        if stamps[Int(peer)] == stamp { return Int(slotOf[Int(peer)]) }
        stamps[Int(peer)] = stamp
        slotOf[Int(peer)] = UInt32(slots.count)
        return append(peer)
    }

    /// One entry a peer and path, ordered by the peer's IPv4 address and the path's endpoint.
    private mutating func appendPhysical(node: UInt32, at instant: Instant, into batch: inout FlowRecordBatch) {
        order.removeAll(keepingCapacity: true)
        for index in 0..<slots.count where slots[index].hasPhysical {
            order.append(UInt64(nodes[Int(slots[index].node)].ipv4) << 32 | UInt64(index))
        }
        order.order(by: <)
        let bucket = (instant - .epoch) / Underlay.bucket
        for position in order.indices {
            let slot = slots[Int(order[position] & 0xFFFF_FFFF)]
            let path = paths.path(from: node, to: slot.node, at: instant, bucket: bucket)
            var endpoint = path.endpoint
            var awayRelay: FlowEndpoint?
            if !current.isEmpty { relocation(from: node, to: slot, at: instant, &endpoint, &awayRelay) }
            var counts = slot.counts
            if slot.hasHandshake {
                counts += TrafficCounts(
                    txPackets: 1, txBytes: path.opens ? 148 : 92, rxPackets: 1,
                    rxBytes: path.opens ? 92 : 148)
            }
            let source = nodes[Int(slot.node)].endpoint(slot.node, port: 0, isIPv6: false)
            guard !slot.relayed.isZero else {
                append(source, endpoint, counts, to: &batch)
                continue
            }
            let relay = awayRelay ?? world.underlay.relay(to: Int(slot.node), at: instant)
            if FlowEndpoint.same(relay, endpoint) {
                counts += slot.relayed
                append(source, relay, counts, to: &batch)
            } else if FlowEndpoint.precedes(relay, endpoint) {
                append(source, relay, slot.relayed, to: &batch)
                append(source, endpoint, counts, to: &batch)
            } else {
                append(source, endpoint, counts, to: &batch)
                append(source, relay, slot.relayed, to: &batch)
            }
        }
    }

    @inline(__always)
    private func append(
        _ source: FlowEndpoint, _ target: FlowEndpoint, _ counts: TrafficCounts, to batch: inout FlowRecordBatch
    ) {
        if counts.isZero { return }
        batch.entries.append(FlowEntry(proto: 0, source: source, target: target, counts: counts))
    }

    /// Every peer once, ordered by stable ID.
    private mutating func appendPeers(at instant: Instant, into batch: inout FlowRecordBatch) {
        order.removeAll(keepingCapacity: true)
        for index in 0..<slots.count {
            let node = slots[index].node
            order.append(UInt64(nodes[Int(node)].rank) << 32 | UInt64(node))
        }
        order.order(by: <)
        for position in order.indices {
            batch.peers.append(version(UInt32(order[position] & 0xFFFF_FFFF), at: instant))
        }
    }
}

extension NodeFacts {
    /// One of the node's addresses with a port.
    @inline(__always)
    func endpoint(_ index: UInt32, port: UInt16, isIPv6: Bool) -> FlowEndpoint {
        isIPv6
            ? FlowEndpoint(high: ipv6High, low: ipv6Low, family: 6, port: port, nodePlusOne: index + 1)
            : FlowEndpoint(high: 0, low: UInt64(ipv4), family: 4, port: port, nodePlusOne: index + 1)
    }
}
