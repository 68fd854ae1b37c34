import Dataset
import ArgumentParser
import Scoring

/// Where alerts come from, and where in them their fields are.
struct ScoreInputArguments: ParsableArguments {
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("The detector's alerts: NDJSON, a JSON document, or CSV.", valueName: "file"))
    var alerts: [String] = []

    @Option(help: "The form of the alerts, where their beginning does not tell it.")
    var format: AlertFormatChoice?

    @Option(help: "The product whose alerts these are.")
    var preset = AlertPresetChoice.mocktail

    @Option(
        help: ArgumentHelp(
            "Where an alert's time is, such as event.created; the first that is one counts.", valueName: "path"))
    var timeField: [String] = []

    @Option(help: ArgumentHelp("Where its rule is; the first that is not empty counts.", valueName: "path"))
    var ruleField: [String] = []

    @Option(help: ArgumentHelp("Where it names somebody; repeatable, all count; ** is all below.", valueName: "path"))
    var entityField: [String] = []

    @Option(help: ArgumentHelp("Where its score is, a number.", valueName: "path"))
    var scoreField: [String] = []

    @Option(
        help: ArgumentHelp(
            "What a rule is called in the truth, or a file of such lines; repeatable.", valueName: "rule=source/slug"))
    var ruleMap: [String] = []

    /// The preset's mapping with the fields that were given.
    func mapping() throws(RunError) -> AlertMapping {
        var mapping = preset.preset.mapping
        func paths(_ texts: [String], _ option: String) throws(RunError) -> [FieldPath]? {
            if texts.isEmpty { return nil }
            var paths: [FieldPath] = []
            for text in texts {
                guard let path = FieldPath(text) else {
                    throw RunError(.input, "\(option) '\(text)': write names with dots between them, such as rule.name")
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
            mapping.requiresEntities = false
        }
        return mapping
    }
}
