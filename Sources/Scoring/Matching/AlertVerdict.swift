/// What an alert is.
public enum AlertVerdict: String, Sendable, Hashable {
    /// It detected an incident.
    case detection
    /// It speaks of an incident that is to be detected, and detected none.
    case duplicate
    /// It speaks of no incident, or only of one that no rule should notice.
    case `false`
}
