import Truth
import ByteText
import LogFormats
import Simulation
import TailnetModel

/// Writes a range of a step's ordered records, with memory that is used from step to step.
struct RangeEncoder: Sendable {
    /// What all ranges of a step are written from.
    struct Source: Sendable {
        var batches: FlowBatches
        var order: [FlowRecordPlace]
        /// Labels of the records that incidents touched; looked up, never walked.
        var labels: [FlowRecordPlace: FlowLabel]
        /// The records that incidents kept out of the step.
        var missing = MissingRecords()
    }

    private var encoder: FlowRecordEncoder
    private let hash: RecordHash?
    /// The names of all incidents, where labelled records are marked with them.
    private let marks: [String]?
    /// The texts of the last two steps, the older one first, kept for their memory.
    ///
    /// While one is being written out the other one fills. A chunk that is held for longer keeps its memory, and the
    /// step allocates new memory.
    private var texts = [EncodedRecords(), EncodedRecords()]

    init(directory: NodeDirectory, channel: Channel, hash: RecordHash?, marks: [String]?) {
        encoder = FlowRecordEncoder(directory: directory, channel: channel)
        self.hash = hash
        self.marks = marks
    }

    /// Writes the records at some places of the step's order.
    mutating func write(_ source: Source, _ range: Range<Int>) -> LogPart {
        var part = LogPart(log: .network, text: texts.removeFirst())
        part.text.removeAll()
        if source.labels.isEmpty {
            encoder.encode(source.batches, order: source.order[range], into: &part.text)
        } else {
            writeLabelled(source, range, into: &part)
        }
        if !source.missing.places.isEmpty { addMissing(source, range, to: &part) }
        if let hash { part.addDigests(hash) }
        texts.append(part.text)
        return part
    }

    /// Adds the missing records that lie in the range; the step's last range has those behind all records.
    private mutating func addMissing(_ source: Source, _ range: Range<Int>, to part: inout LogPart) {
        let isLast = range.upperBound == source.order.count
        let missing = source.missing
        let own = missing.places.indices.filter { index in
            range.contains(missing.places[index]) || (isLast && missing.places[index] == range.upperBound)
        }
        guard let first = own.first else { return }
        var text = EncodedRecords()
        let order = own.map { FlowRecordPlace(batch: 0, record: UInt32($0)) }
        encoder.encode(FlowBatches([missing.records]), order: order[...], into: &text)
        for index in own {
            let line = Array(text.bytes[text.records[index - first].range])
            part.missing.append(
                MissingRecord(
                    label: missing.labels[index], place: missing.places[index] - range.lowerBound, text: line))
        }
    }

    private mutating func writeLabelled(_ source: Source, _ range: Range<Int>, into part: inout LogPart) {
        var first = range.lowerBound
        for index in range {
            guard let label = source.labels[source.order[index]] else { continue }
            part.flowLabels.append((index - range.lowerBound, label))
            guard let marks else { continue }
            encoder.encode(source.batches, order: source.order[first...index], into: &part.text)
            part.markLast(label.incidents.map { marks[$0] }, channel: encoder.channel)
            first = index + 1
        }
        encoder.encode(source.batches, order: source.order[first..<range.upperBound], into: &part.text)
    }
}
