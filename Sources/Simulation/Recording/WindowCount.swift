import BasicContainers
import SimTime
import TailnetModel

/// What the sessions of a window add up to, before it is a record.
///
/// The memory is reused from window to window.
struct WindowCount: ~Copyable {
    /// A contribution's place and order.
    struct Place: BitwiseCopyable {
        var order: EntryOrder
        var index: UInt32
    }

    /// What went through a relay while the direct path was looked for.
    struct Relayed: BitwiseCopyable {
        var index: UInt32
        var counts: TrafficCounts
    }

    var contributions = UniqueArray<Contribution>(minimumCapacity: 64)
    var places = UniqueArray<Place>(minimumCapacity: 64)
    var relayed = UniqueArray<Relayed>(minimumCapacity: 16)
    var hasIncident = false

    mutating func removeAll() {
        contributions.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
        relayed.removeAll(keepingCapacity: true)
        hasIncident = false
    }

    /// Adds what a flow has between what was counted and `end`, and counts it; gives false where there is nothing.
    @inline(__always)
    @discardableResult
    mutating func add(
        _ flow: inout ActiveFlow, from start: Instant, to end: Instant, logsExits: Bool
    ) -> Bool {
        let (forward, backward) = flow.session.packets(before: end)
        var hasHandshake = false
        if flow.nextHandshake < end {
            hasHandshake = flow.nextHandshake < flow.session.cut && flow.hasPath
            flow.nextHandshake = flow.nextHandshake &+ ActiveFlow.handshakePeriod
        }
        let hasKeepalive = flow.hasKeepalive(from: start, to: end)
        guard
            forward != flow.forwardCounted || backward != flow.backwardCounted || hasHandshake
                || hasKeepalive
        else { return false }
        var contribution = WindowCount.contribution(flow, forward, backward)
        contribution.hasHandshake = hasHandshake
        if hasKeepalive {
            contribution.physical +=
                flow.session.sourceKeepsAlive == flow.isSource
                ? TrafficCounts(txPackets: 1, txBytes: 32) : TrafficCounts(rxPackets: 1, rxBytes: 32)
        }
        let index = UInt32(truncatingIfNeeded: contributions.count)
        if flow.session.coldUntil > start { addRelayed(flow, forward, backward, &contribution, index) }
        if contribution.kind == .exit, !logsExits { contribution.anonymise() }
        if contribution.incident != 0 { hasIncident = true }
        places.append(Place(order: contribution.order, index: index))
        contributions.append(contribution)
        flow.forwardCounted = forward
        flow.backwardCounted = backward
        return true
    }

    /// Moves what went through the relay out of the contribution.
    private mutating func addRelayed(
        _ flow: ActiveFlow, _ forward: UInt64, _ backward: UInt64,
        _ contribution: inout Contribution, _ index: UInt32
    ) {
        let until = flow.session.coldUntil
        // A relay is slow, and TCP has only begun: not many packets go that way.
        let most = until == .distantFuture ? UInt64.max : WindowCount.mostRelayed
        let packets = flow.session.packets(before: until)
        let early = min(forward, packets.forward, most)
        let answer = min(backward, packets.backward, most)
        guard early > flow.forwardCounted || answer > flow.backwardCounted else { return }
        var counts = WindowCount.physical(
            flow, max(early, flow.forwardCounted), max(answer, flow.backwardCounted))
        if !flow.isSource { counts = counts.mirrored }
        contribution.physical -= counts
        relayed.append(Relayed(index: index, counts: counts))
    }

    /// The most packets each way that a session sends through a relay before the direct path is found.
    private static let mostRelayed: UInt64 = 24

    /// What passes below the tailnet since the last count, as the source sees it.
    @inline(__always)
    private static func physical(
        _ flow: ActiveFlow, _ forward: UInt64, _ backward: UInt64
    ) -> TrafficCounts {
        let up = flow.session.forward
        let down = flow.session.backward
        return TrafficCounts(
            txPackets: forward &- flow.forwardCounted,
            txBytes: up.physicalBytes(forward) &- up.physicalBytes(flow.forwardCounted),
            rxPackets: backward &- flow.backwardCounted,
            rxBytes: down.physicalBytes(backward) &- down.physicalBytes(flow.backwardCounted))
    }

    /// What a flow adds, given the packets up to the window's end.
    @inline(__always)
    private static func contribution(
        _ flow: ActiveFlow, _ forward: UInt64, _ backward: UInt64
    ) -> Contribution {
        let isSource = flow.isSource
        let fate = flow.session.fate
        var counts = TrafficCounts()
        // A rejected initiator's client takes the notices without counting them; a target that drops counts nothing.
        if fate == .open || isSource {
            let up = flow.session.forward
            counts.txPackets = forward &- flow.forwardCounted
            counts.txBytes = up.bytes(forward) &- up.bytes(flow.forwardCounted)
        }
        if fate == .open || (fate == .rejected && !isSource) {
            let down = flow.session.backward
            counts.rxPackets = backward &- flow.backwardCounted
            counts.rxBytes = down.bytes(backward) &- down.bytes(flow.backwardCounted)
        }
        var physical = fate == .unanswered ? TrafficCounts() : physical(flow, forward, backward)
        if !isSource {
            counts = counts.mirrored
            physical = physical.mirrored
        }
        if isSource ? flow.session.isSourceBlind : flow.session.isTargetBlind {
            counts.rxPackets = 0
            counts.rxBytes = 0
        }
        return Contribution(
            order: flow.order, counts: counts, physical: physical, peer: flow.peer,
            localHost: flow.localHost, remoteHost: flow.remoteHost,
            incident: flow.session.incident, runs: flow.session.runs,
            localPort: flow.localPort, remotePort: flow.remotePort, proto: flow.proto,
            kind: flow.kind,
            isIPv6: flow.session.isIPv6, hasHandshake: false, hasPhysical: fate != .unanswered)
    }

    /// Puts the contributions in the order of their entries.
    @inline(__always)
    mutating func sort() { places.order { EntryOrder.precedes($0.order, $1.order) } }
}
