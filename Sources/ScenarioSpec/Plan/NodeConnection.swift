/// How a node is connected to the internet.
public struct NodeConnection: Sendable, Hashable {
    /// The name of the place where the node stands; nodes of one site reach each other over its network.
    ///
    /// Nil for where its owner lives, or the organization's own network for tagged nodes.
    public var site: String?
    /// Whether the NAT in front of it keeps direct paths from coming about; nil where it is drawn.
    public var isHardToReach: Bool?

    /// Makes a connection that leaves everything to be drawn.
    public init(site: String? = nil, isHardToReach: Bool? = nil) {
        self.site = site
        self.isHardToReach = isHardToReach
    }
}
