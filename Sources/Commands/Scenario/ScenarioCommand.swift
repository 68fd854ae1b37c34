import ArgumentParser
import ByteText
import ScenarioSpec

/// Works with scenario files.
struct ScenarioCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scenario", abstract: "List, show, copy and check scenarios.",
        discussion: """
            A scenario describes a tailnet, its traffic, its changes and its incidents. The bundled scenarios are part of \
            the program; the folder that MOCKTAIL_SCENARIOS names comes before them.
            """,
        subcommands: [List.self, Show.self, New.self, Check.self, Schema.self])

    /// Lists the scenarios that can be named.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "List the bundled scenarios.")

        func run() async throws {
            var table = TextTable([.left, .left])
            for item in ScenarioCatalog.current.items { table.add([item.name, item.summary]) }
            for line in table.lines { try printData(Console.fittingTables(line)) }
        }
    }

    /// Says who is in a scenario and what happens when.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show who is in a scenario, and what happens when.")

        @Argument(help: "Scenario file, or name of a bundled scenario.")
        var scenario: String

        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            try await reportingErrors {
                let overview = ScenarioOverview(try ScenarioCatalog.current.source(of: scenario).load())
                try printData(json ? overview.json : Console.fittingTables(overview.text))
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
