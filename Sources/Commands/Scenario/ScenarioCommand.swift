import ArgumentParser
import FoundationEssentials
import ScenarioSpec
import Simulation

/// Works with scenario files.
struct ScenarioCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scenario", abstract: "Check, list and describe scenario files.",
        subcommands: [Check.self, List.self, Schema.self])

    /// Reports everything that is wrong with some scenarios.
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check", abstract: "Report every problem of scenario files, with line and key path.")

        @Argument(help: "Scenario files, or names of bundled scenarios; all bundled ones unless said.")
        var scenarios: [String] = []

        func run() async throws {
            let catalog = Catalog.bundled
            let wanted = scenarios.isEmpty ? catalog.items.map(\.path) : scenarios
            var isSound = true
            for scenario in wanted {
                do {
                    try await reportingErrors {
                        let path = try catalog.path(of: scenario)
                        let world = try World(plan: try Scenario.load(path))
                        try printData(
                            "\(path): ok (\(world.plan.nodes.count) nodes, \(world.plan.users.count) users, "
                                + "\(world.plan.incidents.count) anomalies)")
                    }
                } catch { isSound = false }
            }
            if !isSound { throw ExitCodes.invalidInput }
        }
    }

    /// Lists the bundled scenarios.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "List the bundled scenarios.")

        func run() async throws {
            let items = Catalog.bundled.items
            let width = items.map(\.name.count).max() ?? 0
            for item in items {
                let padding = String(repeating: " ", count: width - item.name.count)
                try printData("\(item.name)\(padding)  \(item.summary)")
            }
        }
    }

    /// Prints the JSON Schema of scenario files.
    struct Schema: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "schema", abstract: "Print the JSON Schema of scenario files, for editors.")

        func run() async throws { try printData(ScenarioSchema.jsonText) }
    }
}
