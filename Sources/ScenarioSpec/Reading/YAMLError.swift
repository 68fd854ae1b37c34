/// Why a text is not YAML.
struct YAMLError: Error {
    /// Counted from 1.
    var line: Int
    var message: String
}
