/// A piece of a YAML text, as a parser meets it.
struct YAMLEvent {
    /// What the piece is.
    enum Kind {
        case streamStart, streamEnd, documentStart, documentEnd
        /// `isPlain` where it was written without quotes.
        case scalar(String, isPlain: Bool)
        case listStart, listEnd, mappingStart, mappingEnd
        case alias(String)
    }

    var kind: Kind
    /// The name that `&name` gives to the value that begins here.
    var anchor: String?
    /// Counted from 1, as are columns.
    var line: Int
    var column: Int
}
