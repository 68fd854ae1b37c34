import SimTime
import TailnetModel

/// A session as one of its ends sees it, with what has been counted so far.
struct ActiveFlow: BitwiseCopyable {
    var session: Session
    var order: EntryOrder
    /// Packets already in earlier windows.
    var forwardCounted: UInt64 = 0
    var backwardCounted: UInt64 = 0
    /// The pair's next WireGuard handshake.
    var nextHandshake = Instant.epoch
    /// The node at the other end; `nobody` for none.
    var peer: UInt32
    var localHost: UInt32
    var remoteHost: UInt32
    var localPort: UInt16
    var remotePort: UInt16
    var proto: UInt8
    var kind: TrafficClass
    var isSource: Bool

    /// Handshakes of a pair with traffic are two minutes apart.
    static var handshakePeriod: TimeSpan { .minutes(2) }

    /// Takes up a session at one of its ends, counting from `instant` on.
    ///
    /// - Parameters:
    ///   - nodes: all of the world's.
    ///   - hosts: all of the world's.
    @inline(__always)
    init(
        _ session: Session, isSource: Bool, from instant: Instant, nodes: [NodeFacts], hosts: [HostFacts]
    ) {
        self.session = session
        self.isSource = isSource
        peer = isSource ? session.target : session.source
        localHost = isSource ? session.sourceHost : session.targetHost
        remoteHost = isSource ? session.targetHost : session.sourceHost
        // A rejection has no ports: TSMP is written with port 0 at both ends.
        let isNotice = session.fate == .rejected && !isSource
        localPort = isNotice ? 0 : isSource ? session.sourcePort : session.targetPort
        remotePort = isNotice ? 0 : isSource ? session.targetPort : session.sourcePort
        proto = isNotice ? 99 : session.proto
        kind =
            switch session.route {
            case .direct: .virtual
            case .subnet: .subnet
            case .exit, .transit: .exit
            }
        let own = isSource ? session.source : session.target
        let ports = UInt64(remotePort) << 8 | UInt64(proto)
        if session.isIPv6 {
            order = EntryOrder(
                kind: kind, source: 0, sourceFamily: 2, sourcePort: localPort,
                target: 1 << 39 | nodes[Int(peer)].ipv6Low & 0x7F_FFFF_FFFF, low: ports)
        } else {
            let local = localHost == 0 ? nodes[Int(own)].ipv4 : hosts[Int(localHost) - 1].ipv4
            let remote = remoteHost == 0 ? nodes[Int(peer)].ipv4 : hosts[Int(remoteHost) - 1].ipv4
            order = EntryOrder(
                kind: kind, source: local, sourceFamily: 1, sourcePort: localPort, target: UInt64(remote), low: ports)
        }
        recount(from: instant)
    }

    /// Counts as if all before `instant` were in earlier windows.
    mutating func recount(from instant: Instant) {
        (forwardCounted, backwardCounted) = session.packets(before: instant)
        let from = max(instant, session.start)
        let phase = Instant.epoch &+ .nanoseconds(Int64(session.handshakePhase) &* 1_000_000)
        let behind = (from &- phase) % ActiveFlow.handshakePeriod
        nextHandshake = behind == .zero ? from : from &+ (ActiveFlow.handshakePeriod &- behind)
    }

    /// An instant before which nothing is added, given that all before `instant` was counted; it never lies behind the
    /// session's end.
    func nextInstant(after instant: Instant) -> Instant {
        guard session.fate == .open else { return instant }
        var next = session.over
        if session.keepalive > instant { next = session.keepalive }
        if nextHandshake < session.cut { next = min(next, nextHandshake) }
        if forwardCounted >= UInt64(session.forward.total), backwardCounted >= UInt64(session.backward.total) {
            return next
        }
        guard session.burstPeriod != .zero else { return instant }
        // Between two bursts nothing is sent.
        let (periods, rest) = (instant &- session.start).quotientAndRemainder(dividingBy: session.burstPeriod)
        guard rest > session.burstLength else { return instant }
        return min(next, session.start &+ session.burstPeriod &* (periods &+ 1))
    }

    /// Whether the session adds something between what was counted and `end`.
    @inline(__always)
    func adds(before end: Instant, from start: Instant) -> Bool {
        session.packets(before: end) != (forwardCounted, backwardCounted)
            || (nextHandshake < end && nextHandshake < session.cut && hasPath)
            || hasKeepalive(from: start, to: end)
    }

    /// Whether WireGuard's keepalive falls between two instants.
    @inline(__always)
    func hasKeepalive(from start: Instant, to end: Instant) -> Bool {
        session.keepalive >= start && session.keepalive < end
    }

    /// Whether packets pass below the tailnet at all.
    @inline(__always)
    var hasPath: Bool { session.fate != .unanswered }
}

extension TrafficCounts {
    /// The same traffic as the other end counts it.
    @inline(__always)
    var mirrored: TrafficCounts {
        TrafficCounts(txPackets: rxPackets, txBytes: rxBytes, rxPackets: txPackets, rxBytes: txBytes)
    }

    @inline(__always)
    static func -= (left: inout TrafficCounts, right: TrafficCounts) {
        left.txPackets &-= right.txPackets
        left.txBytes &-= right.txBytes
        left.rxPackets &-= right.rxPackets
        left.rxBytes &-= right.rxBytes
    }
}
