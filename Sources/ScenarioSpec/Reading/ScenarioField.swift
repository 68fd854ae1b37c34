/// One key of a section.
struct ScenarioField: Sendable {
    var key: String
    var kind: FieldKind
    /// Whether a section without the key is wrong.
    var isRequired = false
    /// What holds without the key, in words; nil where nothing does.
    var fallback: String?
    /// One sentence.
    var summary: String
    /// The key that replaces this one; nil where the key is the documented one.
    var replacement: String?

    /// A key that must be there.
    static func required(_ key: String, _ kind: FieldKind, _ summary: String) -> ScenarioField {
        ScenarioField(key: key, kind: kind, isRequired: true, summary: summary)
    }

    /// A key that may be left out.
    static func optional(_ key: String, _ kind: FieldKind, default fallback: String? = nil, _ summary: String)
        -> ScenarioField
    {
        ScenarioField(key: key, kind: kind, fallback: fallback, summary: summary)
    }

    /// A key that older scenarios have in place of `replacement`; a section takes one of the two.
    static func older(_ key: String, _ kind: FieldKind, of replacement: String) -> ScenarioField {
        ScenarioField(
            key: key, kind: kind, summary: "The older name of \(replacement).", replacement: replacement)
    }
}
