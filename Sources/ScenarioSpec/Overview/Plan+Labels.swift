import TailnetControl
import TailnetModel
package import Truth

// What people call those who are in a plan.
extension Plan {
    /// An actor or a target of an incident by the name that the scenario gives it, with what it is: `carla-laptop`,
    /// `inventory-poller (OAuth client)`.
    ///
    /// What no scenario names, such as a key, keeps its address, login or ID.
    package func label(of party: IncidentParty) -> String {
        if let client = oauthClients.first(where: { $0.stableID == party.nodeID }) { return label(of: client) }
        if !party.name.isEmpty { return String(party.name.prefix { $0 != "." }) }
        return [party.login, party.addresses.first ?? "", party.nodeID].first { !$0.isEmpty } ?? "unknown"
    }

    /// An OAuth client with what it is.
    func label(of client: OAuthClient) -> String { "\(client.key) (OAuth client)" }

    /// Who acts in an incident, by the scenario's names; nil where its kind draws them as it runs.
    func actor(of incident: PlannedIncident) -> String? {
        if let node = incident.node { return nodes[node].key }
        if let client = incident.oauthClient { return label(of: oauthClients[client]) }
        return incident.user.map { users[$0].key }
    }

    /// Who makes an explicit change; nil where the service does.
    func actor(of event: AdminEvent) -> String? {
        if let client = event.client { return label(of: oauthClients[client]) }
        return event.user.map { users[$0].key }
    }
}
