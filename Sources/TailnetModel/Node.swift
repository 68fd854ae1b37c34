public import SimTime

/// A device on the tailnet.
public struct Node: Sendable, Hashable {
    /// The scenario's name for the node; the key of everything drawn for it.
    public var key: String
    /// The first label of the MagicDNS name.
    public var hostName: String
    /// The MagicDNS name without trailing dot.
    public var name: String
    /// The numeric node ID; `StableID.text(.node, …)` gives its text.
    public var number: UInt64
    /// Index of the owner among the tailnet's users; nil for tagged nodes.
    public var owner: Int?
    /// Sorted, with the `tag:` prefix; empty for owned nodes.
    public var tags: [String]
    public var os: OperatingSystem
    public var ipv4: IPAddress
    public var ipv6: IPAddress
    /// Client version as the API shows it, such as `1.98.2`.
    public var clientVersion: String
    public var isEphemeral: Bool
    public var keyExpiryDisabled: Bool
    /// When the node joined the tailnet, before or in the run.
    public var created: Instant
    /// Subnet routes that the node advertises.
    public var advertisedRoutes: [IPPrefix]
    /// Those of them that are approved.
    public var approvedRoutes: [IPPrefix]
    /// When the node leaves the tailnet for good, as ephemeral nodes do; nil where it stays.
    public var removed: Instant?
    /// Whether the client writes flow logs: not before version 1.34, nor where it was started without.
    public var logsFlows = true
    /// Whether the client runs in userspace networking mode, which does not count what it receives.
    public var isUserspace = false
    /// Whether Tailscale SSH answers on port 22, in the client's own network stack.
    public var runsSSH = false
    /// Index of the node that the node's traffic to the internet goes through; nil for none.
    public var exitNode: Int?
    /// Whose node it is, where another tailnet shares it into this one.
    public var sharer: Sharer?

    /// Makes a node.
    public init(
        key: String, hostName: String, name: String, number: UInt64, owner: Int?, tags: [String], os: OperatingSystem,
        ipv4: IPAddress, ipv6: IPAddress, clientVersion: String, isEphemeral: Bool, keyExpiryDisabled: Bool,
        created: Instant, advertisedRoutes: [IPPrefix], approvedRoutes: [IPPrefix]
    ) {
        self.key = key
        self.hostName = hostName
        self.name = name
        self.number = number
        self.owner = owner
        self.tags = tags
        self.os = os
        self.ipv4 = ipv4
        self.ipv6 = ipv6
        self.clientVersion = clientVersion
        self.isEphemeral = isEphemeral
        self.keyExpiryDisabled = keyExpiryDisabled
        self.created = created
        self.advertisedRoutes = advertisedRoutes
        self.approvedRoutes = approvedRoutes
    }

    /// The node's stable ID.
    public var stableID: String { StableID.text(.node, number) }
}
