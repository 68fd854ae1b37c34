public import SimTime
public import TailnetModel

/// What incidents did to one flow record: the difference to the run without them.
public struct FlowLabel: Sendable {
    /// How the record differs from the run without incidents.
    public enum Effect: String, Sendable {
        /// It would not be there.
        case added
        /// It would be there with other content.
        case altered
        /// It would be there and is not.
        case suppressed
    }

    /// One entry that differs.
    public struct Change: Sendable {
        public var kind: TrafficClass
        /// The entry's addresses, ports and protocol; its counts mean nothing.
        public var entry: FlowEntry
        /// What the run without incidents counts; nil where it has no such entry.
        public var before: TrafficCounts?
        /// What this run counts; nil where it has no such entry.
        public var after: TrafficCounts?

        /// Makes a change.
        public init(kind: TrafficClass, entry: FlowEntry, before: TrafficCounts?, after: TrafficCounts?) {
            self.kind = kind
            self.entry = entry
            self.before = before
            self.after = after
        }
    }

    /// Index of the reporting node.
    public var node: UInt32
    public var start: Instant
    public var logged: Instant
    /// Indices of the plan's incidents that touched the record, ascending.
    public var incidents: [Int]
    public var effect: Effect
    public var changes: [Change]
    /// Nodes in `dstNodes` that would not be there, by index.
    public var addedPeers: [UInt32]
    /// Nodes that would be in `dstNodes` and are not, by index.
    public var removedPeers: [UInt32]
    /// The record's place in the lane's batch; of a suppressed record, in the batch of those that are missing.
    public var record: Int

    /// Makes a label.
    public init(
        node: UInt32, start: Instant, logged: Instant, incidents: [Int], effect: Effect, changes: [Change],
        addedPeers: [UInt32], removedPeers: [UInt32], record: Int
    ) {
        self.node = node
        self.start = start
        self.logged = logged
        self.incidents = incidents
        self.effect = effect
        self.changes = changes
        self.addedPeers = addedPeers
        self.removedPeers = removedPeers
        self.record = record
    }

    /// Whether the record is the same in both runs.
    public var isEmpty: Bool { changes.isEmpty && addedPeers.isEmpty && removedPeers.isEmpty }
}
