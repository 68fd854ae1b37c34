import Chance
import SimTime
import TailnetModel

/// Builds flow records from what sessions contribute to a window.
///
/// Its scratch memory belongs to a lane and is reused for every record.
struct RecordBuilder {
    private struct Slot: BitwiseCopyable {
        var counts: TrafficCounts
        var node: UInt32
        var hasHandshake: Bool
        var hasPhysical: Bool
    }

    private let world: World
    /// Per node: in which record it was last a peer, and at which slot.
    private var stamps: [UInt32]
    private var slotOf: [UInt32]
    private var stamp: UInt32 = 0
    private var slots: [Slot] = []
    private var order: [UInt64] = []

    init(world: World) {
        self.world = world
        stamps = [UInt32](repeating: 0, count: world.nodes.count)
        slotOf = [UInt32](repeating: 0, count: world.nodes.count)
    }

    /// Appends the record of a window to `batch`; gives false where nothing is left to record.
    ///
    /// - Parameters:
    ///   - contributions: in the order of their entries.
    ///   - withIncidents: whether the sessions of anomalies count.
    mutating func build(
        node: UInt32, grid: WindowGrid, logged: Int64, contributions: [Contribution], withIncidents: Bool,
        into batch: inout FlowRecordBatch
    ) -> Bool {
        let firstEntry = batch.entries.count
        stamp &+= 1
        if stamp == 0 {
            for index in stamps.indices { stamps[index] = 0 }
            stamp = 1
        }
        slots.removeAll(keepingCapacity: true)
        var previousHigh: UInt64 = 0
        var previousLow: UInt64 = 0
        let facts = world.nodes[Int(node)]
        for contribution in contributions where withIncidents || contribution.incident == 0 {
            let slot = slot(for: contribution.peer)
            if contribution.hasPhysical {
                slots[slot].counts += contribution.physical
                slots[slot].hasPhysical = true
                if contribution.hasHandshake { slots[slot].hasHandshake = true }
            }
            guard !contribution.counts.isZero else { continue }
            let isSame = contribution.orderHigh == previousHigh && contribution.orderLow == previousLow
            if isSame, batch.entries.count > firstEntry {
                batch.entries[batch.entries.count - 1].counts += contribution.counts
                continue
            }
            previousHigh = contribution.orderHigh
            previousLow = contribution.orderLow
            let peer = world.nodes[Int(contribution.peer)]
            batch.entries.append(
                FlowEntry(
                    proto: contribution.proto,
                    source: facts.endpoint(node, port: contribution.localPort, isIPv6: contribution.isIPv6),
                    target: peer.endpoint(
                        contribution.peer, port: contribution.remotePort, isIPv6: contribution.isIPv6),
                    counts: contribution.counts))
        }
        let virtualCount = batch.entries.count - firstEntry
        appendPhysical(node: node, at: grid.end, into: &batch)
        let physicalCount = batch.entries.count - firstEntry - virtualCount
        guard virtualCount + physicalCount > 0 else { return false }
        let firstPeer = batch.peers.count
        appendPeers(into: &batch)
        batch.heads.append(
            FlowRecordHead(
                logged: Instant(nanoseconds: logged), start: Instant(nanoseconds: grid.start),
                end: Instant(nanoseconds: grid.end), node: node, firstEntry: UInt32(firstEntry),
                firstPeer: UInt32(firstPeer), peerCount: UInt32(batch.peers.count - firstPeer),
                virtualCount: UInt32(virtualCount), subnetCount: 0, exitCount: 0, physicalCount: UInt32(physicalCount)))
        return true
    }

    @inline(__always)
    private mutating func slot(for peer: UInt32) -> Int {
        if stamps[Int(peer)] == stamp { return Int(slotOf[Int(peer)]) }
        stamps[Int(peer)] = stamp
        slotOf[Int(peer)] = UInt32(slots.count)
        slots.append(Slot(counts: TrafficCounts(), node: peer, hasHandshake: false, hasPhysical: false))
        return slots.count - 1
    }

    /// One entry a peer, ordered by the peer's IPv4 address.
    private mutating func appendPhysical(node: UInt32, at instant: Int64, into batch: inout FlowRecordBatch) {
        order.removeAll(keepingCapacity: true)
        for (index, slot) in slots.enumerated() where slot.hasPhysical {
            order.append(UInt64(world.nodes[Int(slot.node)].ipv4) << 32 | UInt64(index))
        }
        sortOrder()
        for item in order {
            let slot = slots[Int(item & 0xFFFF_FFFF)]
            var counts = slot.counts
            let pair = world.pairKey(node, slot.node)
            if slot.hasHandshake {
                // The pair's key says who opens: 148 bytes there, 92 back.
                let opens =
                    (pair.draw(3) & 1 == 0) == (world.nodes[Int(node)].key.bits < world.nodes[Int(slot.node)].key.bits)
                counts += TrafficCounts(
                    txPackets: 1, txBytes: opens ? 148 : 92, rxPackets: 1, rxBytes: opens ? 92 : 148)
            }
            guard !counts.isZero else { continue }
            let endpoint = world.underlay.endpoint(from: Int(node), to: Int(slot.node), pair: pair, at: instant)
            let peer = world.nodes[Int(slot.node)]
            batch.entries.append(
                FlowEntry(
                    proto: 0, source: peer.endpoint(slot.node, port: 0, isIPv6: false), target: endpoint,
                    counts: counts))
        }
    }

    /// Every peer once, ordered by stable ID.
    private mutating func appendPeers(into batch: inout FlowRecordBatch) {
        order.removeAll(keepingCapacity: true)
        for slot in slots {
            order.append(UInt64(world.nodes[Int(slot.node)].rank) << 32 | UInt64(slot.node))
        }
        sortOrder()
        for item in order { batch.peers.append(UInt32(item & 0xFFFF_FFFF)) }
    }

    /// Most records have a handful of peers: sorted in place, without a call.
    @inline(__always)
    private mutating func sortOrder() {
        guard order.count > 1 else { return }
        if order.count > 24 {
            order.sort()
            return
        }
        for index in 1..<order.count {
            let item = order[index]
            var place = index
            while place > 0, order[place - 1] > item {
                order[place] = order[place - 1]
                place -= 1
            }
            order[place] = item
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
