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

    /// A sentence if rules fired that nobody expects while expected ones did not: they may be the same under other names.
    static func note(onUnmappedRulesOf score: Score) -> String? {
        let unmapped = score.rules.filter { $0.alerts > 0 && $0.expected == 0 && !rules.contains($0.rule) }.map(\.rule)
        guard let first = unmapped.first, let silent = score.silentRules.first else { return nil }
        // The best guess is a rule that an incident expects which the unmapped one detected.
        let guesses = score.incidents.lazy.compactMap { outcome -> (rule: String, name: String)? in
            guard let rule = outcome.rule, unmapped.contains(rule),
                let name = outcome.expectedRules.first(where: score.silentRules.contains)
            else { return nil }
            return (rule, name)
        }
        let guess = guesses.first ?? (first, silent)
        let names = unmapped.prefix(3).map { "'\($0.printable)'" }.joined(separator: ", ")
        let more = unmapped.count > 3 ? " and \(unmapped.count - 3) more" : ""
        let noun = unmapped.count == 1 ? "the rule" : "the rules"
        return "no incident expects \(noun) \(names)\(more); if that is another name of a rule that never fired, "
            + "map it: --rule-map '\(guess.rule.printable)=\(guess.name.printable)'"
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
