/// A host without Tailscale that nodes talk to, or that talks to them.
public struct Host: Sendable, Hashable {
    /// Where a host is.
    public enum Place: Sendable, Hashable {
        /// In a network behind subnet routers; the indices of the nodes that route to it, the preferred one first.
        case lan(routers: [Int])
        /// On the internet: reached through an exit node.
        case internet
        /// Nowhere any more: the address of a node that left the tailnet.
        case gone
    }

    /// The scenario's name for the host; the key of everything drawn for it.
    public var key: String
    /// The host's IPv4 address.
    public var address: UInt32
    public var place: Place

    /// Makes a host.
    public init(key: String, address: UInt32, place: Place) {
        self.key = key
        self.address = address
        self.place = place
    }
}
