import Chance
import ScenarioSpec
import SimTime
import TailnetModel

/// An anomaly with its actors found.
struct AnomalyFacts: Sendable {
    var anomaly: Anomaly
    var key: ChanceKey
    /// The acting node, for anomalies of traffic.
    var node: Int?
    /// The acting OAuth client, for anomalies of the API.
    var oauthClient: Int?
    /// The attacked nodes, on a ring.
    var ring: KeyedRing
}

extension World {
    /// Finds the actors that the scenario leaves open, and refuses those that cannot act.
    static func resolve(
        plan: Plan, root: ChanceKey, presence: Presence, keys: [ChanceKey]
    ) throws(SimulationError) -> [AnomalyFacts] {
        var resolved: [AnomalyFacts] = []
        for anomaly in plan.anomalies {
            let key = root.key("anomaly").key(anomaly.id)
            let start = anomaly.window.start.nanoseconds
            let end = anomaly.window.end.nanoseconds
            var node = anomaly.node
            var client = anomaly.oauthClient
            switch anomaly.kind {
            case .port22Spike:
                if let named = node, (presence.memberUntil(named, at: start) ?? start) < end {
                    throw SimulationError(
                        "anomaly \(anomaly.id): node \"\(plan.nodes[named].key)\" is not in the tailnet from "
                            + "\(anomaly.window.start.rfc3339) to \(anomaly.window.end.rfc3339); "
                            + "give another time, another node, or none")
                }
                // The choice goes to the highest draw, so that a new node can only win, never shift. Laptops that are
                // awake come first.
                let members = plan.nodes.indices.filter { index in
                    plan.roles[index] == .laptop && (presence.memberUntil(index, at: start) ?? start) >= end
                }
                let awake = members.filter { (presence.upUntil($0, at: start, horizon: end) ?? start) >= end }
                node =
                    node
                    ?? (awake.isEmpty ? members : awake).max {
                        key.key(keys[$0].bits).bits < key.key(keys[$1].bits).bits
                    }
                guard node != nil else {
                    throw SimulationError(
                        "anomaly \(anomaly.id): no laptop is in the tailnet from \(anomaly.window.start.rfc3339) to "
                            + "\(anomaly.window.end.rfc3339); give another time or name a node")
                }
            case .unauthorizedAPICalls:
                let candidates = plan.oauthClients.indices
                func rank(_ index: Int) -> UInt64 { key.key(plan.oauthClients[index].key).bits }
                client = client ?? candidates.max { rank($0) < rank($1) }
                guard client != nil else {
                    throw SimulationError("anomaly \(anomaly.id): the scenario has no OAuth client; add one")
                }
            }
            let members = anomaly.targets.filter { $0 != node }.map { target in
                (UInt32(target), key.key("ring").key(keys[target].bits), 8)
            }
            resolved.append(
                AnomalyFacts(
                    anomaly: anomaly, key: key, node: node, oauthClient: client, ring: KeyedRing(members)))
        }
        return resolved
    }
}

extension SessionMaker {
    /// Hands every session of an anomaly of traffic to `sink`.
    func forEachSession(of facts: AnomalyFacts, index: Int, sink: (Session) -> Void) {
        guard let node = facts.node else { return }
        let window = facts.anomaly.window
        let slot = window.length.nanoseconds / Int64(max(1, facts.anomaly.count))
        for ordinal in 0..<facts.anomaly.count {
            let key = facts.key.key(UInt64(ordinal))
            let start =
                window.start.nanoseconds + Int64(ordinal) * slot + Int64(key.draw(0, below: UInt64(max(1, slot))))
            guard let target = facts.ring.member(at: key.draw(1), excluding: UInt32(node)) else { continue }
            // Password guesses: short connections of some kilobytes each way.
            let draft = SessionDraft(
                key: key, ends: SessionEnds(source: UInt32(node), target: target, route: .direct), proto: 6,
                targetPort: 22, start: start,
                duration: 400_000_000 + Int64(key.draw(3, below: 6_000_000_000)), up: 1_300 + key.draw(4, below: 1_500),
                down: 1_700 + key.draw(5, below: 1_800), isIPv6: false, incident: UInt16(index + 1))
            if let session = makeSession(draft) { sink(session) }
        }
    }
}
