public import Truth
/// The alerts of one file.
public struct AlertReading: Sendable {
    /// The alerts in the order of the file.
    public var alerts: [Alert] = []
    /// Alerts left out because they repeat an earlier one.
    public var repeats = 0
    /// Lines left out because they say that an alert is over.
    public var ends = 0
    /// Alerts left out because they are not final: rows of the preview of a search, pending alerts.
    public var provisional = 0
    /// Alerts that name nobody, so that they cannot speak of an incident.
    public var nameless = 0
}
