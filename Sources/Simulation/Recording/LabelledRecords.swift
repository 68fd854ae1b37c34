public import TailnetModel
public import Truth

/// Flow records, with the labels of those that incidents touched, in the order of the records.
public struct LabelledRecords: Sendable {
    public var batch = FlowRecordBatch()
    /// Each names its record by the place in the batch.
    public var labels: [FlowLabel] = []

    /// Makes an empty list.
    init() {}

    /// Forgets the records and keeps the memory.
    mutating func removeAll() {
        batch.removeAll()
        labels.removeAll(keepingCapacity: true)
    }

    /// Takes a record of another batch, with its label where it has one.
    mutating func append(_ head: FlowRecordHead, of other: FlowRecordBatch, label: FlowLabel?) {
        batch.append(head, of: other)
        guard var label else { return }
        label.record = batch.heads.count - 1
        labels.append(label)
    }
}
