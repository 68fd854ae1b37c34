import Histogram

/// The instant from which a latency is measured.
public enum LatencyOrigin: String, Sendable, Hashable {
    /// The instant at which the batch was due, whether or not the sender was late.
    case due
    /// The instant at which the batch was first sent: the service time of a run without due instants.
    case sent
}
