public import SimTime

/// One injected incident: what was done, by and to whom, when, and what should notice it.
public struct Incident: Sendable, Hashable {
    /// Unique within a run.
    public var id: String
    /// The incident's kind, as scenarios name it.
    public var kind: String
    /// How strong it is, which says whether a rule should fire.
    public var variant: IncidentVariant
    /// ATT&CK technique ids.
    public var attack: [String]
    /// When the incident begins.
    public var start: Instant
    /// When the incident is over.
    public var end: Instant
    /// Event time of the first record that the incident touched: no alert can be earlier.
    public var firstRecord: Instant
    /// Event time of the last record that the incident touched.
    public var lastRecord: Instant
    /// Who did it.
    public var actors: [IncidentParty]
    /// To whom it was done.
    public var targets: [IncidentParty]
    /// The steps in the order of their beginnings.
    public var stages: [IncidentStage]
    /// Rule ids (`source/slug`) that should fire; empty for the variants that no rule should notice.
    public var expectedRules: [String]

    /// Makes an incident.
    public init(
        id: String, kind: String, variant: IncidentVariant, attack: [String] = [], start: Instant, end: Instant,
        firstRecord: Instant, lastRecord: Instant, actors: [IncidentParty], targets: [IncidentParty] = [],
        stages: [IncidentStage] = [], expectedRules: [String] = []
    ) {
        self.id = id
        self.kind = kind
        self.variant = variant
        self.attack = attack
        self.start = start
        self.end = end
        self.firstRecord = firstRecord
        self.lastRecord = lastRecord
        self.actors = actors
        self.targets = targets
        self.stages = stages
        self.expectedRules = expectedRules
    }
}
