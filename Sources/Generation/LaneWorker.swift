import Truth
import LogFormats
import SimTime
import Simulation
import TailnetModel

/// One lane with the records that wait for their time.
///
/// Not thread-safe: the production hands each worker to one task at a time.
final class LaneWorker: @unchecked Sendable {
    /// Records of one step, with the labels of those that anomalies touched, in the order of the records.
    struct DeferredRecords {
        var batch = FlowRecordBatch()
        var labels: [FlowLabel] = []

        /// Takes a record of another batch with its label.
        mutating func append(_ label: FlowLabel, of other: FlowRecordBatch) {
            batch.append(other.heads[label.record], of: other)
            var copy = label
            copy.record = batch.heads.count - 1
            labels.append(copy)
        }
    }

    private let lane: FlowLane
    /// Whether the lane's nodes are recorded; where they are not, it only makes its sessions for the others.
    let isRecorded: Bool
    /// Where the lane's records lie among the step's batches.
    private let number: UInt32
    /// What was made in earlier steps and is logged in a later one: the next step's share first.
    private var waiting: [DeferredRecords] = []
    /// The share of earlier steps that is due now.
    private var late = DeferredRecords()
    /// The step's records, in no order.
    private(set) var due: [StepRecord] = []
    /// The records that anomalies kept out of this step, with one label each, in no order.
    private(set) var missing = DeferredRecords()
    /// Those of later steps: the next step's share first.
    private var missingLater: [DeferredRecords] = []

    init(world: World, lane number: Int, window: TimeWindow, withIncidents: Bool, isRecorded: Bool) {
        lane = FlowLane(world: world, lane: number, window: window, withIncidents: withIncidents)
        self.number = UInt32(number)
        self.isRecorded = isRecorded
    }

    func makeSessions(_ chunk: TimeWindow) -> SessionOutbox { lane.makeSessions(chunk) }

    func receive(_ outboxes: [SessionOutbox], of chunk: TimeWindow) { lane.receive(outboxes, of: chunk) }

    /// The batches that `due` speaks of: what the step made, and what came late.
    ///
    /// They are places 2n and 2n + 1 among those of all lanes.
    var batches: [FlowRecordBatch] { [lane.batch, late.batch] }

    /// Calls `body` with each label of the batches' records.
    func forEachLabel(_ body: (FlowRecordPlace, FlowLabel) -> Void) {
        for label in lane.labels { body(FlowRecordPlace(batch: 2 * number, record: UInt32(label.record)), label) }
        for label in late.labels { body(FlowRecordPlace(batch: 2 * number + 1, record: UInt32(label.record)), label) }
    }

    /// Makes the records of a step and sorts out what is logged in it.
    ///
    /// All steps are of the same length. What is logged later is kept as plain values until its step comes: most
    /// records wait for one step at most, and a copy of them costs a tenth of their text.
    func run(_ step: TimeWindow) {
        due.removeAll(keepingCapacity: true)
        takeLate(step)
        lane.record(until: step.end)
        let length = step.length.nanoseconds
        sortMissing(step)
        var nextLabel = 0
        for (index, head) in lane.batch.heads.enumerated() {
            let isLabelled = nextLabel < lane.labels.count && lane.labels[nextLabel].record == index
            if isLabelled { nextLabel += 1 }
            let offset = (head.logged - step.start).nanoseconds
            guard offset >= length else {
                due.append(
                    StepRecord(
                        offset: UInt64(offset), place: FlowRecordPlace(batch: 2 * number, record: UInt32(index))))
                continue
            }
            let steps = Int(offset / length) - 1
            while waiting.count <= steps { waiting.append(DeferredRecords()) }
            waiting[steps].batch.append(head, of: lane.batch)
            if isLabelled {
                var label = lane.labels[nextLabel - 1]
                label.record = waiting[steps].batch.heads.count - 1
                waiting[steps].labels.append(label)
            }
        }
    }

    /// Sorts out which of the missing records would have been logged in this step.
    private func sortMissing(_ step: TimeWindow) {
        if !missing.labels.isEmpty || !missingLater.isEmpty {
            missing = missingLater.isEmpty ? DeferredRecords() : missingLater.removeFirst()
        }
        for label in lane.missingLabels {
            let steps = Int((label.logged - step.start).nanoseconds / step.length.nanoseconds)
            guard steps > 0 else {
                missing.append(label, of: lane.missing)
                continue
            }
            while missingLater.count < steps { missingLater.append(DeferredRecords()) }
            missingLater[steps - 1].append(label, of: lane.missing)
        }
    }

    private func takeLate(_ step: TimeWindow) {
        guard !waiting.isEmpty else { return }
        // The memory of the last step's share goes to the end of the line.
        late.batch.removeAll()
        late.labels.removeAll(keepingCapacity: true)
        waiting.append(late)
        late = waiting.removeFirst()
        for (index, head) in late.batch.heads.enumerated() {
            due.append(
                StepRecord(
                    offset: UInt64((head.logged - step.start).nanoseconds),
                    place: FlowRecordPlace(batch: 2 * number + 1, record: UInt32(index))))
        }
    }
}
