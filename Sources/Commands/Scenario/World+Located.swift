import ScenarioSpec
import Simulation

extension World {
    /// Makes the world of a scenario; what cannot happen is a problem at its place in the file.
    ///
    /// - Throws: `ScenarioProblems`, or `SimulationError` where the place is not known.
    convenience init(_ located: LocatedPlan) throws {
        do { try self.init(plan: located.plan) } catch {
            guard let id = error.incident,
                let problem = located.places.problem(error.description, ofIncident: id)
            else { throw error }
            throw ScenarioProblems([problem])
        }
    }
}
