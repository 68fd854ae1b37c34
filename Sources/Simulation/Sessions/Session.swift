import SimTime

/// One connection between two ends: a plain value from which both ends' records follow.
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

    var start: Instant
    /// After this instant nothing is counted at either end, but for the keepalive.
    var cut: Instant
    var forward: PacketStream
    var backward: PacketStream
    /// How long after `start` the target's first packet is seen.
    var answerDelay: TimeSpan
    /// Before this instant packets go through a DERP relay, until the direct path is found.
    ///
    /// `distantPast` where it is known, `distantFuture` where it is never found.
    var coldUntil: Instant
    /// When WireGuard sends a keepalive because the last packet needed no answer; `distantPast` for never.
    var keepalive: Instant
    /// Packets come in bursts: of each period the first part carries everything.
    ///
    /// Zero for a steady flow.
    var burstPeriod: TimeSpan
    var burstLength: TimeSpan
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

    /// After this instant the session adds nothing any more: a keepalive comes after the cut.
    @inline(__always)
    var over: Instant { max(cut, keepalive &+ .nanoseconds(1)) }

    /// The part of the first `elapsed` time that lies within bursts.
    @inline(__always)
    func active(_ elapsed: TimeSpan) -> TimeSpan {
        guard burstPeriod != .zero, elapsed > .zero else { return elapsed }
        let (periods, rest) = elapsed.quotientAndRemainder(dividingBy: burstPeriod)
        return burstLength &* periods &+ min(rest, burstLength)
    }

    /// Packets that each side has sent before `instant`.
    @inline(__always)
    func packets(before instant: Instant) -> (forward: UInt64, backward: UInt64) {
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
    static func retransmissions(_ elapsed: TimeSpan, upTo total: UInt32) -> UInt64 {
        guard elapsed > .zero else { return 0 }
        var count: UInt64 = 1
        if elapsed > .seconds(1) { count += 1 }
        if elapsed > .seconds(3) { count += 1 }
        if elapsed > .seconds(7) { count += 1 }
        if elapsed > .seconds(15) { count += 1 }
        return min(count, UInt64(total))
    }
}
