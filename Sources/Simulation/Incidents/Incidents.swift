import IncidentCatalog
public import Truth
import ScenarioSpec
public import SimTime
import TailnetControl
import TailnetModel

extension World {
    /// The plan's incidents that overlap `window`, in the plan's order.
    ///
    /// An incident overlaps by its own time or by that of the records that it touched. One whose actor never got to act
    /// touched no record; it is listed with its own times.
    public func incidents(in window: TimeWindow) -> [Incident] {
        let changes = IncidentChanges(world: self)
        return incidents.indices.compactMap { index in
            let incident = incident(index, changes)
            let touched = TimeWindow(
                start: min(incident.start, incident.firstRecord),
                end: max(incident.end, incident.lastRecord + .nanoseconds(1)))
            return touched.overlaps(window) ? incident : nil
        }
    }

    private func incident(_ index: Int, _ changes: IncidentChanges) -> Incident {
        let facts = incidents[index]
        let incident = facts.incident
        let extents = [flowExtent(ofIncident: index), changes.extent(ofIncident: index)].compactMap { $0 }
        var actors = facts.actors
        if let node = incident.node { actors.append(party(node: node)) }
        if let user = incident.user { actors.append(party(user: user)) }
        if let client = incident.oauthClient { actors.append(party(oauthClient: client)) }
        return Incident(
            id: incident.id, kind: incident.kind.name, variant: incident.variant, attack: incident.kind.attack,
            start: incident.window.start, end: incident.window.end,
            firstRecord: extents.map(\.first).min() ?? incident.window.start,
            lastRecord: extents.map(\.last).max() ?? incident.window.end, actors: actors,
            targets: incident.targets.map { party(node: $0) } + facts.targets, stages: facts.stages,
            expectedRules: incident.kind.expectedRules(incident.variant))
    }

    private func party(node index: Int) -> IncidentParty { IncidentParty(node: index, of: plan) }

    private func party(user index: Int) -> IncidentParty { IncidentParty(user: index, of: plan) }

    private func party(oauthClient index: Int) -> IncidentParty {
        IncidentParty(nodeID: plan.oauthClients[index].stableID)
    }
}

extension IncidentParty {
    /// A node of the plan, with its owner's login.
    init(node index: Int, of plan: Plan) {
        let node = plan.nodes[index]
        self.init(
            nodeID: node.stableID, name: node.name, addresses: [node.ipv4.description, node.ipv6.description],
            login: node.owner.map { plan.users[$0].login } ?? "")
    }

    /// A user of the plan.
    init(user index: Int, of plan: Plan) {
        self.init(nodeID: plan.users[index].stableID, login: plan.users[index].login)
    }

    /// An actor or target that records name by an ID alone: a key, an object, a host by its address.
    init(id: String, addresses: [String] = []) { self.init(nodeID: id, addresses: addresses) }
}
