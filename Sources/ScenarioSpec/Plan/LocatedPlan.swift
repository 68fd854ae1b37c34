/// A plan, and where in the scenario's file its parts stand.
package struct LocatedPlan: Sendable {
    package let plan: Plan
    package let places: ScenarioPlaces
}

/// Where the parts of a scenario stand that a message may be about after the file was read.
package struct ScenarioPlaces: Sendable {
    /// One for each traffic pattern.
    var patterns: [SourceLocation] = []
    /// By the incident's identity.
    var incidents: [String: SourceLocation] = [:]
    /// The clock's start.
    var clock: SourceLocation?

    /// A problem of an incident, at its place; nil where the scenario has no such incident.
    package func problem(_ message: String, ofIncident id: String) -> ScenarioProblem? {
        incidents[id].map { ScenarioProblem(file: $0.file, line: $0.line, path: $0.path, message: message) }
    }

    /// A problem of a traffic pattern, at its place.
    func problem(_ message: String, ofPattern index: Int) -> ScenarioProblem {
        let place = patterns[index]
        return ScenarioProblem(file: place.file, line: place.line, path: place.path, message: message)
    }
}
