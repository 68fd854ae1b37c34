/// Somebody in an incident: a node, a person, or an API client.
///
/// What does not apply is empty.
public struct IncidentParty: Sendable, Hashable {
    /// The stable id; for API clients the id of the client.
    public var nodeID: String
    /// FQDN of a node.
    public var name: String
    /// Tailscale addresses of the node, without port.
    public var addresses: [String]
    /// Login name of the person, or of the node's owner.
    public var login: String

    /// Makes a party.
    public init(nodeID: String = "", name: String = "", addresses: [String] = [], login: String = "") {
        self.nodeID = nodeID
        self.name = name
        self.addresses = addresses
        self.login = login
    }
}
