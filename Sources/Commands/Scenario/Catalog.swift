import ArgumentParser
import FoundationEssentials
import ScenarioSpec

/// The bundled scenarios.
enum Catalog {
    /// The scenarios that can be called by name.
    static var bundled: ScenarioCatalog {
        ScenarioCatalog(
            environment: ProcessInfo.processInfo.environment,
            executable: CommandLine.arguments.first.map { URL(filePath: $0).resolvingSymlinksInPath().path })
    }
}
