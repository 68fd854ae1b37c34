import KeyedRandom
import ScenarioSpec
import SimTime
import TailnetModel

/// A session as its source wants it, before policy and availability decide.
struct SessionDraft {
    var key: RandomKey
    var ends: SessionEnds
    var proto: UInt8
    var targetPort: UInt16
    var start: Instant
    var duration: TimeSpan
    /// Bytes of payload each way; for echoes, their count.
    var up: UInt64
    var down: UInt64
    var isIPv6: Bool
    /// One more than the incident's index.
    var incident: UInt16
}

extension World {
    /// Brings near what a session with a target needs to know of it.
    @inline(__always)
    func prefetch(_ endpoint: EndpointID) {
        guard Int(endpoint) < nodes.count else { return }
        nodes.prefetch(Int(endpoint), lines: 2)
        underlay.prefetch(Int(endpoint))
    }

    /// Whether an endpoint can be in the tailnet at some time in a window: ephemeral nodes are not for long.
    @inline(__always)
    func isAlive(_ endpoint: EndpointID, in window: TimeWindow) -> Bool {
        guard Int(endpoint) < nodes.count else { return true }
        return nodes[Int(endpoint)].life.overlaps(window)
    }

    /// The nodes that carry a connection between two endpoints at `instant`; nil where it does not cross the tailnet.
    ///
    /// Of several subnet routers the first one that is up takes the packets. Traffic to the internet crosses the tailnet
    /// only where its source uses an exit node.
    func ends(source: EndpointID, target: EndpointID, at instant: Instant) -> SessionEnds? {
        let count = UInt32(nodes.count)
        var ends = SessionEnds(source: source, target: target, route: .direct)
        if source >= count {
            guard let router = router(of: source - count, at: instant) else { return nil }
            ends.source = router
            ends.sourceHost = source - count + 1
            ends.route = .subnet
        }
        if target >= count {
            let host = target - count
            ends.targetHost = host + 1
            switch hosts[Int(host)].place {
            case .lan:
                guard let router = router(of: host, at: instant) else { return nil }
                ends.target = router
                ends.route = ends.sourceHost == 0 ? .subnet : .transit
            case .internet:
                guard ends.sourceHost == 0, nodes[Int(source)].exitNode != NodeFacts.nobody else { return nil }
                ends.target = nodes[Int(source)].exitNode
                ends.route = .exit
            case .gone:
                guard ends.sourceHost == 0 else { return nil }
                ends.target = NodeFacts.nobody
                ends.route = .exit
            }
        }
        return ends.source == ends.target ? nil : ends
    }

    /// The subnet router that carries packets for a host: the first one that is up.
    private func router(of host: UInt32, at instant: Instant) -> UInt32? {
        guard case .lan(let routers) = hosts[Int(host)].place else { return nil }
        if routers.count == 1, !nodes[routers[0]].isChanging { return UInt32(routers[0]) }
        let address = IPAddress(ipv4: hosts[Int(host)].ipv4)
        let able = routers.filter { router in
            !nodes[router].isChanging
                || control.node(router, at: instant).approvedRoutes.contains { $0.contains(address) }
        }
        let up = able.first { availability.upUntil($0, at: instant, horizon: instant) != nil }
        return (up ?? able.first).map { UInt32($0) }
    }
}

extension SessionMaker {
    /// Turns a draft into a session as the tailnet of that instant lets it happen; nil where the source is down.
    ///
    /// What an incident wants to do is judged by the policies that incidents leave.
    func makeSession(_ draft: SessionDraft) -> Session? {
        if draft.incident != 0, let edited = world.changedAdmission { return makeSession(draft, under: edited) }
        return makeSession(draft, under: world.admission)
    }

    /// Turns a draft into a session as some policies let it happen; nil where the source is down.
    func makeSession(_ draft: SessionDraft, under admission: Admission) -> Session? {
        var session = Session(draft, sourcePort: sourcePort(draft))
        return fill(&session, draft, under: admission) ? session : nil
    }

    /// Fills in what becomes of a session as some policies let it happen; false where the source is down.
    ///
    /// Nearly all sessions come this way, in one place of memory: they are too large to be handed back.
    func fill(_ session: inout Session, _ draft: SessionDraft, under admission: Admission) -> Bool {
        let availability = world.availability
        let ends = draft.ends
        let source = Int(ends.source)
        let horizon = draft.start + draft.duration + SessionMaker.longestWait
        // An attacker wakes the machine they use.
        let found =
            world.nodes[source].isAlwaysUp
            ? Instant.distantFuture
            : draft.incident == 0
                ? availability.upUntil(source, at: draft.start, horizon: horizon)
                : availability.memberUntil(source, at: draft.start)
        guard let sourceUntil = found else { return false }
        let key = draft.key
        guard ends.target != NodeFacts.nobody else {
            // An unassigned address: attempts, and no peer below them.
            session.fate = .unanswered
            session.forward = PacketShape.attempts(attempts(draft), isIPv6: false)
            session.cut = min(draft.start + SessionMaker.longestWait, sourceUntil)
            return true
        }
        let target = world.nodes[Int(ends.target)]
        let pair = world.pairKey(ends.source, ends.target)
        session.handshakePhase = UInt32(pair.draw(2, below: 120_000))
        // Round trips of 0.4 to 60 ms, the same for a pair at all times.
        session.answerDelay = .microseconds(400) + TimeSpan(draw: pair.draw(1), below: .milliseconds(60))
        session.isSourceBlind = world.nodes[source].isUserspace
        session.isTargetBlind =
            target.isUserspace || (target.runsSSH && draft.targetPort == 22 && ends.route == .direct)
        // Nobody knows the address of a node that is not in the tailnet.
        var targetUntil: Instant? = .distantFuture
        if !target.isAlwaysUp {
            guard let member = availability.memberUntil(Int(ends.target), at: draft.start) else { return false }
            targetUntil = availability.upUntil(Int(ends.target), at: draft.start, horizon: horizon, member: member)
        }
        let conversation = Conversation(
            source: ends.source, target: ends.target, sourceHost: ends.sourceHost, targetHost: ends.targetHost,
            proto: draft.proto, port: draft.targetPort, isIPv6: draft.isIPv6)
        guard let targetUntil else {
            session.fate = .unanswered
            refuse(&session, draft, until: sourceUntil)
            return true
        }
        guard admission.admits(conversation, at: draft.start) else {
            session.fate = draft.proto == 6 && !draft.isIPv6 ? .rejected : .dropped
            refuse(&session, draft, until: min(sourceUntil, targetUntil))
            return true
        }
        (session.forward, session.backward) = PacketShape.packets(of: draft)
        let end = draft.start + max(draft.duration, session.answerDelay * 2)
        if draft.proto == 6, end - draft.start > .minutes(1) { makeBursts(&session, key, end - draft.start) }
        let active = session.active(end - draft.start)
        session.forward.spread(over: active)
        session.backward.spread(over: active - session.answerDelay)
        session.cut = min(end + .nanoseconds(1), min(sourceUntil, targetUntil))
        if draft.proto != 6 {
            session.cut = admission.firstRefusal(conversation, after: draft.start, before: session.cut)
        }
        warmUp(&session, pair: pair)
        if session.cut == end + .nanoseconds(1), key.chance(10, permille: 300) {
            let keepalive = end + SessionMaker.keepaliveDelay
            if keepalive < min(sourceUntil, targetUntil) {
                session.keepalive = keepalive
                session.sourceKeepsAlive = draft.proto != 6 || key.draw(11) & 1 == 0
            }
        }
        return true
    }

    /// The last retransmission of a first packet is over by then.
    static var longestWait: TimeSpan { .seconds(20) }

    private func refuse(_ session: inout Session, _ draft: SessionDraft, until: Instant) {
        session.forward = PacketShape.attempts(attempts(draft), isIPv6: draft.isIPv6)
        session.backward = PacketShape.rejections(session.forward.total)
        session.cut = min(draft.start + SessionMaker.longestWait, until)
    }

    private func attempts(_ draft: SessionDraft) -> UInt32 {
        draft.proto == 6 ? UInt32(1 + draft.key.draw(9, below: 5)) : 1
    }

    func sourcePort(_ draft: SessionDraft) -> UInt16 {
        if draft.proto == 1 || draft.proto == 58 { return 0 }
        if draft.ends.sourceHost == 0, !world.nodes[Int(draft.ends.source)].hasLinuxPorts {
            return UInt16(49_152 + draft.key.draw(8, below: 16_384))
        }
        return UInt16(32_768 + draft.key.draw(8, below: 28_232))
    }

    /// People and programs send and pause: in periods of eight seconds to some minutes, the long ones rarer.
    ///
    /// A tenth to a half of a period carries everything. The sum over many sessions is bursty at all scales, as real
    /// traffic is.
    private func makeBursts(_ session: inout Session, _ key: RandomKey, _ duration: TimeSpan) {
        let octaves = UInt64(min(6, key.draw(12).leadingZeroBitCount))
        let base = TimeSpan.seconds(8 << Int64(octaves))
        session.burstPeriod = min(base + TimeSpan(draw: key.draw(13), below: base), duration / 2)
        // At least two round trips, so that the answer falls into the first burst.
        session.burstLength = max(
            session.burstPeriod * Int64(100 + key.draw(14, below: 400)) / 1_000, session.answerDelay * 2)
    }

    /// Peers that have been silent find their direct path anew: until then their packets go through a relay.
    ///
    /// Whether a pair is in such a state is a matter of the pair and the time, not of its traffic.
    private func warmUp(_ session: inout Session, pair: RandomKey) {
        let bucket = pair.key(0x636F_6C64).key(UInt64(bitPattern: (session.start - .epoch) / SessionMaker.coldBucket))
        let permille = world.underlay.coldPermille(Int(session.source), Int(session.target))
        guard bucket.chance(0, permille: permille) else { return }
        let search = TimeSpan.milliseconds(150) + TimeSpan(draw: bucket.draw(1), below: .milliseconds(2_800))
        session.coldUntil = session.start + search
    }

    /// How long a pair stays cold or warm.
    private static var coldBucket: TimeSpan { .minutes(2) }
}

extension Session {
    /// Makes a session as its draft describes it, before policy and availability decide.
    @inline(__always)
    init(_ draft: SessionDraft, sourcePort: UInt16) {
        self.init(
            start: draft.start, cut: .epoch, forward: PacketStream(), backward: PacketStream(), answerDelay: .zero,
            coldUntil: .distantPast, keepalive: .distantPast, burstPeriod: .zero, burstLength: .zero,
            source: draft.ends.source, target: draft.ends.target, sourceHost: draft.ends.sourceHost,
            targetHost: draft.ends.targetHost, sourcePort: sourcePort, targetPort: draft.targetPort, handshakePhase: 0,
            incident: draft.incident, proto: draft.proto, fate: .open, route: draft.ends.route, isIPv6: draft.isIPv6,
            isSourceBlind: false, isTargetBlind: false, sourceKeepsAlive: false)
    }
}
