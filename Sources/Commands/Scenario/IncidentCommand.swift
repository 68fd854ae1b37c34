import ArgumentParser
import ByteText
import Dataset
import IncidentCatalog
import ScenarioSpec

/// Lists and shows the kinds of incident that scenarios and `--inject` know.
struct IncidentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "incident", abstract: "List the incident kinds, or show one of them.",
        subcommands: [List.self, Show.self], aliases: ["anomaly"])

    /// One line a kind.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the incident kinds, with the ATT&CK techniques of each.")

        @Flag(help: "Print one JSON object for each kind.")
        var json = false

        func run() async throws {
            try await reportingErrors {
                if json {
                    for kind in IncidentKinds.all { try printData(IncidentPage(kind).json) }
                    return
                }
                var table = TextTable([.left, .left])
                for kind in IncidentKinds.all {
                    table.add([kind.name, "\(kind.summary) \(kind.attack.joined(separator: " "))"])
                }
                try printData(Console.fittingTables(table.lines.joined(separator: "\n")))
            }
        }
    }

    /// One page of a kind.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show what an incident kind does, and which rules should notice it.")

        @Argument(help: "The kind's name, as listed by mocktail incident list.")
        var kind: String

        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            try await reportingErrors {
                let page = IncidentPage(try IncidentKind.named(kind, option: "incident show"))
                try printData(json ? page.json : Console.fittingTables(page.text))
            }
        }
    }
}

extension IncidentKind {
    /// The kind of that name.
    ///
    /// - Parameter option: how the name was given, for the message.
    static func named(_ name: String, option: String) throws(RunError) -> IncidentKind {
        if let kind = IncidentKinds.kind(name) { return kind }
        let hint = Suggestion.text(for: name, among: IncidentKinds.all.map(\.name))
        throw RunError(
            .input,
            "\(option) \(name): there is no such incident kind\(hint.isEmpty ? "; mocktail incident list shows them" : hint)"
        )
    }
}
