/// What the traffic patterns ask for together, against what a run can hold.
struct TrafficLoad {
    private var endpoints = 0
    private var connections = 0
    private var milliSessions = 0

    /// Adds a pattern, unless it goes beyond a limit.
    ///
    /// - Returns: The key that is to blame, and what is wrong; nil where nothing is.
    mutating func add(_ pattern: TrafficPattern) -> (key: String, problem: String)? {
        let sources = pattern.sources.count + pattern.sourceHosts.count
        let targets = pattern.targets.count + pattern.targetHosts.count
        endpoints += sources + targets
        guard endpoints <= ScenarioLimits.endpoints else {
            return (
                "from",
                "with this pattern the patterns select more than \(ScenarioLimits.endpoints) nodes and hosts together, "
                    + "the limit; write narrower selectors"
            )
        }
        guard pattern.isEndless else {
            // Neither count is larger than 2^31.
            milliSessions += sources * pattern.milliSessionsPerHour
            guard milliSessions <= ScenarioLimits.sessionsPerHour * 1_000 else {
                return (
                    "sessionsPerHour",
                    "with this pattern there are more than \(ScenarioLimits.sessionsPerHour) sessions an hour, the "
                        + "limit; write fewer sessionsPerHour or narrower selectors"
                )
            }
            return nil
        }
        connections += pattern.connectionCount
        guard connections <= ScenarioLimits.endlessConnections else {
            return (
                "endless",
                "with this pattern there are \(connections) endless connections; the limit is "
                    + "\(ScenarioLimits.endlessConnections); write narrower selectors, or sessionsPerHour in place of "
                    + "endless"
            )
        }
        return nil
    }
}

extension TrafficPattern {
    /// How many connections the pattern keeps open at once: one of each source to each target but itself.
    package var connectionCount: Int {
        guard isEndless else { return 0 }
        let own = Set(sources).intersection(targets).count
        return (sources.count + sourceHosts.count) * (targets.count + targetHosts.count) - own
    }
}
