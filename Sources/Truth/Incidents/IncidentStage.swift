public import SimTime

/// One step of an incident.
public struct IncidentStage: Sendable, Hashable {
    /// What is done in this step.
    public var name: String
    /// When the stage begins.
    public var start: Instant
    /// When the stage is over.
    public var end: Instant
    /// ATT&CK technique ids of this step.
    public var attack: [String]

    /// Makes a stage.
    public init(name: String, start: Instant, end: Instant, attack: [String] = []) {
        self.name = name
        self.start = start
        self.end = end
        self.attack = attack
    }
}
