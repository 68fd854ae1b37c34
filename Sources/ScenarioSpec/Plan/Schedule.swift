/// When a pattern's sessions start.
public enum Schedule: String, Sendable, Hashable, CaseIterable {
    /// Follows the working hours of the source's owner (UTC office hours for tagged nodes).
    case workingHours = "working-hours"
    /// The same all day and night.
    case always
    /// Between 01:00 and 04:00 UTC.
    case nightly
}
