/// Whose entries are counted together, and whom the alert names.
public enum FlowKey: Sendable, Hashable {
    /// The reporting node: node ID, name and addresses.
    case reporter
    /// The local address.
    case source
    /// The local address, and the remote port.
    case sourceAndPort
    /// The local address, and the remote address.
    case pair
    /// Local and remote address and port.
    case connection
    /// The remote address.
    case target
}
