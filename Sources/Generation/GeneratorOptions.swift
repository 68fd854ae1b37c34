public import SimTime
public import TailnetModel

/// What to produce of a scenario.
public struct GeneratorOptions: Sendable {
    /// The range of `logged`; records at its start are in, those at its end are not.
    public var window: TimeWindow
    public var logs: [LogKind]
    /// The form of each log's records.
    public var channels: Channels
    public var withIncidents: Bool
    /// How many tasks work at a time; the bytes do not depend on it.
    public var threads: Int
    /// What digests records; nil for none.
    public var hash: RecordHash?
    /// Whether each labelled record gets a field with its incidents.
    public var withMarks: Bool
    /// Which part of the nodes.
    public var shard: Shard

    /// Makes options; everything but the window has a default.
    public init(
        window: TimeWindow, logs: [LogKind] = LogKind.allCases, channels: Channels = Channels(.object),
        withIncidents: Bool = true,
        threads: Int = 1, hash: RecordHash? = nil, withMarks: Bool = false, shard: Shard = .whole
    ) {
        self.window = window
        self.logs = logs
        self.channels = channels
        self.withIncidents = withIncidents
        self.threads = threads
        self.hash = hash
        self.withMarks = withMarks
        self.shard = shard
    }
}
