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
        let kind = anomaly.kind.facts
        let actors = facts.node.map { [party(node: $0)] } ?? facts.oauthClient.map { [party(oauthClient: $0)] } ?? []
        let targets = facts.node == nil ? [] : anomaly.targets.filter { $0 != facts.node }.map { party(node: $0) }
        return Incident(
            id: anomaly.id, kind: anomaly.kind.rawValue, variant: anomaly.variant, attack: kind.attack,
            start: anomaly.window.start, end: anomaly.window.end,
            firstRecord: extent?.first ?? anomaly.window.start, lastRecord: extent?.last ?? anomaly.window.end,
            actors: actors, targets: targets,
            stages: [
                IncidentStage(
                    name: kind.stage, start: anomaly.window.start, end: anomaly.window.end, attack: kind.attack)
            ],
            expectedRules: anomaly.variant.isToBeDetected ? kind.rules : [])
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
    /// What detectors and reports say of a kind: ATT&CK techniques, the stage's name, the rules that should fire.
    var facts: (attack: [String], stage: String, rules: [String]) {
        switch self {
        case .port22Spike:
            (
                ["T1021.004", "T1110", "T1046"], "lateral-movement",
                [
                    "mocktail/port-22-spike", "sentinel/mass-fan-out", "splunk/traffic-spike",
                    "sigma/generic-brute-force",
                ]
            )
        case .unauthorizedAPICalls:
            (
                ["T1078"], "probing",
                ["mocktail/unauthorized-api-calls", "tailscale2otel/audit-config-change-warn"]
            )
        }
    }
}
