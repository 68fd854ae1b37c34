import ArgumentParser
import Dataset
import Scoring
import SystemFiles

/// Where alerts are read from, and where their fields are.
struct ScoreInputArguments: ParsableArguments {
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Files with the detector's alerts, or - for standard input: NDJSON, JSON documents or CSV, plain or gzip.",
            valueName: "file"))
    var alerts: [String] = []

    @Option(help: "Format of the alerts (default: recognised by their beginning).")
    var format: AlertFormatChoice?

    @Option(help: "Product that the alerts come from.")
    var preset = AlertPresetChoice.mocktail

    @Option(
        help: ArgumentHelp(
            "Path of the list of alerts in a document, such as data.alerts (repeatable; the first that exists counts).",
            valueName: "path"))
    var listPath: [String] = []

    @Option(
        help: ArgumentHelp(
            "Format of times, such as '%d/%m/%Y %H:%M:%S' (repeatable; without %z they are UTC).", valueName: "format"))
    var timeFormat: [String] = []

    @Option(
        help: ArgumentHelp(
            "Field with the time, such as event.created (repeatable; the first that is a time counts).",
            valueName: "path"))
    var timeField: [String] = []

    @Option(
        help: ArgumentHelp("Field with the rule (repeatable; the first that is not empty counts).", valueName: "path"))
    var ruleField: [String] = []

    @Option(
        help: ArgumentHelp(
            "Field with an entity (repeatable; all count; ** means everything below).", valueName: "path"))
    var entityField: [String] = []

    @Option(help: ArgumentHelp("Field with the score, a number (repeatable).", valueName: "path"))
    var scoreField: [String] = []

    @Option(
        help: ArgumentHelp(
            "Name of a detector's rule in the truth, or a file of such lines (repeatable).",
            valueName: "rule=source/slug"))
    var ruleMap: [String] = []

    /// The preset's fields, replaced by those that were given.
    func mapping() throws(RunError) -> AlertMapping {
        var mapping = preset.preset.mapping
        mapping.namesOptions = true
        func paths(_ texts: [String], _ option: String) throws(RunError) -> [FieldPath]? {
            if texts.isEmpty { return nil }
            var paths: [FieldPath] = []
            for text in texts {
                guard let path = FieldPath(text) else {
                    throw RunError(.input, "\(option) '\(text)': write names separated by dots, such as rule.name")
                }
                paths.append(path)
            }
            return paths
        }
        mapping.time = try paths(timeField, "--time-field") ?? mapping.time
        mapping.rule = try paths(ruleField, "--rule-field") ?? mapping.rule
        mapping.score = try paths(scoreField, "--score-field") ?? mapping.score
        if let entities = try paths(entityField, "--entity-field") {
            mapping.entities = entities
            mapping.lastEntities = []
            mapping.joins = []
            mapping.requiresEntities = false
        }
        if let lists = try paths(listPath, "--list-path") {
            mapping.lists = lists
            mapping.requiresList = true
        }
        for text in timeFormat {
            do { mapping.timeFormats.append(try TimeFormat(text)) } catch {
                throw RunError(.input, "--time-format '\(text)': \(error)")
            }
        }
        return mapping
    }

    /// The rules of `--rule-map` that are given on the command line, not in files.
    var mappedRules: [String] {
        var map = RuleMap()
        for option in ruleMap where !PathKind.isReadable(option) { _ = map.add(option) }
        return map.rules
    }

    /// Checks what can be checked without a file.
    func check(isStandardInputAllowed: Bool) throws {
        var seen: Set<String> = []
        for file in alerts {
            if file.isEmpty { throw ValidationError("--alerts '': name a file.") }
            if file == "-", !isStandardInputAllowed {
                throw ValidationError("--alerts -: the folders of --fixtures have files; name those.")
            }
            guard seen.insert(file).inserted else {
                throw ValidationError("--alerts \(file) is given twice, and its alerts would count twice.")
            }
        }
    }
}
