/// Whose entries are counted together, and whom the alert names.
public enum FlowKey: Sendable, Hashable {
    /// The reporting node: node ID, name and addresses.
    case reporter
    /// The near address.
    case source
    /// The near address, and the far port.
    case sourceAndPort
    /// The near address, and the far address.
    case pair
    /// Near and far address and port.
    case connection
    /// The far address.
    case target
}
