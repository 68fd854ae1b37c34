import Truth
import IncidentCatalog
import ArgumentParser
import ByteText
import Dataset
import ScenarioSpec
import TailnetModel

/// Tells of the kinds of incidents that scenarios and `--inject` know.
struct IncidentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "incident", abstract: "List the kinds of incident, or show one of them.",
        subcommands: [List.self, Show.self], aliases: ["anomaly"])

    /// One line a kind.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the kinds of incidents, with the ATT&CK techniques of each.")

        @Flag(help: "One JSON object a line.")
        var json = false

        func run() async throws {
            try await reportingErrors {
                let width = IncidentKinds.all.map(\.name.count).max() ?? 0
                for kind in IncidentKinds.all {
                    let name = kind.name + String(repeating: " ", count: width - kind.name.count)
                    try printData(json ? kind.json : "\(name)  \(kind.summary) \(kind.attack.joined(separator: " "))")
                }
            }
        }
    }

    /// One page of a kind.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show what a kind of incident does, and what should notice it.")

        @Argument(help: "The kind's name, as `mocktail incident list` has it.")
        var kind: String

        @Flag(help: "The page as JSON.")
        var json = false

        func run() async throws {
            try await reportingErrors {
                let kind = try IncidentKind.named(self.kind, option: "anomaly show")
                try printData(json ? kind.json : kind.page)
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
            "\(option) \(name): there is no such kind\(hint.isEmpty ? "; mocktail anomaly list has them" : hint)")
    }

    /// A line that injects it.
    private var injection: String {
        let extra = parameters.first.map { ",\($0.key.rawValue)=\($0.text(.attack))" } ?? ""
        return "--inject '\(name)@+2h\(extra)'"
    }

    fileprivate var page: String {
        var lines = ["\(name): \(summary)", "", wrapped(story), "", "Variants"]
        for variant in IncidentVariant.allCases {
            lines.append("  \(variant.rawValue.padded(to: 10)) \(text(of: variant))")
        }
        lines += ["", "Stages"]
        for stage in stages {
            lines.append("  \(stage.name.padded(to: 22)) \(stage.attack.joined(separator: " "))")
        }
        lines += ["", rules.isEmpty ? "No published rule looks for it." : "Rules, and the variants on which they fire"]
        for rule in rules {
            lines.append("  \(rule.id.padded(to: 46)) \(rule.fires.map(\.rawValue).joined(separator: " "))")
        }
        for rule in deadRules { lines.append("  \(rule.id.padded(to: 46)) as published never: \(rule.why)") }
        if !parameters.isEmpty {
            lines += ["", "Parameters (attack, over, under, lookalike)"]
            for parameter in parameters {
                let values = IncidentVariant.allCases.map { parameter.text($0) }.joined(separator: ", ")
                lines.append("  \(parameter.key.rawValue.padded(to: 10)) \(parameter.summary): \(values)")
            }
        }
        lines += [
            "", "Lasts \(seconds) s unless said.\(historyDays > 0 ? " Rules need \(historyDays) days before it." : "")",
        ]
        if !names.isEmpty { lines.append("May be named: \(names.joined(separator: ", ")); otherwise drawn.") }
        lines += ["", "  \(injection)", "  - {kind: \(name), at: +2h, variant: over}"]
        return lines.joined(separator: "\n")
    }

    /// Whom a scenario may name.
    private var names: [String] {
        [
            ("node", cast.node != nil), ("user", cast.user != nil), ("client", cast.client),
            ("targets", cast.targets != nil),
        ].filter(\.1).map(\.0)
    }

    fileprivate var json: String {
        func list(_ items: [String]) -> String { "[\(items.joined(separator: ","))]" }
        func variantNames(_ variants: [IncidentVariant]) -> String { list(variants.map(\.rawValue.jsonQuoted)) }
        let variants = IncidentVariant.allCases.map { "\($0.rawValue.jsonQuoted):\(text(of: $0).jsonQuoted)" }
        let stages = stages.map { "{\"name\":\($0.name.jsonQuoted),\"attack\":\(list($0.attack.map(\.jsonQuoted)))}" }
        let rules = rules.map { "{\"id\":\($0.id.jsonQuoted),\"fires\":\(variantNames($0.fires))}" }
        let dead = deadRules.map { "{\"id\":\($0.id.jsonQuoted),\"why\":\($0.why.jsonQuoted)}" }
        let parameters = parameters.map { parameter in
            let values = IncidentVariant.allCases.map { "\($0.rawValue.jsonQuoted):\(parameter.value($0))" }
            return "{\"key\":\(parameter.key.rawValue.jsonQuoted),\"summary\":\(parameter.summary.jsonQuoted),"
                + "\"default\":{\(values.joined(separator: ","))}}"
        }
        return "{\"kind\":\(name.jsonQuoted),\"summary\":\(summary.jsonQuoted),\"story\":\(story.jsonQuoted),"
            + "\"attack\":\(list(attack.map(\.jsonQuoted))),\"variants\":{\(variants.joined(separator: ","))},"
            + "\"stages\":\(list(stages)),\"rules\":\(list(rules)),\"deadRules\":\(list(dead)),\"parameters\":\(list(parameters)),"
            + "\"seconds\":\(seconds),\"historyDays\":\(historyDays),\"named\":\(list(names.map(\.jsonQuoted)))}"
    }
}

extension IncidentParameter {
    /// A default as a command line writes it.
    fileprivate func text(_ variant: IncidentVariant) -> String {
        key.isSpan ? "\(value(variant) / 1_000_000_000)s" : "\(value(variant))"
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}

/// Breaks a paragraph into lines of at most a hundred characters.
private func wrapped(_ text: String) -> String {
    var lines: [String] = [""]
    for word in text.split(separator: " ") {
        if lines[lines.count - 1].count + word.count > 99 { lines.append("") }
        lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
    }
    return lines.joined(separator: "\n")
}
