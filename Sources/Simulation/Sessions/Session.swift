/// One conversation between two ends: a plain value from which both ends' records follow.
///
/// The ends are nodes, or hosts without Tailscale that a node carries packets for: a subnet router, an exit node.
struct Session: BitwiseCopyable, Sendable {
    /// How a session goes.
    enum Fate: UInt8, BitwiseCopyable {
        /// Both ends send.
        case open
        /// The target's packet filter drops it and sends TSMP rejections: TCP over IPv4.
        case rejected
        /// The target's packet filter drops it without a word: everything else.
        case dropped
        /// The target is asleep or has left: nothing arrives.
        case unanswered
    }

    /// What a session is to the nodes that carry it.
    enum Route: UInt8, BitwiseCopyable {
        /// Between two nodes.
        case direct
        /// One end is a host behind a subnet router.
        case subnet
        /// The target is on the internet, behind an exit node, or an unassigned address.
        case exit
        /// Both ends are hosts behind subnet routers, whose clients know neither.
        case transit
    }

    var start: Int64
    /// After this instant nothing is counted at either end, but for the keepalive.
    var cut: Int64
    var forward: PacketStream
    var backward: PacketStream
    /// How long after `start` the target's first packet is seen.
    var answerDelay: Int64
    /// Before this instant packets go through a DERP relay, until the direct path is found; 0 where it is known.
    var coldUntil: Int64
    /// When WireGuard sends a keepalive because the last packet needed no answer; 0 for never.
    var keepalive: Int64
    /// Packets come in bursts: of each period the first part carries everything.
    ///
    /// 0 for a steady flow.
    var burstPeriod: Int64
    var burstLength: Int64
    /// The nodes that carry the session; the target is `nobody` for an unassigned address.
    var source: UInt32
    var target: UInt32
    /// One more than the index of the host at that end; 0 for the node itself.
    var sourceHost: UInt32
    var targetHost: UInt32
    var sourcePort: UInt16
    var targetPort: UInt16
    /// Where the pair's WireGuard handshakes lie in their period of two minutes, in milliseconds.
    var handshakePhase: UInt32
    /// One more than the index of the incident that the session belongs to; 0 for ordinary life.
    var incident: UInt16
    var proto: UInt8
    var fate: Fate
    var route: Route
    var isIPv6: Bool
    /// Whether the end's own network stack takes what arrives, which is not counted then.
    var isSourceBlind: Bool
    var isTargetBlind: Bool
    /// Whether the source sends the keepalive, and not the target.
    var sourceKeepsAlive: Bool
    /// Whether it happens only in the run without incidents: `incident` names the one that keeps it from happening.
    var isRemoved = false
    /// Whether only the source's node records it: a report of something that did not happen.
    var isOneSided = false

    /// The runs in which it happens.
    @inline(__always)
    var runs: RunSet { incident == 0 ? .both : isRemoved ? .withoutIncidents : .withIncidents }

    /// Whether the target's node records it.
    @inline(__always)
    var isSeenByTarget: Bool { fate != .unanswered && !isOneSided }

    /// After this instant the session adds nothing any more.
    @inline(__always)
    var over: Int64 { keepalive == 0 ? cut : keepalive &+ 1 }

    /// The time of those `elapsed` nanoseconds that lies within bursts.
    @inline(__always)
    func active(_ elapsed: Int64) -> Int64 {
        guard burstPeriod != 0, elapsed > 0 else { return elapsed }
        let (periods, rest) = elapsed.quotientAndRemainder(dividingBy: burstPeriod)
        return periods &* burstLength &+ min(rest, burstLength)
    }

    /// Packets that each side has sent before `instant`.
    @inline(__always)
    func packets(before instant: Int64) -> (forward: UInt64, backward: UInt64) {
        let elapsed = min(instant, cut) &- start
        if fate == .open {
            let active = active(elapsed)
            return (forward.packets(active), backward.packets(active &- answerDelay))
        }
        let attempts = Session.retransmissions(elapsed, upTo: forward.total)
        guard fate == .rejected else { return (attempts, 0) }
        return (attempts, Session.retransmissions(elapsed &- answerDelay, upTo: backward.total))
    }

    /// First attempts and retransmissions after one, three, seven and fifteen seconds.
    @inline(__always)
    static func retransmissions(_ elapsed: Int64, upTo total: UInt32) -> UInt64 {
        guard elapsed > 0 else { return 0 }
        let second: Int64 = 1_000_000_000
        var count: UInt64 = 1
        if elapsed > second { count += 1 }
        if elapsed > 3 * second { count += 1 }
        if elapsed > 7 * second { count += 1 }
        if elapsed > 15 * second { count += 1 }
        return min(count, UInt64(total))
    }
}
