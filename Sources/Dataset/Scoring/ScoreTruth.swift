package import SimTime
package import Truth

/// What alerts are measured against: the incidents of a run, and when their records were logged.
package struct ScoreTruth: Sendable {
    package var incidents: [Incident]
    /// The range of the run, from the folder's manifest.
    package var window: TimeWindow?
    /// When the first record of each incident was logged, by the incident's id; without those that the folder does not say.
    package var loggedOf: [String: Instant]
    /// What the nodes and people of the tailnet are called; nil where the folder does not say.
    package var names: Set<String>?
    /// What the user should know of it, a sentence each.
    package var notes: [String] = []
    /// Whether it is of a folder without a manifest, which its files could be compared with.
    package var isUnchecked = false

    /// Makes a truth.
    package init(incidents: [Incident], window: TimeWindow? = nil, loggedOf: [String: Instant] = [:]) {
        self.incidents = incidents
        self.window = window
        self.loggedOf = loggedOf
    }
}
