public import SimTime
public import TailnetModel

/// What anomalies did to one flow record: the difference to the run without them.
public struct FlowLabel: Sendable {
    /// How the record differs from the run without anomalies.
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
        /// What the run without anomalies counts; nil where it has no such entry.
        public var before: TrafficCounts?
        /// What this run counts; nil where it has no such entry.
        public var after: TrafficCounts?
    }

    /// Index of the reporting node.
    public var node: UInt32
    public var start: Instant
    public var logged: Instant
    /// Indices of the plan's anomalies that touched the record, ascending.
    public var anomalies: [Int]
    public var effect: Effect
    public var changes: [Change]
    /// Nodes in `dstNodes` that would not be there, by index.
    public var addedPeers: [UInt32]
    /// Nodes that would be in `dstNodes` and are not, by index.
    public var removedPeers: [UInt32]
    /// The record's place in the lane's batch; of a suppressed record, in the batch of those that are missing.
    public var record: Int

    /// Compares a record with what it would be without anomalies.
    ///
    /// - Parameters:
    ///   - record: the record's place in `actual`; nil where there is none, which makes it suppressed.
    ///   - actual: the batch of the run with anomalies.
    ///   - expected: a batch that holds only the record without anomalies; empty where there would be none, but never
    ///     where `record` is nil.
    init(
        comparing record: Int?, of actual: FlowRecordBatch, with expected: FlowRecordBatch, anomalies: [Int],
        faces: NodeFaces
    ) {
        let new = record.map { actual.heads[$0] }
        let old = expected.heads.first
        guard let head = new ?? old else { preconditionFailure("a label needs a record in one of the two runs") }
        node = faces.node(head.node)
        start = head.start
        logged = head.logged
        self.anomalies = anomalies
        self.record = record ?? 0
        effect = new == nil ? .suppressed : old == nil ? .added : .altered
        changes = []
        for kind in TrafficClass.allCases {
            let after = new.map { actual.entries[$0.entryRange(of: kind)] } ?? []
            let before = old.map { expected.entries[$0.entryRange(of: kind)] } ?? []
            FlowLabel.compare(before, after, kind, into: &changes)
        }
        addedPeers = []
        removedPeers = []
        // Old clients name no peers.
        guard faces.nodes[Int(head.node)].describesNodes else { return }
        let after = new.map { Array(actual.peers[$0.peerRange]) } ?? []
        let before = old.map { Array(expected.peers[$0.peerRange]) } ?? []
        addedPeers = after.filter { !before.contains($0) }.map(faces.node)
        removedPeers = before.filter { !after.contains($0) }.map(faces.node)
    }

    /// Whether the record is the same in both runs.
    var isEmpty: Bool { changes.isEmpty && addedPeers.isEmpty && removedPeers.isEmpty }

    /// Walks two ordered arrays of entries in step.
    private static func compare(
        _ before: ArraySlice<FlowEntry>, _ after: ArraySlice<FlowEntry>, _ kind: TrafficClass,
        into changes: inout [Change]
    ) {
        var left = before
        var right = after
        while let entry = left.first ?? right.first {
            let isLeft = left.first.map { first in right.first.map { !FlowEntry.precedes($0, first) } ?? true } ?? false
            let isRight =
                right.first.map { first in left.first.map { !FlowEntry.precedes($0, first) } ?? true } ?? false
            let old = isLeft ? left.removeFirst() : nil
            let new = isRight ? right.removeFirst() : nil
            if old?.counts != new?.counts {
                changes.append(
                    Change(kind: kind, entry: new ?? old ?? entry, before: old?.counts, after: new?.counts))
            }
        }
    }
}

extension FlowRecordHead {
    /// Where the entries of one class lie in the batch.
    public func entryRange(of kind: TrafficClass) -> Range<Int> {
        var first = Int(firstEntry)
        let counts = [virtualCount, subnetCount, exitCount, physicalCount]
        for index in 0..<Int(kind.rawValue) { first += Int(counts[index]) }
        return first..<first + Int(counts[Int(kind.rawValue)])
    }

    /// Where the peers lie in the batch.
    public var peerRange: Range<Int> { Int(firstPeer)..<Int(firstPeer + peerCount) }
}
