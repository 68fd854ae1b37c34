import FoundationEssentials
import ScenarioSpec

extension ScenarioCatalog {
    /// The scenarios that the command line can name.
    static var current: ScenarioCatalog { ScenarioCatalog(environment: ProcessInfo.processInfo.environment) }
}
