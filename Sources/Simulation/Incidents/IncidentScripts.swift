import IncidentCatalog
import ScenarioSpec
import SimTime

/// The scripts of the catalogue's kinds, by family.
enum IncidentScripts {
    typealias Script = @Sendable (inout IncidentScript) -> Void

    /// Every kind's script by the kind's name.
    static let all: [String: Script] = {
        let families = [
            scans, connections, transfers, records, settings, policies, credentials, people, devices, inventory,
            stories,
        ]
        return Dictionary(uniqueKeysWithValues: families.joined().map { ($0.kind, $0.script) })
    }()

    /// Runs the script of the incident's kind.
    static func run(_ script: inout IncidentScript) throws(SimulationError) {
        guard let body = all[script.incident.kind.name] else {
            throw SimulationError(
                "incident \(script.incident.id): the kind \(script.incident.kind.name) has no script")
        }
        body(&script)
    }
}
