import TailnetModel
import Truth

extension FlowLabel {
    /// Compares a record with what it would be without incidents.
    ///
    /// - Parameters:
    ///   - record: the record's place in `actual`; nil where there is none, which makes it suppressed.
    ///   - actual: the batch of the run with incidents.
    ///   - expected: a batch that holds only the record without incidents; empty where there would be none, but never
    ///     where `record` is nil.
    init(
        comparing record: Int?, of actual: FlowRecordBatch, with expected: FlowRecordBatch, incidents: [Int],
        versions: NodeVersions
    ) {
        let new = record.map { actual.heads[$0] }
        let old = expected.heads.first
        guard let head = new ?? old else { preconditionFailure("a label needs a record in one of the two runs") }
        var changes: [Change] = []
        for kind in TrafficClass.allCases {
            let after = new.map { actual.entries[$0.entryRange(of: kind)] } ?? []
            let before = old.map { expected.entries[$0.entryRange(of: kind)] } ?? []
            FlowLabel.compare(before, after, kind, into: &changes)
        }
        // Old clients name no peers.
        let namesPeers = versions.nodes[Int(head.node)].describesNodes
        let after = new.flatMap { namesPeers ? Array(actual.peers[$0.peerRange]) : nil } ?? []
        let before = old.flatMap { namesPeers ? Array(expected.peers[$0.peerRange]) : nil } ?? []
        self.init(
            node: versions.node(head.node), start: head.start, logged: head.logged, incidents: incidents,
            effect: new == nil ? .suppressed : old == nil ? .added : .altered, changes: changes,
            addedPeers: after.filter { !before.contains($0) }.map(versions.node),
            removedPeers: before.filter { !after.contains($0) }.map(versions.node), record: record ?? 0)
    }

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
