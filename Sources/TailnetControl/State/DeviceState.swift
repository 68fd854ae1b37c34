public import SimTime
public import TailnetModel

/// A node as the control plane has it.
public struct DeviceState: Sendable, Hashable {
    /// How the node belongs to the tailnet.
    public enum Membership: Sendable, Hashable {
        /// It joins later.
        case awaited
        /// In the tailnet, as far as explicit changes say.
        case connected
        /// Its key was made to expire.
        case expired
        case loggedOut
        case deleted
    }

    /// The node with its name, tags, owner and routes.
    public var node: Node
    public var membership: Membership
    public var key: KeyPhase
    /// When an explicit expiry or logout cut the node off; nil once it has authenticated again.
    public var cutOff: Instant?
    /// Whether an admin has to approve the node before it is let in.
    public var waitsForApproval = false
    /// How often the name, tags, owner or routes changed.
    public var revision = 0
}
