public import SimTime
public import TailnetModel

/// A detection, as data: which records it looks at, what it counts of whom, and how much of it in which time is an alert.
///
/// The tables are `Detection.ofAudit` and `Detection.ofFlows`; one engine, `ThresholdDetection`, works all of them.
public struct Detection: Sendable, Hashable {
    /// The rule id of its alerts: that of the published rule whose condition it is.
    public var id: String
    /// What it looks for, in a few words.
    public var summary: String
    /// The records that count, of whom, and what.
    public var subject: Subject
    /// How much within the window is an alert: records, different items, or bytes.
    public var threshold: Int
    /// How far back it counts.
    public var within: TimeSpan
    /// How long the same source has no second alert.
    public var suppression: TimeSpan
    /// Its known false positives.
    public var falsePositives: String

    /// The records of one log.
    public enum Subject: Sendable, Hashable {
        /// Audit records of which all conditions hold.
        case audit([AuditCondition], by: AuditKey, counts: AuditMeasure)
        /// Entries of flow records.
        case flows(FlowCondition, by: FlowKey, counts: FlowMeasure)
    }

    /// Makes a detection over audit records; by default each of them is an alert about its actor.
    static func audit(
        _ id: String, _ summary: String, where conditions: [AuditCondition], by key: AuditKey = .actor,
        counts: AuditMeasure = .records, threshold: Int = 1, within: TimeSpan = .minutes(15),
        suppression: TimeSpan = .zero, falsePositives: String
    ) -> Detection {
        Detection(
            id: id, summary: summary, subject: .audit(conditions, by: key, counts: counts), threshold: threshold,
            within: within, suppression: suppression, falsePositives: falsePositives)
    }

    /// Makes a detection over the entries of flow records.
    static func flows(
        _ id: String, _ summary: String, where condition: FlowCondition, by key: FlowKey, counts: FlowMeasure,
        threshold: Int, within: TimeSpan, suppression: TimeSpan = .minutes(15), falsePositives: String
    ) -> Detection {
        Detection(
            id: id, summary: summary, subject: .flows(condition, by: key, counts: counts), threshold: threshold,
            within: within, suppression: suppression, falsePositives: falsePositives)
    }

    /// Which log it reads.
    public var log: LogKind {
        switch subject {
        case .audit: .configuration
        case .flows: .network
        }
    }

    /// What the engine needs to know.
    var options: ThresholdOptions {
        var options = ThresholdOptions(rule: id, limit: threshold, window: within, suppression: suppression)
        switch subject {
        case .audit(_, _, .newRecords), .flows(_, _, .newConnections): break
        case .flows(_, _, .bytes): options.counting = .amounts
        case .audit, .flows: options.counting = .different
        }
        return options
    }
}
