/// What is counted of entries.
public enum FlowMeasure: Sendable, Hashable {
    /// Far addresses.
    case targets
    /// Near addresses.
    case sources
    /// Far ports.
    case ports
    /// Connections, by far end and near port.
    case connections
    /// As `connections`, of which none is counted that was there within an hour.
    case newConnections
    /// Bytes of both directions.
    case bytes
}
