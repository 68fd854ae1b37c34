import ScenarioSpec
public import SimTime
public import TailnetModel

extension World {
    /// The incidents of the plan's anomalies that overlap `window`, in the plan's order.
    ///
    /// An incident overlaps by its own time or by that of the records that it touched. One whose actor never got to act
    /// touched no record; it is listed with its own times.
    public func incidents(in window: TimeWindow) -> [Incident] {
        anomalies.indices.compactMap { index in
            let incident = incident(index)
            let touched = TimeWindow(
                start: min(incident.start, incident.firstRecord),
                end: max(incident.end, incident.lastRecord + .nanoseconds(1)))
            return touched.overlaps(window) ? incident : nil
        }
    }

    private func incident(_ index: Int) -> Incident {
        let facts = anomalies[index]
        let anomaly = facts.anomaly
        let extent = flowExtent(ofAnomaly: index) ?? auditExtent(ofAnomaly: index)
        let (attack, stage) = anomaly.kind.facts
        let actors = facts.node.map { [party(node: $0)] } ?? facts.oauthClient.map { [party(oauthClient: $0)] } ?? []
        let targets = facts.node == nil ? [] : anomaly.targets.filter { $0 != facts.node }.map { party(node: $0) }
        return Incident(
            id: anomaly.id, kind: anomaly.kind.rawValue, variant: anomaly.variant, attack: attack,
            start: anomaly.window.start, end: anomaly.window.end,
            firstRecord: extent?.first ?? anomaly.window.start, lastRecord: extent?.last ?? anomaly.window.end,
            actors: actors, targets: targets,
            stages: [
                IncidentStage(
                    name: stage, start: anomaly.window.start, end: anomaly.window.end, attack: attack)
            ],
            expectedRules: anomaly.variant.isToBeDetected ? anomaly.kind.rules(targets: targets.count) : [])
    }

    private func party(node index: Int) -> IncidentParty {
        let node = plan.nodes[index]
        return IncidentParty(
            nodeID: node.stableID, name: node.name, addresses: [node.ipv4.description, node.ipv6.description],
            login: node.owner.map { plan.users[$0].login } ?? "")
    }

    private func party(oauthClient index: Int) -> IncidentParty {
        IncidentParty(nodeID: plan.oauthClients[index].stableID)
    }
}

extension AnomalyKind {
    /// ATT&CK techniques, and what the stage is called.
    var facts: (attack: [String], stage: String) {
        switch self {
        case .port22Spike: (["T1021.004", "T1110", "T1046"], "lateral-movement")
        case .unauthorizedAPICalls: (["T1078"], "probing")
        }
    }

    /// The rules that should fire on an attack, by the conditions in which they were published.
    func rules(targets: Int) -> [String] {
        switch self {
        case .port22Spike:
            // Sentinel's fan-out counts 25 destinations.
            ["mocktail/port-22-spike"] + (targets >= 25 ? ["sentinel/mass-fan-out"] : [])
        case .unauthorizedAPICalls: ["mocktail/unauthorized-api-calls", "tailscale2otel/audit-config-change-warn"]
        }
    }
}
