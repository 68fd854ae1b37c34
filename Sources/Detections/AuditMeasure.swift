/// What is counted of audit records.
public enum AuditMeasure: Sendable, Hashable {
    /// Records; one that comes twice is one.
    case records
    /// As `records`, of which none is counted again within an hour.
    case newRecords
    /// Different targets.
    case targets
}
