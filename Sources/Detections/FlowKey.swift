/// Whose entries are counted together, and whom the alert names.
public enum FlowKey: Sendable, Hashable {
    /// The reporting node: node ID, name and addresses.
    case reporter
    /// The source address.
    case source
    /// The source address, and the destination port.
    case sourceAndPort
    /// The source address, and the far address.
    case pair
    /// Near and far address and port.
    case connection
    /// The far address.
    case target
}
