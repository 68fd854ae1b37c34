import SimTime
import TailnetModel

/// A session as one of its ends sees it, with what has been counted so far.
struct ActiveFlow: BitwiseCopyable {
    var session: Session
    /// The client's order of entries: family, local port, remote address; then remote port, protocol.
    var orderHigh: UInt64
    var orderLow: UInt64
    /// Packets already in earlier windows.
    var forwardCounted: UInt64
    var backwardCounted: UInt64
    /// The pair's next WireGuard handshake.
    var nextHandshake: Int64
    var isSource: Bool

    /// Handshakes of a pair that talks are two minutes apart.
    static let handshakePeriod: Int64 = 120_000_000_000

    /// Takes up a session at one of its ends, counting from `instant` on.
    init(_ session: Session, isSource: Bool, from instant: Int64, nodes: [NodeFacts]) {
        self.session = session
        self.isSource = isSource
        let peer = nodes[Int(isSource ? session.target : session.source)]
        // A rejection has no ports: TSMP is written with port 0 at both ends.
        let isNotice = session.fate == .rejected && !isSource
        let local = isNotice ? 0 : UInt64(isSource ? session.sourcePort : session.targetPort)
        let remote = isNotice ? 0 : UInt64(isSource ? session.targetPort : session.sourcePort)
        let address = session.isIPv6 ? peer.ipv6Low : UInt64(peer.ipv4)
        orderHigh = (session.isIPv6 ? 1 << 63 : 0) | local << 40 | (address & 0xFF_FFFF_FFFF)
        orderLow = remote << 8 | UInt64(isNotice ? 99 : session.proto)
        forwardCounted = session.forwardPackets(before: instant)
        backwardCounted = session.backwardPackets(before: instant)
        let from = max(instant, session.start)
        let phase = Int64(session.handshakePhase) * 1_000_000
        let behind = (from - phase) % ActiveFlow.handshakePeriod
        nextHandshake = behind == 0 ? from : from - behind + ActiveFlow.handshakePeriod
    }

    @inline(__always)
    static func precedes(_ left: ActiveFlow, _ right: ActiveFlow) -> Bool {
        if left.orderHigh != right.orderHigh { return left.orderHigh < right.orderHigh }
        if left.orderLow != right.orderLow { return left.orderLow < right.orderLow }
        return left.session.key < right.session.key
    }
}

/// What one session adds to the record of one window.
struct Contribution: BitwiseCopyable {
    var orderHigh: UInt64
    var orderLow: UInt64
    /// What the node counts in the tunnel.
    var counts: TrafficCounts
    /// What passes below the tailnet; zero where nothing can arrive.
    var physical: TrafficCounts
    var peer: UInt32
    var incident: UInt16
    var localPort: UInt16
    var remotePort: UInt16
    var proto: UInt8
    var isIPv6: Bool
    /// Whether the pair shakes hands in the window while the session is open.
    var hasHandshake: Bool
    /// Whether packets pass below the tailnet at all.
    var hasPhysical: Bool
}

/// One node's recorder: the sessions that it takes part in, and its windows.
struct Recorder {
    let node: UInt32
    var grid: WindowGrid
    /// Sessions to come, the next one last.
    var queue: [Session] = []
    /// Open sessions in the order of their entries.
    var active: [ActiveFlow] = []

    init(node: UInt32, grid: WindowGrid) {
        self.node = node
        self.grid = grid
    }

    /// Puts the queue in order after sessions were added.
    mutating func sortQueue() {
        queue.sort { $0.start != $1.start ? $0.start > $1.start : $0.key > $1.key }
    }

    /// Takes up the queued sessions that start before the current window ends.
    mutating func activateDue(nodes: [NodeFacts]) {
        while let session = queue.last, session.start < grid.end {
            queue.removeLast()
            guard session.cut > grid.start else { continue }
            let flow = ActiveFlow(session, isSource: session.source == node, from: grid.start, nodes: nodes)
            var low = 0
            var high = active.count
            while low < high {
                let middle = (low + high) / 2
                if ActiveFlow.precedes(active[middle], flow) { low = middle + 1 } else { high = middle }
            }
            active.insert(flow, at: low)
        }
    }

    /// Counts what the current window holds of each open session, and lets go of those that are over.
    ///
    /// - Returns: whether a session of an anomaly is among the contributions.
    mutating func count(into contributions: inout [Contribution]) -> Bool {
        let end = grid.end
        var kept = 0
        var hasIncident = false
        for index in active.indices {
            let session = active[index].session
            let forward = session.forwardPackets(before: end)
            let backward = session.backwardPackets(before: end)
            var hasHandshake = false
            if active[index].nextHandshake < end {
                hasHandshake = active[index].nextHandshake < session.cut && session.fate != .unanswered
                active[index].nextHandshake += ActiveFlow.handshakePeriod
            }
            let flow = active[index]
            if forward != flow.forwardCounted || backward != flow.backwardCounted || hasHandshake {
                contributions.append(Recorder.contribution(flow, forward, backward, hasHandshake))
                if session.incident != 0 { hasIncident = true }
                active[index].forwardCounted = forward
                active[index].backwardCounted = backward
            }
            if session.cut > end {
                if kept != index { active[kept] = active[index] }
                kept += 1
            }
        }
        active.removeLast(active.count - kept)
        return hasIncident
    }

    /// What a flow adds, given the packets up to the window's end.
    @inline(__always)
    private static func contribution(
        _ flow: ActiveFlow, _ forward: UInt64, _ backward: UInt64, _ hasHandshake: Bool
    ) -> Contribution {
        let session = flow.session
        let forwardPackets = forward &- flow.forwardCounted
        let backwardPackets = backward &- flow.backwardCounted
        let forwardBytes = session.forward.bytes(forward) &- session.forward.bytes(flow.forwardCounted)
        let backwardBytes = session.backward.bytes(backward) &- session.backward.bytes(flow.backwardCounted)
        var counts = TrafficCounts()
        switch session.fate {
        case .open:
            counts = TrafficCounts(
                txPackets: forwardPackets, txBytes: forwardBytes, rxPackets: backwardPackets, rxBytes: backwardBytes)
        case .rejected:
            // The initiator's client takes the notices without counting them.
            counts =
                flow.isSource
                ? TrafficCounts(txPackets: forwardPackets, txBytes: forwardBytes)
                : TrafficCounts(rxPackets: backwardPackets, rxBytes: backwardBytes)
        case .dropped, .unanswered:
            if flow.isSource { counts = TrafficCounts(txPackets: forwardPackets, txBytes: forwardBytes) }
        }
        var physical = TrafficCounts()
        if session.fate != .unanswered {
            physical = TrafficCounts(
                txPackets: forwardPackets,
                txBytes: session.forward.physicalBytes(forward) &- session.forward.physicalBytes(flow.forwardCounted),
                rxPackets: backwardPackets,
                rxBytes: session.backward.physicalBytes(backward)
                    &- session.backward.physicalBytes(flow.backwardCounted))
        }
        if !flow.isSource {
            counts = counts.mirrored
            physical = physical.mirrored
        }
        let isNotice = session.fate == .rejected && !flow.isSource
        return Contribution(
            orderHigh: flow.orderHigh, orderLow: flow.orderLow, counts: counts, physical: physical,
            peer: flow.isSource ? session.target : session.source, incident: session.incident,
            localPort: isNotice ? 0 : flow.isSource ? session.sourcePort : session.targetPort,
            remotePort: isNotice ? 0 : flow.isSource ? session.targetPort : session.sourcePort,
            proto: isNotice ? 99 : session.proto, isIPv6: session.isIPv6, hasHandshake: hasHandshake,
            hasPhysical: session.fate != .unanswered)
    }
}

extension TrafficCounts {
    /// The same traffic as the other end counts it.
    @inline(__always)
    var mirrored: TrafficCounts {
        TrafficCounts(txPackets: rxPackets, txBytes: rxBytes, rxPackets: txPackets, rxBytes: txBytes)
    }
}
