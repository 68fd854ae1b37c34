public import SimTime

/// One injected incident: what was done, by and to whom, when, and what should notice it.
public struct Incident: Sendable, Hashable {
    /// Unique within a run.
    public var id: String
    /// The anomaly's kind, as scenarios name it.
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

/// Somebody in an incident: a node, a person, or an API client.
///
/// What does not apply is empty.
public struct IncidentParty: Sendable, Hashable {
    /// The stable id; for API clients the id of the client.
    public var nodeID: String
    /// FQDN of a node.
    public var name: String
    /// Tailscale addresses of the node, without port.
    public var addresses: [String]
    /// Login name of the person, or of the node's owner.
    public var login: String

    /// Makes a party.
    public init(nodeID: String = "", name: String = "", addresses: [String] = [], login: String = "") {
        self.nodeID = nodeID
        self.name = name
        self.addresses = addresses
        self.login = login
    }
}

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
