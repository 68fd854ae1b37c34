import BasicContainers
import KeyedRandom
import ScenarioSpec
import SimTime
import TailnetModel

/// Makes sessions: a pure function of pattern, source and time bucket.
struct SessionMaker: ~Copyable {
    let world: World
    let withIncidents: Bool
    /// Whether incidents edit the policy, so that ordinary sessions have to be made under both.
    private let isPolicyEdited: Bool
    /// Laws of counts by their means, of which a run has few.
    private var laws = ArrivalLaws()
    private var requests = UniqueArray<SessionRequest>(minimumCapacity: mostRequests)

    init(world: World, withIncidents: Bool) {
        self.world = world
        self.withIncidents = withIncidents
        isPolicyEdited = withIncidents && world.changedAdmission != nil
    }

    /// The bucket of sessions that last at most ten minutes.
    static var shortBucket: TimeSpan { World.bucketLength }
    /// The bucket of longer ones, which are few.
    static var longBucket: TimeSpan { .hours(1) }

    /// How far back a session can have started that still has something to add: its keepalive comes last.
    static var longestShort: TimeSpan {
        .milliseconds(Int64(ProfileTable.longestShort)) + keepaliveDelay + .seconds(1)
    }
    static var longestLong: TimeSpan { .milliseconds(Int64(ProfileTable.longestLong)) + keepaliveDelay + .seconds(1) }
    /// WireGuard's KEEPALIVE-TIMEOUT.
    static var keepaliveDelay: TimeSpan { .seconds(10) }

    /// Hands every session of the sources of `lane` that starts in `window` to `sink`.
    ///
    /// The window must lie on bucket boundaries of the short class.
    mutating func makeSessions(lane: UInt32, window: TimeWindow, sink: (Session) -> Void) {
        var start = window.start
        while start < window.end {
            let bucket = TimeWindow(start: start, end: start + SessionMaker.shortBucket)
            makeClass(lane: lane, bucket: bucket, isLong: false, in: window, sink: sink)
            start = bucket.end
        }
        makeLongSessions(lane: lane, window: window, sink: sink)
        makeEndlessSessions(lane: lane, window: window, sink: sink)
        makeIncidentSessions(lane: lane, window: window, sink: sink)
    }

    /// Hands every session of the sources of `lane` that starts before `instant` and may still be open to `sink`.
    mutating func makeOpenSessions(lane: UInt32, before instant: Instant, sink: (Session) -> Void) {
        let open: (Session) -> Void = { session in
            if session.over > instant - WindowGrid.longestWindow { sink(session) }
        }
        let first = instant - SessionMaker.longestShort - WindowGrid.longestWindow
        let all = TimeWindow(start: first.floored(to: SessionMaker.shortBucket), end: instant)
        var start = all.start
        while start < instant {
            let bucket = TimeWindow(start: start, end: start + SessionMaker.shortBucket)
            makeClass(lane: lane, bucket: bucket, isLong: false, in: all, sink: open)
            start = bucket.end
        }
        let past = TimeWindow(start: instant - SessionMaker.longestLong - WindowGrid.longestWindow, end: instant)
        makeLongSessions(lane: lane, window: past, sink: open)
        makeEndlessSessions(
            lane: lane, window: TimeWindow(start: instant - .days(2) - .minutes(30), end: instant), sink: open)
        makeIncidentSessions(lane: lane, window: past, sink: open)
    }

    private mutating func makeLongSessions(lane: UInt32, window: TimeWindow, sink: (Session) -> Void) {
        var start = window.start.floored(to: SessionMaker.longBucket)
        while start < window.end {
            let bucket = TimeWindow(start: start, end: start + SessionMaker.longBucket)
            makeClass(lane: lane, bucket: bucket, isLong: true, in: window, sink: sink)
            start = bucket.end
        }
    }

    private func makeIncidentSessions(lane: UInt32, window: TimeWindow, sink: (Session) -> Void) {
        guard withIncidents else { return }
        for (index, incident) in world.incidents.enumerated() where !incident.bursts.isEmpty {
            forEachSession(of: incident, index: index, lane: lane, in: window, sink: sink)
        }
    }

    /// The sessions of one class in one bucket, of those that start in a window.
    private mutating func makeClass(
        lane: UInt32, bucket: TimeWindow, isLong: Bool, in window: TimeWindow, sink: (Session) -> Void
    ) {
        let length = bucket.length
        let middle = bucket.start + length / 2
        for facts in world.patterns where !facts.pattern.isEndless {
            let permille = Int64(isLong ? facts.table.longPermille : 1_000 - facts.table.longPermille)
            let sources = facts.sourcesByLane[Int(lane)]
            guard permille > 0, !sources.isEmpty else { continue }
            let bucketKey = facts.key.key(UInt64(bitPattern: bucket.start.nanoseconds) | (isLong ? 1 : 0))
            requests.removeAll(keepingCapacity: true)
            for source in sources where world.isAlive(source, in: bucket) {
                let activity = activity(facts.pattern.schedule, source: source, at: middle)
                guard activity > 0 else { continue }
                // Thousandths of sessions an hour × thousandths of activity × thousandths of the class.
                let rate = Int64(facts.pattern.milliSessionsPerHour) * activity / 1_000 * permille
                let weighted = Int128(rate) * Int128(length.nanoseconds) * 65_536
                let mean = UInt64(weighted / (3_600_000_000_000 * 1_000_000))
                let key = bucketKey.key(endpointKey(source).bits)
                let count = laws.count(mean: mean, draw: key.draw(0))
                for ordinal in 0..<count {
                    let sessionKey = key.key(UInt64(ordinal))
                    let start = bucket.start &+ TimeSpan(draw: sessionKey.draw(0), below: length)
                    guard window.contains(start) else { continue }
                    let aim = sessionKey.draw(1)
                    facts.ring.prefetchStart(of: aim)
                    requests.append(
                        SessionRequest(key: sessionKey, start: start, aim: aim, source: source, target: source))
                    if requests.count == SessionMaker.mostRequests { resolveTargets(facts, isLong, sink) }
                }
            }
            resolveTargets(facts, isLong, sink)
        }
    }

    /// A source that opens a session, before its target is found.
    struct SessionRequest: BitwiseCopyable {
        var key: RandomKey
        var start: Instant
        /// Where on the pattern's ring the target is.
        var aim: UInt64
        var source: EndpointID
        var target: EndpointID
    }

    /// So many requests are looked at together: what one of them needs from memory comes while the others are looked at.
    private static let mostRequests = 32

    /// Makes the sessions of the requests so far.
    private mutating func resolveTargets(_ facts: PatternFacts, _ isLong: Bool, _ sink: (Session) -> Void) {
        for index in requests.indices { facts.ring.prefetchPoints(of: requests[index].aim) }
        for index in requests.indices {
            // A source that finds no target is its own, and no session comes of it.
            let source = requests[index].source
            let target = facts.ring.member(at: requests[index].aim, excluding: source) ?? source
            requests[index].target = target
            world.prefetch(target)
        }
        for index in requests.indices where requests[index].target != requests[index].source {
            let request = requests[index]
            let draft = draft(
                facts: facts, key: request.key, source: request.source, start: request.start, isLong: isLong,
                target: request.target)
            if let draft { hand(draft, to: sink) }
        }
        requests.removeAll(keepingCapacity: true)
    }

    /// Connections that never end: each is renewed at a keyed instant of every day, and judged then.
    private func makeEndlessSessions(lane: UInt32, window: TimeWindow, sink: (Session) -> Void) {
        for facts in world.patterns where facts.pattern.isEndless {
            for source in facts.sourcesByLane[Int(lane)] {
                for target in facts.targets where target != source {
                    let key = facts.key.key(endpointKey(source).bits).key(endpointKey(target).bits)
                    func renewal(_ day: Int64) -> Instant {
                        let time = TimeSpan(draw: key.draw(UInt64(bitPattern: day)), below: .days(1))
                        return Instant.epoch + .days(day) + time
                    }
                    var day = window.start.daysSinceEpoch - 1
                    while renewal(day) < window.end {
                        let start = renewal(day)
                        if window.contains(start) {
                            // No renewal is more than a day after the one before: a keyed instant halves longer ones.
                            let sessionKey = key.key(UInt64(bitPattern: day))
                            let next = renewal(day + 1)
                            let middle = next - start > .days(1) ? start + (next - start) / 2 : next
                            endless(facts, sessionKey, source, target, start, middle, sink)
                            if middle < next { endless(facts, sessionKey.key(1), source, target, middle, next, sink) }
                        }
                        day += 1
                    }
                }
            }
        }
    }

    private func endless(
        _ facts: PatternFacts, _ key: RandomKey, _ source: EndpointID, _ target: EndpointID, _ start: Instant,
        _ end: Instant, _ sink: (Session) -> Void
    ) {
        guard
            var draft = draft(facts: facts, key: key, source: source, start: start, isLong: false, target: target)
        else { return }
        draft.duration = end - start - .nanoseconds(1)
        // What the profile's session sends in a minute or so, all day long.
        let minutes = UInt64(max(1, draft.duration / .minutes(1)))
        draft.up = draft.up * minutes / 4 + 1
        draft.down = draft.down * minutes / 4 + 1
        hand(draft, to: sink)
    }

    /// Hands on what becomes of a draft in ordinary life, and what becomes of it where incidents edit the policy.
    @inline(__always)
    private func hand(_ draft: SessionDraft, to sink: (Session) -> Void) {
        if isPolicyEdited { return handEdited(draft, to: sink) }
        var session = Session(draft, sourcePort: sourcePort(draft))
        if fill(&session, draft, under: world.admission) { sink(session) }
    }

    private func endpointKey(_ endpoint: EndpointID) -> RandomKey {
        let index = Int(endpoint)
        return index < world.nodes.count ? world.nodes[index].key : world.hosts[index - world.nodes.count].key
    }

    private func activity(_ schedule: Schedule, source: EndpointID, at instant: Instant) -> Int64 {
        switch schedule {
        case .always: return 1_000
        case .nightly:
            let hour = instant.hoursSinceEpoch % 24
            return (1..<4).contains(hour) ? 1_000 : 0
        case .workingHours:
            let holidays = world.plan.holidays
            guard Int(source) < world.nodes.count, world.nodes[Int(source)].owner != NodeFacts.nobody else {
                let office = WorkingHours(start: .hours(8), end: .hours(18), weekends: false)
                return Availability.activity(hours: office, holidays: holidays, offset: .zero, at: instant)
            }
            let owner = Int(world.nodes[Int(source)].owner)
            return Availability.activity(
                hours: world.plan.workingHours[owner], holidays: holidays,
                offset: world.userZones[owner].offset(at: instant), at: instant)
        }
    }

    /// What a source wants to do with a target; nil where they cannot meet.
    private func draft(
        facts: PatternFacts, key: RandomKey, source: EndpointID, start: Instant, isLong: Bool, target: EndpointID
    ) -> SessionDraft? {
        guard let ends = world.ends(source: source, target: target, at: start) else { return nil }
        let pattern = facts.pattern
        let port = pattern.ports.isEmpty ? 0 : pattern.ports[Int(key.draw(2, below: UInt64(pattern.ports.count)))]
        let milliseconds =
            isLong
            ? ProfileTable.longestShort + facts.table.longDuration.value(key.draw(3))
            : facts.table.duration.value(key.draw(3))
        let up = facts.table.request.value(key.draw(4))
        let down = facts.table.response.value(key.draw(5))
        // What is large takes its time: 2 to 66 MB/s, by the session.
        let speed = 2_000 << key.draw(15, below: 5) + key.draw(16, below: 2_000)
        let limit = isLong ? ProfileTable.longestLong : ProfileTable.longestShort
        let duration = min(limit, max(milliseconds, pattern.proto == 1 ? 0 : (up + down) / speed))
        // LANs and exit nodes are reached over IPv4 alone.
        let isIPv6 = ends.route == .direct && key.chance(6, permille: pattern.ipv6Permille)
        return SessionDraft(
            key: key, ends: ends, proto: pattern.proto == 1 && isIPv6 ? 58 : pattern.proto, targetPort: port,
            start: start,
            duration: .milliseconds(Int64(duration)) + TimeSpan(draw: key.draw(7), below: .milliseconds(1)), up: up,
            down: down, isIPv6: isIPv6, incident: 0)
    }
}
