import ByteText
import Dataset
import Detections
import IncidentCatalog
import ScenarioSpec
import Scoring
import Truth

/// Checks the names of kinds and rules that a user gives to `score`.
enum ScoreNames {
    /// - Throws: `RunError` for a kind that neither the program nor the truth has.
    static func check(kinds: [String], in incidents: [Incident]) throws(RunError) {
        let known = Set(IncidentKinds.all.map(\.name)).union(incidents.map(\.kind))
        for kind in kinds where !known.contains(kind) {
            throw RunError(
                .input,
                "--match-targets: there is no incident kind '\(kind.printable)'"
                    + hint(kind, among: known, or: "mocktail incident list shows all of them"))
        }
    }

    /// - Throws: `RunError` for a rule on the right side of a map that neither the program nor the truth has.
    static func check(_ map: RuleMap, in incidents: [Incident]) throws(RunError) {
        let known = rules.union(incidents.flatMap(\.expectedRules))
        for rule in map.targets where !known.contains(rule) {
            throw RunError(
                .input,
                "--rule-map: there is no rule '\(rule.printable)'"
                    + hint(rule, among: known, or: "Docs/Rules.md lists all of them"))
        }
    }

    /// A sentence for each rule on the left side of a map that no alert has.
    static func notes(onUnusedRules rules: [String], in alerts: [Alert]) -> [String] {
        let fired = Set(alerts.map(\.rule))
        if fired.isEmpty { return [] }
        return rules.filter { !fired.contains($0) }.map { rule in
            "--rule-map: no alert has the rule '\(rule.printable)'" + Suggestion.text(for: rule, among: fired.sorted())
        }
    }

    /// The rules that incidents may expect, and those that the program runs.
    private static var rules: Set<String> {
        Set(IncidentKinds.all.flatMap(\.rules).map(\.id)).union(DeadRule.all.map(\.id))
            .union(Detection.reference.map(\.id))
    }

    private static func hint(_ name: String, among known: Set<String>, or advice: String) -> String {
        let nearest = Suggestion.text(for: name, among: known.sorted())
        return nearest.isEmpty ? "; \(advice)" : nearest
    }
}
