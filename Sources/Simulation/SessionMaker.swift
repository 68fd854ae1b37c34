import Chance
import ScenarioSpec
import SimTime
import TailnetModel

/// Makes sessions: a pure function of pattern, source and time bucket.
struct SessionMaker {
    let world: World
    let withAnomalies: Bool

    /// The bucket of sessions that last at most ten minutes.
    static let shortBucket: Int64 = World.sliceLength.nanoseconds
    /// The bucket of longer ones, which are few.
    static let longBucket: Int64 = 3_600_000_000_000

    /// How far back a session can have started that is still open.
    static let longestShort = Int64(ProfileTable.longestShort) * 1_000_000
    static let longestLong = Int64(ProfileTable.longestLong) * 1_000_000

    /// Hands every session of the sources of `lane` that starts in `window` to `sink`.
    ///
    /// The window must lie on bucket boundaries of the short class.
    func makeSessions(lane: UInt32, window: TimeWindow, sink: (Session) -> Void) {
        var bucket = window.start.nanoseconds
        while bucket < window.end.nanoseconds {
            makeClass(lane: lane, bucket: bucket, length: SessionMaker.shortBucket, isLong: false, sink: sink)
            bucket += SessionMaker.shortBucket
        }
        makeLongSessions(lane: lane, window: window, sink: sink)
        makeAnomalySessions(lane: lane, window: window, sink: sink)
    }

    /// Hands every session of the sources of `lane` that starts before `instant` and may still be open to `sink`.
    func makeOpenSessions(lane: UInt32, before instant: Instant, sink: (Session) -> Void) {
        let open: (Session) -> Void = { session in
            if session.cut > instant.nanoseconds - WindowGrid.longestWindow { sink(session) }
        }
        let end = instant.nanoseconds
        let short = (end - SessionMaker.longestShort - WindowGrid.longestWindow) / SessionMaker.shortBucket
        var bucket = short * SessionMaker.shortBucket
        while bucket < end {
            makeClass(lane: lane, bucket: bucket, length: SessionMaker.shortBucket, isLong: false, sink: open)
            bucket += SessionMaker.shortBucket
        }
        let past = TimeWindow(
            start: Instant(nanoseconds: end - SessionMaker.longestLong - WindowGrid.longestWindow), end: instant)
        makeLongSessions(lane: lane, window: past, sink: open)
        makeAnomalySessions(lane: lane, window: past, sink: open)
    }

    private func makeLongSessions(lane: UInt32, window: TimeWindow, sink: (Session) -> Void) {
        var bucket = window.start.floored(to: .nanoseconds(SessionMaker.longBucket)).nanoseconds
        while bucket < window.end.nanoseconds {
            makeClass(lane: lane, bucket: bucket, length: SessionMaker.longBucket, isLong: true) { session in
                if window.contains(Instant(nanoseconds: session.start)) { sink(session) }
            }
            bucket += SessionMaker.longBucket
        }
    }

    private func makeAnomalySessions(lane: UInt32, window: TimeWindow, sink: (Session) -> Void) {
        guard withAnomalies else { return }
        for (index, anomaly) in world.anomalies.enumerated() {
            guard let node = anomaly.node, world.nodes[node].lane == lane,
                anomaly.anomaly.window.overlaps(window)
            else { continue }
            forEachSession(of: anomaly, index: index) { session in
                if window.contains(Instant(nanoseconds: session.start)) { sink(session) }
            }
        }
    }

    /// The sessions of one class in one bucket.
    private func makeClass(lane: UInt32, bucket: Int64, length: Int64, isLong: Bool, sink: (Session) -> Void) {
        let middle = bucket + length / 2
        for facts in world.patterns {
            let permille = Int64(isLong ? facts.table.longPermille : 1_000 - facts.table.longPermille)
            guard permille > 0 else { continue }
            let bucketKey = facts.key.key(UInt64(bitPattern: bucket) | (isLong ? 1 : 0))
            for source in facts.pattern.sources where world.nodes[source].lane == lane {
                let activity = activity(facts.pattern.schedule, source: source, at: middle)
                guard activity > 0 else { continue }
                // Thousandths of sessions an hour × thousandths of activity × thousandths of the class.
                let rate = Int64(facts.pattern.milliSessionsPerHour) * activity / 1_000 * permille
                let mean = UInt64((Int128(rate) * Int128(length) * 65_536) / (3_600_000_000_000 * 1_000_000))
                let key = bucketKey.key(world.nodes[source].key.bits)
                let count = Poisson.count(mean: mean, draw: key.draw(0))
                for ordinal in 0..<count {
                    let sessionKey = key.key(UInt64(ordinal))
                    let start = bucket + Int64(sessionKey.draw(0, below: UInt64(length)))
                    guard
                        let session = session(
                            facts: facts, key: sessionKey, source: source, start: start, isLong: isLong)
                    else { continue }
                    sink(session)
                }
            }
        }
    }

    private func activity(_ schedule: Schedule, source: Int, at instant: Int64) -> Int64 {
        switch schedule {
        case .always: return 1_000
        case .nightly:
            let hour = (instant / SessionMaker.longBucket) % 24
            return (1..<4).contains(hour) ? 1_000 : 0
        case .workingHours:
            guard let owner = world.plan.nodes[source].owner else {
                let office = WorkingHours(start: .hours(8), end: .hours(18), weekends: false)
                return Presence.activity(hours: office, offset: 0, at: instant)
            }
            return Presence.activity(
                hours: world.plan.workingHours[owner], offset: world.userZones[owner].offset(at: instant), at: instant)
        }
    }

    /// One ordinary session; nil where its source is down or it has nowhere to go.
    private func session(facts: PatternFacts, key: ChanceKey, source: Int, start: Int64, isLong: Bool) -> Session? {
        guard let target = facts.ring.member(at: key.draw(1), excluding: UInt32(source)) else { return nil }
        let pattern = facts.pattern
        let port = pattern.ports.isEmpty ? 0 : pattern.ports[Int(key.draw(2, below: UInt64(pattern.ports.count)))]
        let short = facts.table.duration.value(key.draw(3))
        let milliseconds = isLong ? ProfileTable.longestShort + facts.table.longDuration.value(key.draw(3)) : short
        let up = facts.table.request.value(key.draw(4))
        let down = facts.table.response.value(key.draw(5))
        let isIPv6 = key.chance(6, permille: pattern.ipv6Permille)
        let proto = pattern.proto == 1 && isIPv6 ? 58 : pattern.proto
        return makeSession(
            SessionDraft(
                key: key, source: UInt32(source), target: target, proto: proto, targetPort: port, start: start,
                duration: Int64(milliseconds) * 1_000_000 + Int64(key.draw(7, below: 1_000_000)), up: up, down: down,
                isIPv6: isIPv6, incident: 0))
    }

    /// Turns a draft into a session as the tailnet of that instant lets it happen; nil where the source is down.
    func makeSession(_ draft: SessionDraft) -> Session? {
        // Who attacks wakes the machine that they use.
        let presence = world.presence
        let source = Int(draft.source)
        let found =
            draft.incident == 0
            ? presence.upUntil(source, at: draft.start) : presence.memberUntil(source, at: draft.start)
        guard let sourceUntil = found else { return nil }
        let targetUntil = presence.upUntil(Int(draft.target), at: draft.start)
        let isAdmitted = world.admission.admits(
            source: Int(draft.source), target: Int(draft.target), proto: draft.proto, port: draft.targetPort,
            isIPv6: draft.isIPv6, at: draft.start)
        let pair = world.pairKey(draft.source, draft.target)
        let facts = world.nodes[Int(draft.source)]
        let sourcePort: UInt16 =
            if draft.proto == 1 || draft.proto == 58 {
                0
            } else if facts.hasLinuxPorts {
                UInt16(32_768 + draft.key.draw(8, below: 28_232))
            } else {
                UInt16(49_152 + draft.key.draw(8, below: 16_384))
            }
        // Round trips of 0.4 to 60 ms, the same for a pair at all times.
        let answer = 400_000 + Int64(pair.draw(1, below: 60_000_000))
        var session = Session(
            key: draft.key.bits, start: draft.start, cut: 0, forward: PacketStream(), backward: PacketStream(),
            answerDelay: answer, source: draft.source, target: draft.target, sourcePort: sourcePort,
            targetPort: draft.targetPort, handshakePhase: UInt32(pair.draw(2, below: 120_000)),
            incident: draft.incident, proto: draft.proto, fate: .open, isIPv6: draft.isIPv6)
        var end = draft.start + max(draft.duration, 2 * answer)
        switch (targetUntil, isAdmitted) {
        case (nil, _), (_, false):
            let attempts = UInt32(1 + draft.key.draw(9, below: 5))
            session.forward = PacketShape.attempts(draft.proto == 6 ? attempts : 1, isIPv6: draft.isIPv6)
            session.backward = PacketShape.rejections(session.forward.total)
            session.fate = targetUntil == nil ? .unanswered : draft.proto == 6 && !draft.isIPv6 ? .rejected : .dropped
            end = draft.start + 20_000_000_000
        default:
            switch draft.proto {
            case 6:
                (session.forward, session.backward) = PacketShape.tcp(
                    up: draft.up, down: draft.down, isIPv6: draft.isIPv6)
            case 1, 58:
                (session.forward, session.backward) = PacketShape.echoes(count: draft.up, isIPv6: draft.isIPv6)
            default:
                (session.forward, session.backward) = PacketShape.datagrams(
                    up: draft.up, down: draft.down, isIPv6: draft.isIPv6)
            }
        }
        session.forward.spread(over: end - draft.start)
        session.backward.spread(over: end - draft.start - answer)
        var cut = min(end + 1, sourceUntil)
        if let targetUntil { cut = min(cut, targetUntil) }
        if draft.proto != 6, session.fate == .open {
            cut = world.admission.firstRefusal(
                source: Int(draft.source), target: Int(draft.target), proto: draft.proto, port: draft.targetPort,
                isIPv6: draft.isIPv6, after: draft.start, before: cut)
        }
        session.cut = cut
        return session
    }
}

/// What somebody wants to do, before the tailnet has its say.
struct SessionDraft {
    var key: ChanceKey
    var source: UInt32
    var target: UInt32
    var proto: UInt8
    var targetPort: UInt16
    var start: Int64
    /// Nanoseconds.
    var duration: Int64
    /// Bytes of payload each way; for echoes, their count.
    var up: UInt64
    var down: UInt64
    var isIPv6: Bool
    /// One more than the anomaly's index.
    var incident: UInt16
}
