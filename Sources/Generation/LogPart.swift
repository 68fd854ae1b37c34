import ByteText
public import Truth
public import LogFormats
import SimTime
public import Simulation
public import TailnetModel

/// Records of one log in the log's order, as text: each followed by a newline.
public struct LogPart: Sendable {
    public var log: LogKind
    /// The records' text and where each lies in it.
    public var text: EncodedRecords
    /// Labels of flow records, with the record's place in `records`.
    public var flowLabels: [(record: Int, label: FlowLabel)] = []
    /// Flow records that incidents kept out of the log, in the log's order.
    public var missing: [MissingRecord] = []
    /// Labels of audit records, with the record's place in `records`.
    public var auditLabels: [(record: Int, label: TimelineRecord)] = []
    /// Empty where digests are off.
    public var digests = HourlyDigests()

    /// Makes a chunk of some text.
    public init(log: LogKind, text: EncodedRecords = EncodedRecords()) {
        self.log = log
        self.text = text
    }

    /// The text of all records.
    public var bytes: [UInt8] { text.bytes }

    /// Where each record lies in `bytes`.
    public var records: [EncodedRecord] { text.records }

    /// Adds the incidents' names to the last record: at its top level, or among an envelope's fields.
    mutating func markLast(_ incidents: [String], channel: Channel) {
        let object = JSONWriter.object { $0.member("mocktailIncidents", incidents) }
        // Its member joins those of an object that has others.
        text.insertIntoLast(Array(",\(object.dropFirst().dropLast())".utf8), beforeEnd: channel == .stream ? 2 : 1)
    }

    /// Digests all records.
    mutating func addDigests(_ hash: RecordHash) {
        let bytes = text.bytes
        for record in text.records {
            digests.add(hour: record.logged.hoursSinceEpoch, hash(bytes.span.extracting(record.range)))
        }
    }
}
