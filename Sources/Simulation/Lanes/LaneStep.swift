public import TailnetModel
public import Truth

/// What the nodes of one lane log in a step of time.
public final class LaneStep: Sendable {
    /// The lane's place among those that are recorded.
    let number: Int
    /// The records of the windows that ended in the step; some of them are logged later.
    let made: LabelledRecords
    /// Records of earlier steps that are logged in this one.
    let late: LabelledRecords
    /// The records that are logged in the step, in no order.
    ///
    /// Their places mean the batches of all lanes' steps, one lane's behind the other's.
    public let due: [StepRecord]
    /// The records that incidents keep out of the step, with one label each, in no order.
    public let missing: LabelledRecords

    init(number: Int, made: LabelledRecords, late: LabelledRecords, due: [StepRecord], missing: LabelledRecords) {
        self.number = number
        self.made = made
        self.late = late
        self.due = due
        self.missing = missing
    }

    /// The batches that `due` refers to: what the step made, and what came late.
    public var batches: [FlowRecordBatch] { [made.batch, late.batch] }

    /// The place of a record in the first or second of the lane's batches.
    static func place(_ record: Int, inBatch batch: Int, ofLane number: Int) -> FlowRecordPlace {
        FlowRecordPlace(batch: UInt32(2 * number + batch), record: UInt32(record))
    }

    /// Calls `body` with each label of the batches' records.
    public func forEachLabel(_ body: (FlowRecordPlace, FlowLabel) -> Void) {
        for label in made.labels { body(LaneStep.place(label.record, inBatch: 0, ofLane: number), label) }
        for label in late.labels { body(LaneStep.place(label.record, inBatch: 1, ofLane: number), label) }
    }
}
