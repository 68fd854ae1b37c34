public import TailnetModel

/// The form of each log's records.
public struct Channels: Sendable, Hashable {
    private var configuration: Channel
    private var network: Channel

    /// Makes one form for both logs.
    public init(_ both: Channel) {
        configuration = both
        network = both
    }

    /// The form of one log.
    public subscript(log: LogKind) -> Channel {
        get { log == .configuration ? configuration : network }
        set {
            switch log {
            case .configuration: configuration = newValue
            case .network: network = newValue
            }
        }
    }
}
