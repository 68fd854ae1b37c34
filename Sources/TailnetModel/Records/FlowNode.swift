/// A node as flow records describe it.
public struct FlowNode: Sendable, Hashable {
    public var nodeID: String
    /// FQDN; omitted when empty.
    public var name: String
    /// At most one IPv4 and then one IPv6 address.
    public var addresses: [String]
    /// Omitted when empty; usually missing for the reporting node itself.
    public var os: String
    /// Login of the owner; empty for tagged nodes.
    public var user: String
    /// Sorted, with `tag:` prefix; empty for owned nodes.
    public var tags: [String]

    /// Makes a description.
    public init(
        nodeID: String, name: String = "", addresses: [String] = [], os: String = "", user: String = "",
        tags: [String] = []
    ) {
        self.nodeID = nodeID
        self.name = name
        self.addresses = addresses
        self.os = os
        self.user = user
        self.tags = tags
    }
}
