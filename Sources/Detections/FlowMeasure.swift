/// What is counted of entries.
public enum FlowMeasure: Sendable, Hashable {
    /// Remote addresses.
    case targets
    /// Local addresses.
    case sources
    /// Remote ports.
    case ports
    /// Connections, by remote end and local port.
    case connections
    /// As `connections`, of which none is counted that was there within an hour.
    case newConnections
    /// Bytes of both directions.
    case bytes
}
