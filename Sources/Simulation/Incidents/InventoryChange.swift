import SimTime

/// What an incident makes the inventory show of a node for a time.
struct InventoryChange: Sendable {
    enum Fact: Sendable {
        /// Tailscale SSH answers.
        case runsSSH
        /// Tailnet lock is on, and nobody has signed the node's key.
        case isUnsigned
    }

    var fact: Fact
    var node: Int
    var window: TimeWindow
}
