/// A mapping of the scenario file: its keys, what they hold and what they are for.
///
/// The decoder, the JSON Schema and the test of the reference page all read these tables.
struct ScenarioSection: Sendable {
    /// Names the section in the schema: `user`, `incident`.
    var name: String
    /// One sentence.
    var summary: String
    var fields: [ScenarioField]

    /// The field of that key.
    func field(_ key: String) -> ScenarioField? { fields.first { $0.key == key } }
}
