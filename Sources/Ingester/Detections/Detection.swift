public import SimTime
public import TailnetModel

/// A detection, as data: which records it looks at, what it counts of whom, and how much of it in which time is an alert.
///
/// The tables are `Detection.ofAudit` and `Detection.ofFlows`; one engine, `SpikeDetection`, works all of them.
public struct Detection: Sendable, Hashable {
    /// The rule id of its alerts: that of the published rule whose condition it is.
    public var id: String
    /// What it looks for, in a few words.
    public var summary: String
    /// The records that count, of whom, and what.
    public var subject: Subject
    /// How much within the window is an alert: records, different things, or bytes.
    public var threshold: Int
    /// How far back it counts.
    public var within: TimeSpan
    /// How long the same source has no second alert.
    public var quiet: TimeSpan
    /// What it is known to cry wolf about.
    public var falsePositives: String

    /// The records of one log.
    public enum Subject: Sendable, Hashable {
        /// Audit records of which all conditions hold.
        case audit([AuditCondition], by: AuditKey, counts: AuditMeasure)
        /// Entries of flow records.
        case flows(FlowCondition, by: FlowKey, counts: FlowMeasure)
    }

    /// Makes a detection over audit records; unless said, each of them is an alert about its actor.
    static func audit(
        _ id: String, _ summary: String, where conditions: [AuditCondition], by key: AuditKey = .actor,
        counts: AuditMeasure = .records, threshold: Int = 1, within: TimeSpan = .minutes(15),
        quiet: TimeSpan = .zero, falsePositives: String
    ) -> Detection {
        Detection(
            id: id, summary: summary, subject: .audit(conditions, by: key, counts: counts), threshold: threshold,
            within: within, quiet: quiet, falsePositives: falsePositives)
    }

    /// Makes a detection over the entries of flow records.
    static func flows(
        _ id: String, _ summary: String, where condition: FlowCondition, by key: FlowKey, counts: FlowMeasure,
        threshold: Int, within: TimeSpan, quiet: TimeSpan = .minutes(15), falsePositives: String
    ) -> Detection {
        Detection(
            id: id, summary: summary, subject: .flows(condition, by: key, counts: counts), threshold: threshold,
            within: within, quiet: quiet, falsePositives: falsePositives)
    }

    /// Which log it reads.
    public var log: LogKind {
        switch subject {
        case .audit: .configuration
        case .flows: .network
        }
    }

    /// What the engine needs to know.
    var options: SpikeOptions {
        var options = SpikeOptions(rule: id, limit: threshold, window: within, pause: quiet)
        switch subject {
        case .audit(_, _, .newRecords), .flows(_, _, .newConnections): break
        case .flows(_, _, .bytes): options.counting = .amounts
        case .audit, .flows: options.counting = .different
        }
        return options
    }
}

/// What can be asked of an audit record.
public indirect enum AuditCondition: Sendable, Hashable {
    /// A member whose text is one of these.
    case member(Member, among: [String])
    /// A value that holds this text; white space and escapes do not count.
    case value(Value, holds: String)
    /// The change was refused: `error` stands in the record.
    case failed
    /// The target is a node that is forgotten when it leaves.
    case ephemeral
    case any([AuditCondition])
    case not(AuditCondition)

    public enum Member: Sendable, Hashable { case action, origin, actorType, targetType, property }

    public enum Value: Sendable, Hashable { case old, new, actionDetails }

    static func action(_ texts: String...) -> AuditCondition { .member(.action, among: texts) }
    static func origin(_ texts: String...) -> AuditCondition { .member(.origin, among: texts) }
    static func actorType(_ texts: String...) -> AuditCondition { .member(.actorType, among: texts) }
    static func targetType(_ texts: String...) -> AuditCondition { .member(.targetType, among: texts) }
    static func property(_ texts: String...) -> AuditCondition { .member(.property, among: texts) }
    static func old(holds text: String) -> AuditCondition { .value(.old, holds: text) }
    static func new(holds text: String) -> AuditCondition { .value(.new, holds: text) }
    static func actionDetails(holds text: String) -> AuditCondition { .value(.actionDetails, holds: text) }
}

/// Whose audit records are counted together, and whom the alert names.
public enum AuditKey: Sendable, Hashable {
    /// The actor by id.
    case actor
    /// The actor by login name; all clients together, which have none.
    case login
    /// What the record is about.
    case target
}

/// What is counted of audit records.
public enum AuditMeasure: Sendable, Hashable {
    /// Records; one that comes twice is one.
    case records
    /// As `records`, of which none is counted again within an hour.
    case newRecords
    /// Different targets.
    case targets
}

/// What can be asked of an entry of a flow record; what is not said does not matter.
public struct FlowCondition: Sendable, Hashable {
    /// Ports at the far end.
    public enum Ports: Sendable, Hashable {
        case any
        case only([UInt16])
        case but([UInt16])
    }

    /// Protocol numbers.
    public var proto: [UInt8]
    /// The arrays of the record.
    public var traffic: [TrafficClass]
    public var ports: Ports
    /// Whether the near end opened the connection: its port is not the smaller one.
    public var isOpened: Bool
    /// Whether the near end sent packets.
    public var isSent: Bool
    /// The most packets that were sent.
    public var packetsAtMost: UInt64?
    /// The fewest bytes of both directions.
    public var bytesAtLeast: UInt64

    init(
        proto: [UInt8] = [6, 17], traffic: [TrafficClass] = [.virtual, .subnet], ports: Ports = .any,
        isOpened: Bool = false, isSent: Bool = false, packetsAtMost: UInt64? = nil, bytesAtLeast: UInt64 = 0
    ) {
        self.proto = proto
        self.traffic = traffic
        self.ports = ports
        self.isOpened = isOpened
        self.isSent = isSent
        self.packetsAtMost = packetsAtMost
        self.bytesAtLeast = bytesAtLeast
    }
}

/// Whose entries are counted together, and whom the alert names.
public enum FlowKey: Sendable, Hashable {
    /// The reporting node: node ID, name and addresses.
    case reporter
    /// The near address.
    case source
    /// The near address, and the far port.
    case sourceAndPort
    /// The near address, and the far address.
    case pair
    /// Near and far address and port.
    case connection
    /// The far address.
    case target
}

/// What is counted of entries.
public enum FlowMeasure: Sendable, Hashable {
    /// Far addresses.
    case targets
    /// Near addresses.
    case sources
    /// Far ports.
    case ports
    /// Connections, by far end and near port.
    case connections
    /// As `connections`, of which none is counted that was there within an hour.
    case newConnections
    /// Bytes of both directions.
    case bytes
}
