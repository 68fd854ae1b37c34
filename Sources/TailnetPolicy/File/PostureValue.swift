/// The value of a posture attribute.
public enum PostureValue: Hashable, Sendable {
    case text(String)
    /// A number as it was written.
    case number(String)
    case bool(Bool)

    /// The value's text without quotes.
    var text: String {
        switch self {
        case .text(let text), .number(let text): text
        case .bool(let value): value ? "true" : "false"
        }
    }
}
