import Truth
import LogFormats
import SimTime
import Simulation
import TailnetModel

/// The records that incidents kept out of a step, in the log's order.
struct MissingRecords: Sendable {
    var records = FlowRecordBatch()
    /// The label of each.
    var labels: [FlowLabel] = []
    /// How many of the step's records come before each.
    var places: [Int] = []

    init() {}

    /// Puts the records of all lanes in order, and finds their places among the step's ordered records.
    init(_ lanes: [LabelledRecords], among source: RangeEncoder.Source, ranks: [UInt32]) {
        let found = lanes.indices.flatMap { lane in
            lanes[lane].batch.heads.indices.map { record in
                (key: Key(lanes[lane].batch.heads[record], ranks), lane: lane, record: record)
            }
        }
        var place = 0
        for item in found.sorted(by: { $0.key < $1.key }) {
            let lane = lanes[item.lane]
            while place < source.order.count, Key(source.batches.head(source.order[place]), ranks) < item.key {
                place += 1
            }
            records.append(lane.batch.heads[item.record], of: lane.batch)
            labels.append(lane.labels[item.record])
            places.append(place)
        }
    }

    /// What the log is ordered by.
    private struct Key: Comparable {
        var logged: Instant
        var rank: UInt32
        var start: Instant

        init(_ head: FlowRecordHead, _ ranks: [UInt32]) {
            logged = head.logged
            rank = ranks[Int(head.node)]
            start = head.start
        }

        static func < (left: Key, right: Key) -> Bool {
            (left.logged, left.rank, left.start) < (right.logged, right.rank, right.start)
        }
    }
}
