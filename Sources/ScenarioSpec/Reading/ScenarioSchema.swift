import ByteText

/// The scenario file's JSON Schema, for editors that check and complete while one types.
public enum ScenarioSchema {
    /// The schema (draft 2020-12) as JSON text with a line break at its end.
    ///
    /// Made from the tables that the decoder reads, so that the two cannot differ.
    public static var jsonText: String {
        let root = ScenarioSections.root
        var members: [(String, SchemaValue)] = [
            ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
            ("title", .text("mocktail scenario")),
        ]
        members += properties(of: root)
        let definitions = ScenarioSections.all.dropFirst().map { section in
            (section.name, SchemaValue.object(properties(of: section)))
        }
        members.append(("$defs", .object(Array(definitions))))
        return JSONWriter.object(.spaced, byLine: true) { json in
            for (key, value) in members { json.member(key, value) }
        } + "\n"
    }

    private static func properties(of section: ScenarioSection) -> [(String, SchemaValue)] {
        let required = section.fields.filter(\.isRequired).map { SchemaValue.text($0.key) }
        let properties = section.fields.map { field in
            var summary = field.summary
            if let fallback = field.fallback { summary += " Default: \(fallback)." }
            var members = value(field.kind)
            members.append(("description", .text(summary)))
            if field.replacement != nil { members.append(("deprecated", .flag(true))) }
            return (field.key, SchemaValue.object(members))
        }
        var members: [(String, SchemaValue)] = [
            ("description", .text(section.summary)),
            ("type", .text("object")),
            ("additionalProperties", .flag(false)),
        ]
        if !required.isEmpty { members.append(("required", .list(required))) }
        members.append(("properties", .object(properties)))
        return members
    }

    private static func value(_ kind: FieldKind) -> [(String, SchemaValue)] {
        switch kind {
        case .text(let rule):
            pattern(rule.pattern) + (rule.longest.map { [("maxLength", .number($0))] } ?? [])
        case .choice(let choices): [("type", .text("string")), ("enum", .list(choices.map(SchemaValue.text)))]
        case .flag: [("type", .text("boolean"))]
        case .integer(let range) where range.upperBound == .max:
            [("type", .text("integer")), ("minimum", .number(range.lowerBound))]
        case .integer(let range):
            [
                ("type", .text("integer")), ("minimum", .number(range.lowerBound)),
                ("maximum", .number(range.upperBound)),
            ]
        case .decimal(let range):
            [
                ("type", .text("number")), ("minimum", .number(range.lowerBound / 1_000)),
                ("maximum", .number(range.upperBound / 1_000)),
            ]
        case .percent: pattern("^(100(\\.0)?|[0-9]{1,2}(\\.[0-9])?)%$")
        case .span: pattern("^\\+?\(duration)$")
        case .instant: pattern("^\(instant)$")
        case .moment: pattern("^(\\+\(duration)|\(instant))$")
        case .hours: pattern("^([01][0-9]|2[0-4]):[0-5][0-9]-([01][0-9]|2[0-4]):[0-5][0-9]$")
        case .timeZone: [("type", .text("string")), ("examples", .list([.text("Europe/Madrid"), .text("UTC")]))]
        case .list(let element, let atLeast, let atMost):
            [
                ("type", .text("array")), ("minItems", .number(atLeast)), ("maxItems", .number(atMost)),
                ("items", .object(value(element))),
            ]
        case .section(let section): [("$ref", .text("#/$defs/\(section.name)"))]
        }
    }

    private static let duration = "([0-9]+(d|h|m|s|ms|us|ns))+"
    private static let instant =
        "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})"

    private static func pattern(_ pattern: String) -> [(String, SchemaValue)] {
        [("type", .text("string")), ("pattern", .text(pattern))]
    }
}

/// As much of JSON as a schema needs, with members in a fixed order.
private indirect enum SchemaValue: JSONWritable {
    case text(String)
    case number(Int)
    case flag(Bool)
    case list([SchemaValue])
    case object([(String, SchemaValue)])

    func write(to json: inout JSONWriter) {
        switch self {
        case .text(let value): value.write(to: &json)
        case .number(let value): value.write(to: &json)
        case .flag(let value): value.write(to: &json)
        case .list(let values): values.write(to: &json)
        case .object(let members):
            json.object(byLine: !members.isEmpty) { json in
                for (key, value) in members { json.member(key, value) }
            }
        }
    }
}
