import Truth
import LogFormats
import SimTime
import Simulation
import TailnetModel

/// The records that anomalies kept out of a step, in the log's order.
struct MissingRecords: Sendable {
    var records = FlowRecordBatch()
    /// The label of each.
    var labels: [FlowLabel] = []
    /// How many of the step's records come before each.
    var places: [Int] = []

    init() {}

    /// Puts the shares of all lanes in order, and finds their places among the step's ordered records.
    init(_ shares: [LaneWorker.DeferredRecords], among source: RangeEncoder.Source, ranks: [UInt32]) {
        let found = shares.indices.flatMap { share in
            shares[share].batch.heads.indices.map { record in
                (key: Key(shares[share].batch.heads[record], ranks), share: share, record: record)
            }
        }
        var place = 0
        for item in found.sorted(by: { $0.key < $1.key }) {
            let share = shares[item.share]
            while place < source.order.count, Key(source.batches.head(source.order[place]), ranks) < item.key {
                place += 1
            }
            records.append(share.batch.heads[item.record], of: share.batch)
            labels.append(share.labels[item.record])
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
