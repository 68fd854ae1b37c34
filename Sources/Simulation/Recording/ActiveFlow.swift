import SimTime
import TailnetModel

/// The order of a record's entries: class, then source address and port, target address and port, protocol.
struct EntryOrder: BitwiseCopyable {
    /// Class, family of the source (0 absent), its IPv4 address, its port.
    ///
    /// A node's own IPv6 address is one for all.
    var high: UInt64
    /// The target's address (IPv4 before IPv6; 0 absent), its port, the protocol.
    var low: UInt64

    init(kind: TrafficClass, source: UInt32, sourceFamily: UInt64, sourcePort: UInt16, target: UInt64, low: UInt64) {
        high =
            UInt64(kind.rawValue) << 62 | sourceFamily << 60 | UInt64(source) << 28 | UInt64(sourcePort) << 12
        self.low = target << 24 | low
    }

    @inline(__always)
    static func precedes(_ left: EntryOrder, _ right: EntryOrder) -> Bool {
        left.high != right.high ? left.high < right.high : left.low < right.low
    }

    @inline(__always)
    static func == (left: EntryOrder, right: EntryOrder) -> Bool { left.high == right.high && left.low == right.low }
}

/// A session as one of its ends sees it, with what has been counted so far.
struct ActiveFlow: BitwiseCopyable {
    var session: Session
    var order: EntryOrder
    /// Packets already in earlier windows.
    var forwardCounted: UInt64 = 0
    var backwardCounted: UInt64 = 0
    /// The pair's next WireGuard handshake.
    var nextHandshake: Int64 = 0
    /// The node at the other end; `nobody` for none.
    var peer: UInt32
    var localHost: UInt32
    var remoteHost: UInt32
    var localPort: UInt16
    var remotePort: UInt16
    var proto: UInt8
    var kind: TrafficClass
    var isSource: Bool

    /// Handshakes of a pair that talks are two minutes apart.
    static let handshakePeriod: Int64 = 120_000_000_000

    /// Takes up a session at one of its ends, counting from `instant` on.
    init(_ session: Session, isSource: Bool, from instant: Int64, nodes: UnsafePointer<NodeFacts>, hosts: [HostFacts]) {
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
        let own = nodes[Int(isSource ? session.source : session.target)]
        let ports = UInt64(remotePort) << 8 | UInt64(proto)
        if session.isIPv6 {
            order = EntryOrder(
                kind: kind, source: 0, sourceFamily: 2, sourcePort: localPort,
                target: 1 << 39 | nodes[Int(peer)].ipv6Low & 0x7F_FFFF_FFFF, low: ports)
        } else {
            let local = localHost == 0 ? own.ipv4 : hosts[Int(localHost) - 1].ipv4
            let remote = remoteHost == 0 ? nodes[Int(peer)].ipv4 : hosts[Int(remoteHost) - 1].ipv4
            order = EntryOrder(
                kind: kind, source: local, sourceFamily: 1, sourcePort: localPort, target: UInt64(remote), low: ports)
        }
        recount(from: instant)
    }

    /// Counts as if all before `instant` were in earlier windows.
    mutating func recount(from instant: Int64) {
        (forwardCounted, backwardCounted) = session.packets(before: instant)
        let from = max(instant, session.start)
        let phase = Int64(session.handshakePhase) * 1_000_000
        let behind = (from - phase) % ActiveFlow.handshakePeriod
        nextHandshake = behind == 0 ? from : from - behind + ActiveFlow.handshakePeriod
    }

    /// An instant before which nothing is added, given that all before `instant` was counted; it never lies behind the
    /// session's end.
    func nextInstant(after instant: Int64) -> Int64 {
        guard session.fate == .open else { return instant }
        var next = session.over
        if session.keepalive > instant { next = session.keepalive }
        if nextHandshake < session.cut { next = min(next, nextHandshake) }
        if forwardCounted >= UInt64(session.forward.total), backwardCounted >= UInt64(session.backward.total) {
            return next
        }
        guard session.burstPeriod != 0 else { return instant }
        // Between two bursts nothing is sent.
        let (periods, rest) = (instant - session.start).quotientAndRemainder(dividingBy: session.burstPeriod)
        guard rest > session.burstLength else { return instant }
        return min(next, session.start + (periods + 1) * session.burstPeriod)
    }

    /// Whether the session adds something between what was counted and `end`.
    @inline(__always)
    func adds(before end: Int64, from start: Int64) -> Bool {
        session.packets(before: end) != (forwardCounted, backwardCounted)
            || (nextHandshake < end && nextHandshake < session.cut && hasPath)
            || hasKeepalive(from: start, to: end)
    }

    /// Whether WireGuard's keepalive falls between two instants.
    @inline(__always)
    func hasKeepalive(from start: Int64, to end: Int64) -> Bool {
        session.keepalive != 0 && session.keepalive >= start && session.keepalive < end
    }

    /// Whether packets pass below the tailnet at all.
    @inline(__always)
    var hasPath: Bool { session.fate != .unanswered }
}

/// What one session adds to the record of one window.
struct Contribution: BitwiseCopyable {
    var order: EntryOrder
    /// What the node counts in the tunnel.
    var counts: TrafficCounts
    /// What passes below the tailnet; zero where nothing can arrive.
    var physical: TrafficCounts
    /// The node at the other end; `nobody` for none.
    var peer: UInt32
    var localHost: UInt32
    var remoteHost: UInt32
    var incident: UInt16
    /// The runs in whose records it is.
    var runs: RunSet
    var localPort: UInt16
    var remotePort: UInt16
    var proto: UInt8
    var kind: TrafficClass
    var isIPv6: Bool
    var isLocalAbsent = false
    var isRemoteAbsent = false
    /// Whether the pair shakes hands in the window while the session is open.
    var hasHandshake: Bool
    /// Whether packets pass below the tailnet at all.
    var hasPhysical: Bool

    /// Takes away what the client does not say of exit traffic: protocol, ports, and whoever is no node of the tailnet.
    ///
    /// Entries that are equal then are added up.
    mutating func anonymise() {
        proto = 0
        localPort = 0
        remotePort = 0
        isLocalAbsent = localHost != 0
        isRemoteAbsent = remoteHost != 0
        let source = UInt32(truncatingIfNeeded: order.high >> 28)
        order = EntryOrder(
            kind: kind, source: isLocalAbsent ? 0 : source, sourceFamily: isLocalAbsent ? 0 : 1, sourcePort: 0,
            target: isRemoteAbsent ? 0 : order.low >> 24, low: 0)
    }
}

extension TrafficCounts {
    /// The same traffic as the other end counts it.
    @inline(__always)
    var mirrored: TrafficCounts {
        TrafficCounts(txPackets: rxPackets, txBytes: rxBytes, rxPackets: txPackets, rxBytes: txBytes)
    }
}
