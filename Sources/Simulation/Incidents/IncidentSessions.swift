import KeyedRandom
import ScenarioSpec
import SimTime
import TailnetModel

extension SessionMaker {
    /// Hands every session of an incident that sources of `lane` open in `window` to `sink`; without them, all.
    func forEachSession(
        of facts: IncidentFacts, index: Int, lane: UInt32? = nil, in window: TimeWindow? = nil, sink: (Session) -> Void
    ) {
        for (number, burst) in facts.bursts.enumerated() {
            let key = facts.key.key("burst").key(UInt64(number))
            forEachSession(of: burst, key: key, incident: UInt16(index + 1), lane: lane, in: window, sink: sink)
        }
    }

    private func forEachSession(
        of burst: Burst, key: RandomKey, incident: UInt16, lane: UInt32?, in window: TimeWindow?,
        sink: (Session) -> Void
    ) {
        guard !burst.targets.isEmpty, !burst.sources.isEmpty else { return }
        let slot = burst.window.length / Int64(max(1, burst.count))
        for ordinal in window.map({ burst.ordinals(in: $0) }) ?? 0..<burst.count {
            let source = burst.sources[ordinal % burst.sources.count]
            if let lane, Int(source) < world.nodes.count, world.nodes[Int(source)].lane != lane { continue }
            let key = key.key(UInt64(ordinal))
            let start = burst.window.start + slot * Int64(ordinal) + offset(burst.rhythm, slot, key)
            if let window, !window.contains(start) { continue }
            let (target, port) = aim(burst, ordinal, key)
            guard target != source, let ends = ends(burst, source: source, target: target, at: start),
                lane.map({ world.nodes[Int(ends.source)].lane == $0 }) ?? true
            else { continue }
            var draft = SessionDraft(
                key: key, ends: ends, proto: burst.proto, targetPort: port, start: start,
                duration: burst.duration.value(key.draw(3)), up: burst.up.value(key.draw(4)),
                down: burst.down.value(key.draw(5)), isIPv6: false, incident: incident)
            // What is large takes its time: 120 MB/s at most.
            draft.duration = max(draft.duration, .microseconds(Int64((draft.up + draft.down) / 120)))
            guard var session = makeSession(draft) else { continue }
            session.isOneSided = burst.isOneSided
            if burst.isRelayed { session.coldUntil = .distantFuture }
            if burst.isHalfOpen { session.forward.total = 1; session.backward.total = min(session.backward.total, 1) }
            sink(session)
        }
    }

    private func offset(_ rhythm: Burst.Rhythm, _ slot: TimeSpan, _ key: RandomKey) -> TimeSpan {
        switch rhythm {
        case .spread: TimeSpan(draw: key.draw(0), below: slot)
        case .regular(let jitter): TimeSpan(draw: key.draw(0), below: jitter * 2 + .nanoseconds(1))
        }
    }

    private func aim(_ burst: Burst, _ ordinal: Int, _ key: RandomKey) -> (target: EndpointID, port: UInt16) {
        let targets = burst.targets
        let ports = burst.ports.isEmpty ? [0] : burst.ports
        switch burst.aim {
        case .drawn:
            return (
                targets[Int(key.draw(1, below: UInt64(targets.count)))],
                ports[Int(key.draw(2, below: UInt64(ports.count)))]
            )
        case .inTurn:
            let turn = ordinal / burst.sources.count
            return (targets[turn % targets.count], ports[turn / targets.count % ports.count])
        }
    }

    /// The nodes that carry a connection: as ever, but that an incident may pick its exit node.
    private func ends(_ burst: Burst, source: EndpointID, target: EndpointID, at instant: Instant) -> SessionEnds? {
        let count = UInt32(world.nodes.count)
        guard let exit = burst.exit, target >= count, case .internet = world.hosts[Int(target - count)].place,
            source < count, Int(source) != exit
        else { return world.ends(source: source, target: target, at: instant) }
        return SessionEnds(source: source, target: UInt32(exit), targetHost: target - count + 1, route: .exit)
    }
}

extension Burst {
    /// The connections that may start in a window.
    fileprivate func ordinals(in window: TimeWindow) -> Range<Int> {
        let slot = max(.nanoseconds(1), self.window.length / Int64(max(1, count)))
        var late = slot
        if case .regular(let jitter) = rhythm { late = jitter * 2 + .nanoseconds(1) }
        let first = (window.start - self.window.start - late) / slot
        let last = (window.end - self.window.start) / slot + 1
        let from = Int(min(max(0, first), Int64(count)))
        return from..<max(from, Int(min(max(0, last), Int64(count))))
    }
}

extension ClosedRange<UInt64> {
    /// A value of the range, each as likely.
    fileprivate func value(_ draw: UInt64) -> UInt64 { lowerBound + draw.scaled(below: upperBound - lowerBound + 1) }
}

extension ClosedRange<TimeSpan> {
    /// A span of the range, each as likely.
    fileprivate func value(_ draw: UInt64) -> TimeSpan {
        lowerBound + TimeSpan(draw: draw, below: upperBound - lowerBound + .nanoseconds(1))
    }
}
