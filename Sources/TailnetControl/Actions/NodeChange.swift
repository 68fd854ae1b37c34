public import SimTime
public import TailnetModel

/// What happens to a node, beside its joining and leaving.
public enum NodeChange: Sendable, Hashable {
    case approve
    /// The host name that the node gets.
    case rename(String)
    /// The tags that replace the old ones.
    case setTags([String])
    /// The subnet routes that an admin approves, all others withdrawn.
    case setRoutes([IPPrefix])
    /// The subnet routes that the policy file approves by itself.
    case autoApproveRoutes([IPPrefix])
    /// Whether the node may be used as an exit node.
    case setExitNode(Bool)
    /// Whether the node's key expires.
    case setKeyExpiry(Bool)
    /// The key is made to last that long from now.
    case extendKey(TimeSpan)
    case logOut
    /// The owner authenticates because a rule with check mode asks for it; the node stays connected.
    case checkIn
    /// Tailnet lock: the node's key is signed.
    case sign
    /// A posture attribute is set; the value is raw JSON.
    case setAttribute(name: String, value: String)
    /// A posture attribute is removed.
    case deleteAttribute(name: String)
    /// Whether the client reports serial numbers for posture checks.
    case setPostureReporting(Bool)
    /// The client's user overrides an always-on policy, for a reason.
    case disconnect(reason: String)
    /// Somebody logs in to the device's web interface, or out.
    case webInterface(isLogin: Bool)
}
