/// Whose entries are counted together, and whom the alert names.
public enum FlowKey: Sendable, Hashable {
    /// The reporting node: node ID, name and addresses.
    case reporter
    /// The source address.
    case source
    /// The source address, and the destination port.
    case sourceAndPort
    /// The source and the destination address.
    case pair
    /// Local and remote address and port.
    case connection
    /// The remote address.
    case target
}
