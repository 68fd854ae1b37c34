public import SimTime

/// What a command line changes in a scenario.
public struct ScenarioOverrides: Sendable {
    /// Another seed.
    public var seed: UInt64?
    /// Another first instant; every time in the scenario moves with it.
    public var start: Instant?
    /// Incidents in addition to the scenario's own.
    public var injections: [IncidentInjection]

    /// Makes overrides; without arguments they change nothing.
    public init(seed: UInt64? = nil, start: Instant? = nil, injections: [IncidentInjection] = []) {
        self.seed = seed
        self.start = start
        self.injections = injections
    }
}
