/// How strong an incident is, measured against the thresholds of the rules that look for its kind.
public enum IncidentVariant: String, Sendable, Hashable, CaseIterable {
    /// Clears the thresholds with margin.
    case attack
    /// One step over a threshold.
    case over
    /// One step under a threshold: no rule should fire.
    case under
    /// Benign, but looks like it: no rule should fire.
    case lookalike

    /// Whether a detector should notice the incident, so that it counts in recall.
    public var isToBeDetected: Bool { self == .attack || self == .over }
}
