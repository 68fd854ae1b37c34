import ArgumentParser
import Dataset
import ScenarioSpec
import Simulation

extension ScenarioCommand {
    /// Reports everything that is wrong with some scenarios.
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check", abstract: "Report every problem of scenarios, with its line and key.",
            discussion: "Exits 2 if a scenario has a problem, or if there is no scenario to check.")

        @Argument(
            help: """
                Scenario files, folders of them, or names of bundled scenarios (default: all bundled ones).
                """)
        var scenarios: [String] = []

        func run() async throws {
            let catalog = ScenarioCatalog.current
            var ends: Set<Int32> = []
            func attempt(_ body: () throws -> Void) async {
                do { try await reportingErrors(body) } catch {
                    ends.insert((error as? ExitCode ?? ExitCodes.invalidInput).rawValue)
                }
            }
            var sources = scenarios.isEmpty ? catalog.items.map(\.source) : []
            for argument in scenarios {
                await attempt { sources += try Check.sources(of: argument, in: catalog) }
            }
            for source in sources {
                await attempt {
                    let located = try source.loadLocated()
                    let world = try World(located)
                    let plan = world.plan
                    for warning in ScenarioReview.warnings(of: located) { Console.say(warning.description) }
                    // Refused traffic of bundled scenarios is meant to be.
                    for note in source.isBundled ? [] : ScenarioReview.notes(of: located) {
                        Console.say(note.description)
                    }
                    if let note = world.silence(in: plan.span, withIncidents: true) {
                        Console.say("\(source.path): note: \(note)")
                    }
                    try printData(
                        "\(source.path): ok (\(counted(plan.nodes.count, "node")), \(counted(plan.users.count, "user")), "
                            + "\(counted(plan.incidents.count, "incident")))")
                }
            }
            // A full disk says nothing about the scenarios.
            if ends.contains(ExitCodes.failed.rawValue) { throw ExitCodes.failed }
            if !ends.isEmpty { throw ExitCodes.invalidInput }
        }

        /// The scenarios of a folder, or the one that a path or name means.
        private static func sources(of argument: String, in catalog: ScenarioCatalog) throws -> [ScenarioSource] {
            let isName = catalog.items.contains { $0.name == argument }
            guard !isName, FolderManifest.isFolder(argument) else { return [try catalog.source(of: argument)] }
            let sources = ScenarioCatalog.items(in: argument).map(\.source)
            guard !sources.isEmpty else {
                throw RunError(.input, "\(argument): there are no scenarios (files that end in .yaml) in this folder")
            }
            return sources
        }
    }
}
