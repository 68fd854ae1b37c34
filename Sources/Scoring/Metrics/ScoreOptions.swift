public import SimTime

/// How alerts are matched to incidents and measured.
public struct ScoreOptions: Sendable, Hashable {
    /// How long after an incident's last record an alert still counts for it.
    public var grace: TimeSpan
    /// The kinds whose targets an alert may name instead of the actors.
    public var kindsMatchedByTargets: Set<String>
    /// Whether an alert detects only incidents that expect its rule, or expect none at all.
    ///
    /// Alerts with other rules are then neither right nor wrong where they speak of an incident that is to be detected.
    public var matchesRules: Bool
    /// The window of time that the detector watched: what false alerts per day are counted over.
    ///
    /// Nil takes the window from the first to the last time of any incident or alert.
    public var window: TimeWindow?
    /// When the ingester had an incident's first record, by the incident's id; see `FirstRecords`.
    public var loggedOf: [String: Instant]
    /// How long a time an alert stands for in the range-based figures.
    public var alertSpan: TimeSpan

    /// Makes options.
    public init(
        grace: TimeSpan = .minutes(15), kindsMatchedByTargets: Set<String> = [], matchesRules: Bool = false,
        window: TimeWindow? = nil, loggedOf: [String: Instant] = [:], alertSpan: TimeSpan = .minutes(5)
    ) {
        self.grace = grace
        self.kindsMatchedByTargets = kindsMatchedByTargets
        self.matchesRules = matchesRules
        self.window = window
        self.loggedOf = loggedOf
        self.alertSpan = alertSpan
    }
}
