import CPrefetch
import Chance
import SimTime
import TailnetModel

/// Builds flow records from what sessions contribute to a window.
///
/// Its scratch memory belongs to a lane and is reused for every record.
struct RecordBuilder {
    private struct Slot: BitwiseCopyable {
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
    private let nodes: NodeTable
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
    private let slots = Bag<Slot>()
    private let order = Bag<Ranked>()
    private let paths: PathCache
    /// The travels of the run with anomalies.
    private let travels: [Travel]
    /// The travels that the current record may show.
    private var current: [Travel] = []
    /// The anomalies whose travels changed the last record of the run with anomalies.
    private(set) var travelled: [Int] = []

    init(world: World, nodes: NodeTable, withAnomalies: Bool) {
        self.world = world
        self.nodes = nodes
        travels = withAnomalies ? world.travels : []
        paths = PathCache(world: world)
    }

    /// Appends the record of a window, or of a piece of it, to `batch`; gives false where nothing is left to record.
    ///
    /// - Parameters:
    ///   - count: in the order of the entries.
    ///   - run: the run whose record it is.
    mutating func build(
        node: UInt32, start: Int64, end: Int64, logged: Int64, count: WindowCount, run: RunSet,
        into batch: inout FlowRecordBatch
    ) -> Bool {
        let firstEntry = batch.entries.count
        self.node = node
        beginRecord()
        if !travels.isEmpty { takeTravels(run, at: end) }
        var previous: EntryOrder?
        var classes: (UInt32, UInt32, UInt32) = (0, 0, 0)
        for place in count.places.elements {
            let contribution = count.contributions.elements.baseAddress.unsafelyUnwrapped + Int(place.index)
            if contribution.pointee.runs.isDisjoint(with: run) { continue }
            addPhysical(contribution)
            guard !contribution.pointee.counts.isZero else { continue }
            if let previous, previous == place.order {
                batch.entries[batch.entries.count - 1].counts += contribution.pointee.counts
                continue
            }
            previous = place.order
            switch contribution.pointee.kind {
            case .virtual: classes.0 += 1
            case .subnet: classes.1 += 1
            case .exit, .physical: classes.2 += 1
            }
            batch.entries.append(entry(node, contribution))
        }
        for relayed in count.relayed.elements {
            let contribution = count.contributions[Int(relayed.index)]
            if contribution.runs.isDisjoint(with: run) { continue }
            let place = slot(for: contribution.peer)
            slots.base[place].relayed += relayed.counts
        }
        let virtualCount = batch.entries.count - firstEntry
        appendPhysical(node: node, at: end, into: &batch)
        let physicalCount = batch.entries.count - firstEntry - virtualCount
        guard virtualCount + physicalCount > 0 else { return false }
        let firstPeer = batch.peers.count
        appendPeers(at: start, into: &batch)
        batch.heads.append(
            FlowRecordHead(
                logged: Instant(nanoseconds: logged), start: Instant(nanoseconds: start),
                end: Instant(nanoseconds: end), node: face(node, at: start), firstEntry: UInt32(firstEntry),
                firstPeer: UInt32(firstPeer), peerCount: UInt32(batch.peers.count - firstPeer),
                virtualCount: classes.0, subnetCount: classes.1, exitCount: classes.2,
                physicalCount: UInt32(physicalCount)))
        return true
    }

    /// Whether what some sessions add between two instants fits one record, by the client's upper bound.
    mutating func fits(
        _ flows: some Sequence<UnsafeMutablePointer<ActiveFlow>>, from start: Int64, to end: Int64, run: RunSet
    ) -> Bool {
        beginRecord()
        var entries = 0
        for flow in flows where !flow.pointee.session.runs.isDisjoint(with: run) {
            guard flow.pointee.adds(before: end, from: start) else { continue }
            entries += 1
            if flow.pointee.peer != NodeFacts.nobody { _ = slot(for: flow.pointee.peer) }
        }
        return RecordSize.estimate(entries: entries + slots.count, nodes: slots.count + 1) <= RecordSize.limit
    }

    /// Finds the travels that a record which ends at `instant` may show.
    @inline(never)
    private mutating func takeTravels(_ run: RunSet, at instant: Int64) {
        current.removeAll(keepingCapacity: true)
        guard run == .withAnomalies else { return }
        travelled.removeAll(keepingCapacity: true)
        for travel in travels where travel.window.contains(Instant(nanoseconds: instant)) { current.append(travel) }
    }

    /// Puts the endpoints of a path where travels have them.
    @inline(never)
    private mutating func travel(
        from node: UInt32, to slot: Slot, at instant: Int64, _ endpoint: inout FlowEndpoint,
        _ relay: inout FlowEndpoint?
    ) {
        let away = current.filter { $0.node == Int(node) || $0.node == Int(slot.node) }
        guard !away.isEmpty else { return }
        let other = world.underlay.endpoint(
            from: Int(node), to: Int(slot.node), pair: world.pairKey(node, slot.node), at: instant, travels: away)
        var differs = other != endpoint && (!slot.counts.isZero || slot.hasHandshake)
        endpoint = other
        if !slot.relayed.isZero {
            let other = world.underlay.relay(to: Int(slot.node), at: instant, travels: away)
            differs = differs || other != world.underlay.relay(to: Int(slot.node), at: instant)
            relay = other
        }
        guard differs else { return }
        for travel in away where !travelled.contains(travel.anomaly) { travelled.append(travel.anomaly) }
    }

    /// How a node looks at an instant.
    @inline(__always)
    private func face(_ node: UInt32, at instant: Int64) -> UInt32 {
        nodes[node].isChanging ? world.faces.face(node, at: instant) : node
    }

    private mutating func beginRecord() {
        isStamped = false
        slots.removeAll()
    }

    /// Adds what passes below the tailnet to the peer's sum; who is named in an entry is a peer too.
    @inline(__always)
    private mutating func addPhysical(_ contribution: UnsafeMutablePointer<Contribution>) {
        guard
            contribution.pointee.hasPhysical
                || (contribution.pointee.remoteHost == 0 && contribution.pointee.peer != NodeFacts.nobody)
        else { return }
        // First the place: finding it may move the slots.
        let place = slot(for: contribution.pointee.peer)
        let slot = slots.base + place
        guard contribution.pointee.hasPhysical else { return }
        slot.pointee.counts += contribution.pointee.physical
        slot.pointee.hasPhysical = true
        if contribution.pointee.hasHandshake { slot.pointee.hasHandshake = true }
    }

    @inline(__always)
    private func entry(_ node: UInt32, _ contribution: UnsafeMutablePointer<Contribution>) -> FlowEntry {
        FlowEntry(
            proto: contribution.pointee.proto,
            source: endpoint(
                node, contribution.pointee.localHost, contribution.pointee.localPort, contribution.pointee.isIPv6,
                contribution.pointee.isLocalAbsent),
            target: endpoint(
                contribution.pointee.peer, contribution.pointee.remoteHost, contribution.pointee.remotePort,
                contribution.pointee.isIPv6, contribution.pointee.isRemoteAbsent),
            counts: contribution.pointee.counts)
    }

    @inline(__always)
    private func endpoint(_ node: UInt32, _ host: UInt32, _ port: UInt16, _ isIPv6: Bool, _ isAbsent: Bool)
        -> FlowEndpoint
    {
        if isAbsent { return .absent }
        if host != 0 {
            return FlowEndpoint(high: 0, low: UInt64(world.hosts[Int(host) - 1].ipv4), family: 4, port: port)
        }
        return nodes[node].endpoint(node, port: port, isIPv6: isIPv6)
    }

    /// The place of a peer's slot, made where there is none.
    @inline(__always)
    private mutating func slot(for peer: UInt32) -> Int {
        // Most records have a handful of peers, which lie beside each other.
        guard slots.count > RecordBuilder.fewSlots else {
            for index in 0..<slots.count where slots.base[index].node == peer { return index }
            return append(peer)
        }
        return slotAmongMany(peer)
    }

    /// So many slots are looked through one by one.
    private static let fewSlots = 12

    @inline(__always)
    private func append(_ peer: UInt32) -> Int {
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
    private mutating func appendPhysical(node: UInt32, at instant: Int64, into batch: inout FlowRecordBatch) {
        order.removeAll()
        for index in 0..<slots.count where slots[index].hasPhysical {
            order.append(UInt64(nodes[slots[index].node].ipv4) << 32 | UInt64(index))
        }
        order.elements.order(by: <)
        let bucket = instant / Underlay.bucket
        for item in order.elements {
            let slot = slots[Int(item & 0xFFFF_FFFF)]
            let path = paths.path(from: node, to: slot.node, at: instant, bucket: bucket)
            var endpoint = path.pointee.endpoint
            var awayRelay: FlowEndpoint?
            if !current.isEmpty { travel(from: node, to: slot, at: instant, &endpoint, &awayRelay) }
            var counts = slot.counts
            if slot.hasHandshake {
                counts += TrafficCounts(
                    txPackets: 1, txBytes: path.pointee.opens ? 148 : 92, rxPackets: 1,
                    rxBytes: path.pointee.opens ? 92 : 148)
            }
            let source = nodes[slot.node].endpoint(slot.node, port: 0, isIPv6: false)
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
    private mutating func appendPeers(at instant: Int64, into batch: inout FlowRecordBatch) {
        order.removeAll()
        for index in 0..<slots.count {
            let node = slots[index].node
            order.append(UInt64(nodes[node].rank) << 32 | UInt64(node))
        }
        order.elements.order(by: <)
        for item in order.elements { batch.peers.append(face(UInt32(item & 0xFFFF_FFFF), at: instant)) }
    }
}

/// When a record is full: the client adds up upper bounds and begins a new one before they pass 256 KiB.
enum RecordSize {
    static let limit = 262_144

    /// 219 bytes, 247 an entry, and what a node's description takes at most (unverified: about 400).
    static func estimate(entries: Int, nodes: Int) -> Int { 219 + 247 * entries + 400 * nodes }

    /// A window with fewer sessions cannot be full: each brings an entry, a path and a node at most.
    static let fewSessions = (limit - 219 - 400) / (247 + 2 * 247 + 400)
}

/// The nodes' facts without reference counts; the world must outlive it.
struct NodeTable {
    let world: World
    private let base: UnsafePointer<NodeFacts>

    init(_ world: World) {
        self.world = world
        // The array is never written to after the world's making, and the world is kept alive beside the pointer.
        base = world.nodes.withUnsafeBufferPointer { $0.baseAddress ?? UnsafePointer(bitPattern: 64).unsafelyUnwrapped }
    }

    @inline(__always)
    subscript(index: UInt32) -> NodeFacts {
        @inline(__always) unsafeAddress { base + Int(index) }
    }

    var pointer: UnsafePointer<NodeFacts> { base }
}

/// The paths that were looked up last: a pair's path stays the same for twenty minutes.
final class PathCache {
    struct Path: BitwiseCopyable {
        var node: UInt32
        var peer: UInt32
        var bucket: Int64
        var endpoint: FlowEndpoint
        /// Whether the node opens the pair's handshakes: 148 bytes, and 92 back.
        var opens: Bool
    }

    private let world: World
    private let paths: UnsafeMutablePointer<Path>
    private static let size = 512

    init(world: World) {
        self.world = world
        paths = .allocate(capacity: PathCache.size)
        paths.initialize(
            repeating: Path(node: 0, peer: 0, bucket: .min, endpoint: .absent, opens: false), count: PathCache.size)
    }

    deinit { paths.deallocate() }

    /// A pair's place, to be brought near before it is asked for.
    @inline(__always)
    func place(from node: UInt32, to peer: UInt32) -> UnsafeMutablePointer<Path> {
        paths + Int(truncatingIfNeeded: ((node &* 0x9E37_79B1) ^ (peer &* 0x85EB_CA77)) & UInt32(PathCache.size - 1))
    }

    /// The path of a pair at an instant, which lies in the given bucket.
    @inline(__always)
    func path(from node: UInt32, to peer: UInt32, at instant: Int64, bucket: Int64) -> UnsafeMutablePointer<Path> {
        let known = place(from: node, to: peer)
        if known.pointee.node == node, known.pointee.peer == peer, known.pointee.bucket == bucket { return known }
        known.pointee = look(node, peer, bucket, instant)
        return known
    }

    @inline(never)
    private func look(_ node: UInt32, _ peer: UInt32, _ bucket: Int64, _ instant: Int64) -> Path {
        let pair = world.pairKey(node, peer)
        let isFirst = world.nodes[Int(node)].key.bits < world.nodes[Int(peer)].key.bits
        return Path(
            node: node, peer: peer, bucket: bucket,
            endpoint: world.underlay.endpoint(from: Int(node), to: Int(peer), pair: pair, at: instant),
            opens: (pair.draw(3) & 1 == 0) == isFirst)
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
