import LogFormats
import SimTime
import Simulation
import TailnetModel

/// One lane with its encoder and the records that wait for their time.
///
/// Not thread-safe: the production hands each worker to one task at a time.
final class LaneWorker: @unchecked Sendable {
    /// A record on its way into the log.
    struct Item: BitwiseCopyable {
        var logged: Int64
        /// The reporting node's place by stable ID: the order of records that are logged at the same instant.
        var rank: UInt32
        var offset: UInt32
        var length: UInt32
        /// Into `labels`; none below zero.
        var label: Int32
        var lane: UInt16
        /// Whether the text lies in `early.bytes` and not in the encoder's block.
        var isEarly: Bool

        static func precedes(_ left: Item, _ right: Item) -> Bool {
            left.logged != right.logged ? left.logged < right.logged : left.rank < right.rank
        }
    }

    /// Records that were made in earlier steps and are logged later.
    private struct Waiting {
        var bytes: [UInt8] = []
        var items: [Item] = []
    }

    private let lane: FlowLane
    private let number: UInt16
    private let ranks: [UInt32]
    private var encoder: FlowRecordEncoder
    private(set) var encoded = EncodedRecords()
    private var waiting = Waiting()
    /// The text of the records that waited and are due in this step.
    private(set) var early: [UInt8] = []
    /// The step's records in order.
    private(set) var due: [Item] = []
    private var labels: [FlowLabel?] = []
    private(set) var digests = HourlyDigests()
    private let hash: RecordHash?

    init(
        world: World, lane number: Int, window: TimeWindow, withAnomalies: Bool, directory: NodeDirectory,
        channel: Channel, ranks: [UInt32], hash: RecordHash?
    ) {
        lane = FlowLane(world: world, lane: number, window: window, withAnomalies: withAnomalies)
        self.number = UInt16(number)
        self.ranks = ranks
        encoder = FlowRecordEncoder(directory: directory, channel: channel)
        self.hash = hash
    }

    func makeSessions(_ slice: TimeWindow) -> SessionPost { lane.makeSessions(slice) }

    func receive(_ posts: [SessionPost]) { lane.receive(posts) }

    /// Records and encodes a step, and sorts out what is logged in it.
    func run(_ step: TimeWindow) {
        lane.record(until: step.end)
        encoded.removeAll()
        encoder.encode(lane.batch, into: &encoded)
        let end = step.end.nanoseconds
        due.removeAll(keepingCapacity: true)
        early.removeAll(keepingCapacity: true)
        takeDueFromWaiting(before: end)
        var nextLabel = 0
        for record in encoded.records {
            var label: Int32 = -1
            if nextLabel < lane.labels.count, lane.labels[nextLabel].record == Int(record.recordIndex) {
                label = store(lane.labels[nextLabel])
                nextLabel += 1
            }
            var item = Item(
                logged: record.logged.nanoseconds, rank: ranks[Int(record.node)], offset: record.offset,
                length: record.length, label: label, lane: number, isEarly: false)
            if item.logged < end {
                due.append(item)
                continue
            }
            item.isEarly = true
            let range = Int(record.offset)..<Int(record.offset + record.length)
            item.offset = UInt32(waiting.bytes.count)
            encoded.withBytes(in: range) { waiting.bytes.append(contentsOf: $0) }
            waiting.items.append(item)
        }
        due.sort(by: Item.precedes)
        digests = HourlyDigests()
        if let hash { addDigests(hash) }
    }

    /// The label of a due item, given away once.
    func takeLabel(_ index: Int32) -> FlowLabel? {
        guard index >= 0 else { return nil }
        defer { labels[Int(index)] = nil }
        return labels[Int(index)]
    }

    /// Calls `body` with an item's text, newline included.
    @inline(__always)
    func withText<Result>(of item: Item, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let range = Int(item.offset)..<Int(item.offset) + Int(item.length)
        if item.isEarly { return early.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[range])) } }
        return encoded.withBytes(in: range, body)
    }

    private func store(_ label: FlowLabel) -> Int32 {
        if let free = labels.firstIndex(where: { $0 == nil }) {
            labels[free] = label
            return Int32(free)
        }
        labels.append(label)
        return Int32(labels.count - 1)
    }

    private func takeDueFromWaiting(before end: Int64) {
        guard !waiting.items.isEmpty else { return }
        var rest = Waiting()
        for var item in waiting.items {
            let range = Int(item.offset)..<Int(item.offset + item.length)
            if item.logged < end {
                item.offset = UInt32(early.count)
                early.append(contentsOf: waiting.bytes[range])
                due.append(item)
            } else {
                item.offset = UInt32(rest.bytes.count)
                rest.bytes.append(contentsOf: waiting.bytes[range])
                rest.items.append(item)
            }
        }
        waiting = rest
    }

    private func addDigests(_ hash: RecordHash) {
        for item in due {
            withText(of: item) { text in
                digests.add(
                    hour: Instant(nanoseconds: item.logged).hour,
                    hash(UnsafeRawBufferPointer(rebasing: text.dropLast())))
            }
        }
    }
}
