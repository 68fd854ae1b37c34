public import Simulation
public import SimTime
public import TailnetModel

/// Where one record lies in a chunk.
public struct ChunkRecord: Sendable, BitwiseCopyable {
    public var logged: Instant
    public var offset: UInt32
    /// With the newline behind the record.
    public var length: UInt32

    /// Makes a place.
    public init(logged: Instant, offset: UInt32, length: UInt32) {
        self.logged = logged
        self.offset = offset
        self.length = length
    }
}

/// Records of one log in the log's order, as text: each followed by a newline.
public struct Chunk: Sendable {
    public var log: LogKind
    public var bytes: [UInt8]
    public var records: [ChunkRecord]
    /// Labels of flow records, with the record's place in `records`.
    public var flowLabels: [(record: Int, label: FlowLabel)]
    /// Labels of audit records, with the record's place in `records`.
    public var auditLabels: [(record: Int, label: TimelineRecord)]
    /// Empty where digests are off.
    public var digests: HourlyDigests

    /// Makes an empty chunk.
    public init(log: LogKind) {
        self.log = log
        bytes = []
        records = []
        flowLabels = []
        auditLabels = []
        digests = HourlyDigests()
    }
}

/// What both logs hold of one slice of time.
public struct TimeSlice: Sendable {
    /// The slice, on `logged`.
    public var window: TimeWindow
    /// The logs that were asked for: first the configuration log, then the network log.
    public var chunks: [Chunk]

    /// Makes a slice.
    public init(window: TimeWindow, chunks: [Chunk]) {
        self.window = window
        self.chunks = chunks
    }
}
