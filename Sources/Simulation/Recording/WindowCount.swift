import TailnetModel

/// What the sessions of a window add up to, before it is a record.
///
/// The memory is reused from window to window.
struct WindowCount {
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

    let contributions = UnsafeVector<Contribution>()
    let places = UnsafeVector<Place>()
    let relayed = UnsafeVector<Relayed>()
    var hasIncident = false

    mutating func removeAll() {
        contributions.removeAll()
        places.removeAll()
        relayed.removeAll()
        hasIncident = false
    }

    /// Adds what a flow has between what was counted and `end`, and counts it; gives false where there is nothing.
    @inline(__always)
    @discardableResult
    mutating func add(
        _ flow: UnsafeMutablePointer<ActiveFlow>, from start: Int64, to end: Int64, logsExits: Bool
    ) -> Bool {
        let (forward, backward) = flow.pointee.session.packets(before: end)
        var hasHandshake = false
        if flow.pointee.nextHandshake < end {
            hasHandshake = flow.pointee.nextHandshake < flow.pointee.session.cut && flow.pointee.hasPath
            flow.pointee.nextHandshake += ActiveFlow.handshakePeriod
        }
        let hasKeepalive = flow.pointee.hasKeepalive(from: start, to: end)
        guard
            forward != flow.pointee.forwardCounted || backward != flow.pointee.backwardCounted || hasHandshake
                || hasKeepalive
        else { return false }
        var contribution = WindowCount.contribution(flow, forward, backward)
        contribution.hasHandshake = hasHandshake
        if hasKeepalive {
            contribution.physical +=
                flow.pointee.session.sourceKeepsAlive == flow.pointee.isSource
                ? TrafficCounts(txPackets: 1, txBytes: 32) : TrafficCounts(rxPackets: 1, rxBytes: 32)
        }
        let index = UInt32(truncatingIfNeeded: contributions.count)
        if flow.pointee.session.coldUntil > start { addRelayed(flow, forward, backward, &contribution, index) }
        if contribution.kind == .exit, !logsExits { contribution.anonymise() }
        if contribution.incident != 0 { hasIncident = true }
        places.append(Place(order: contribution.order, index: index))
        contributions.append(contribution)
        flow.pointee.forwardCounted = forward
        flow.pointee.backwardCounted = backward
        return true
    }

    /// Moves what went through the relay out of the contribution.
    private func addRelayed(
        _ flow: UnsafeMutablePointer<ActiveFlow>, _ forward: UInt64, _ backward: UInt64,
        _ contribution: inout Contribution, _ index: UInt32
    ) {
        let until = flow.pointee.session.coldUntil
        // A relay is slow, and TCP has only begun: not many packets go that way.
        let most = until == .max ? UInt64.max : WindowCount.mostRelayed
        let packets = flow.pointee.session.packets(before: until)
        let early = min(forward, packets.forward, most)
        let answer = min(backward, packets.backward, most)
        guard early > flow.pointee.forwardCounted || answer > flow.pointee.backwardCounted else { return }
        var counts = WindowCount.physical(
            flow, max(early, flow.pointee.forwardCounted), max(answer, flow.pointee.backwardCounted))
        if !flow.pointee.isSource { counts = counts.mirrored }
        contribution.physical -= counts
        relayed.append(Relayed(index: index, counts: counts))
    }

    /// The most packets each way that a session sends through a relay before the direct path is found.
    private static let mostRelayed: UInt64 = 24

    /// What passes below the tailnet since the last count, as the source sees it.
    @inline(__always)
    private static func physical(
        _ flow: UnsafeMutablePointer<ActiveFlow>, _ forward: UInt64, _ backward: UInt64
    ) -> TrafficCounts {
        let up = flow.pointee.session.forward
        let down = flow.pointee.session.backward
        return TrafficCounts(
            txPackets: forward &- flow.pointee.forwardCounted,
            txBytes: up.physicalBytes(forward) &- up.physicalBytes(flow.pointee.forwardCounted),
            rxPackets: backward &- flow.pointee.backwardCounted,
            rxBytes: down.physicalBytes(backward) &- down.physicalBytes(flow.pointee.backwardCounted))
    }

    /// What a flow adds, given the packets up to the window's end.
    @inline(__always)
    private static func contribution(
        _ flow: UnsafeMutablePointer<ActiveFlow>, _ forward: UInt64, _ backward: UInt64
    ) -> Contribution {
        let isSource = flow.pointee.isSource
        let fate = flow.pointee.session.fate
        var counts = TrafficCounts()
        // A rejected initiator's client takes the notices without counting them; a target that drops counts nothing.
        if fate == .open || isSource {
            let up = flow.pointee.session.forward
            counts.txPackets = forward &- flow.pointee.forwardCounted
            counts.txBytes = up.bytes(forward) &- up.bytes(flow.pointee.forwardCounted)
        }
        if fate == .open || (fate == .rejected && !isSource) {
            let down = flow.pointee.session.backward
            counts.rxPackets = backward &- flow.pointee.backwardCounted
            counts.rxBytes = down.bytes(backward) &- down.bytes(flow.pointee.backwardCounted)
        }
        var physical = fate == .unanswered ? TrafficCounts() : physical(flow, forward, backward)
        if !isSource {
            counts = counts.mirrored
            physical = physical.mirrored
        }
        if isSource ? flow.pointee.session.isSourceBlind : flow.pointee.session.isTargetBlind {
            counts.rxPackets = 0
            counts.rxBytes = 0
        }
        return Contribution(
            order: flow.pointee.order, counts: counts, physical: physical, peer: flow.pointee.peer,
            localHost: flow.pointee.localHost, remoteHost: flow.pointee.remoteHost,
            incident: flow.pointee.session.incident, runs: flow.pointee.session.runs,
            localPort: flow.pointee.localPort, remotePort: flow.pointee.remotePort, proto: flow.pointee.proto,
            kind: flow.pointee.kind,
            isIPv6: flow.pointee.session.isIPv6, hasHandshake: false, hasPhysical: fate != .unanswered)
    }

    /// Puts the contributions in the order of their entries.
    @inline(__always)
    func sort() { places.elements.order { EntryOrder.precedes($0.order, $1.order) } }
}
