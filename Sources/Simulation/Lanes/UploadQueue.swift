import SimTime
import TailnetModel
import Truth

/// A lane's records that wait for the step in which they are logged.
///
/// They are kept as plain values until then: most wait for one step at most, and a copy of them costs a tenth of their
/// text.
struct UploadQueue {
    /// The lane's place among those that are recorded.
    private let number: Int
    /// What was made in earlier steps and is logged in a later one: the next step's first.
    private var waiting: [LabelledRecords] = []
    /// What was made in earlier steps and is logged now.
    private var late = LabelledRecords()
    /// The records that are logged now, in no order.
    private var due: [StepRecord] = []
    /// The records that incidents keep out of this step.
    private var missing = LabelledRecords()
    /// Those of later steps: the next step's first.
    private var missingLater: [LabelledRecords] = []

    init(number: Int) {
        self.number = number
    }

    /// Takes the records that a step made, and gives what is logged in it.
    ///
    /// All steps are of the same length.
    mutating func sort(_ made: LabelledRecords, missing fresh: LabelledRecords, in step: TimeWindow) -> LaneStep {
        due.removeAll(keepingCapacity: true)
        takeLate(step)
        sortMissing(fresh, step)
        let length = step.length
        var nextLabel = 0
        for (index, head) in made.batch.heads.enumerated() {
            let isLabelled = nextLabel < made.labels.count && made.labels[nextLabel].record == index
            if isLabelled { nextLabel += 1 }
            let offset = head.logged - step.start
            guard offset >= length else {
                due.append(
                    StepRecord(
                        offset: UInt64(offset.nanoseconds), place: LaneStep.place(index, inBatch: 0, ofLane: number)))
                continue
            }
            let steps = Int(offset / length) - 1
            while waiting.count <= steps { waiting.append(LabelledRecords()) }
            waiting[steps].append(head, of: made.batch, label: isLabelled ? made.labels[nextLabel - 1] : nil)
        }
        return LaneStep(number: number, made: made, late: late, due: due, missing: missing)
    }

    /// Sorts out which of the missing records would have been logged in this step.
    private mutating func sortMissing(_ fresh: LabelledRecords, _ step: TimeWindow) {
        if !missing.labels.isEmpty || !missingLater.isEmpty {
            missing = missingLater.isEmpty ? LabelledRecords() : missingLater.removeFirst()
        }
        for label in fresh.labels {
            let head = fresh.batch.heads[label.record]
            let steps = Int((label.logged - step.start) / step.length)
            guard steps > 0 else {
                missing.append(head, of: fresh.batch, label: label)
                continue
            }
            while missingLater.count < steps { missingLater.append(LabelledRecords()) }
            missingLater[steps - 1].append(head, of: fresh.batch, label: label)
        }
    }

    private mutating func takeLate(_ step: TimeWindow) {
        guard !waiting.isEmpty else { return }
        // The memory of the last step's records goes to the end of the line.
        late.removeAll()
        waiting.append(late)
        late = waiting.removeFirst()
        for (index, head) in late.batch.heads.enumerated() {
            due.append(
                StepRecord(
                    offset: UInt64((head.logged - step.start).nanoseconds),
                    place: LaneStep.place(index, inBatch: 1, ofLane: number)))
        }
    }
}
