import SimTime

/// A mapping of the scenario file: its keys, what they hold and what they are for.
///
/// The decoder, the JSON Schema and the test of the reference page all read these tables.
struct Section: Sendable {
    /// Names the section in the schema: `user`, `anomaly`.
    var name: String
    /// One sentence.
    var summary: String
    var fields: [Field]

    /// The field of that key.
    func field(_ key: String) -> Field? { fields.first { $0.key == key } }
}

/// One key of a section.
struct Field: Sendable {
    var key: String
    var kind: FieldKind
    /// Whether a section without the key is wrong.
    var isRequired = false
    /// What holds without the key, in words; nil where nothing does.
    var fallback: String?
    /// One sentence.
    var summary: String

    /// A key that must be there.
    static func required(_ key: String, _ kind: FieldKind, _ summary: String) -> Field {
        Field(key: key, kind: kind, isRequired: true, summary: summary)
    }

    /// A key that may be left out.
    static func optional(_ key: String, _ kind: FieldKind, default fallback: String? = nil, _ summary: String) -> Field
    {
        Field(key: key, kind: kind, fallback: fallback, summary: summary)
    }
}

/// What a key may hold.
indirect enum FieldKind: Sendable {
    case text(TextRule)
    case choice([String])
    case flag
    case integer(ClosedRange<Int>)
    /// A decimal number kept in thousandths; the range is in thousandths too.
    case decimal(ClosedRange<Int>)
    /// `10%`, kept in thousandths.
    case percent
    /// A duration such as `1h30m`, within the bounds.
    case span(ClosedRange<TimeSpan>)
    /// An RFC 3339 time.
    case instant
    /// A duration after the scenario's start, or an RFC 3339 time.
    case moment
    /// `09:00-17:30`.
    case hours
    case timeZone
    case list(FieldKind, atLeast: Int)
    case section(Section)
}

/// What a text must look like.
enum TextRule: String, Sendable, CaseIterable {
    /// Anything but nothing.
    case line
    /// A DNS label: what names nodes and users and appears in addresses.
    case label
    /// A name for things that never leave the scenario.
    case title
    /// `tag:web`.
    case tag
    /// An address block such as `10.20.0.0/16`.
    case prefix
    /// A login with an at sign.
    case login
    /// A domain name or another name of an organisation.
    case organization
    /// OAuth scopes, separated by spaces.
    case scopes
    /// `2026-12-25`.
    case date
    /// `1.98.2`.
    case version

    /// A regular expression for the schema, within what JSON Schema and this reader agree on.
    var pattern: String {
        switch self {
        case .line, .title: "^[^\\u0000-\\u001f]+$"
        case .label: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"
        case .tag: "^tag:[a-zA-Z][a-zA-Z0-9-]*$"
        case .prefix: "^[0-9a-fA-F:.]+/[0-9]{1,3}$"
        case .login: "^[^@\\s]+@[^@\\s]+$"
        case .organization: "^[A-Za-z0-9]([A-Za-z0-9.@_-]*[A-Za-z0-9])?$"
        case .date: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
        case .version: "^[0-9]+\\.[0-9]+\\.[0-9]+$"
        case .scopes: "^[a-z_]+(:[a-z_]+)*( [a-z_]+(:[a-z_]+)*)*$"
        }
    }

    /// What a wrong text is told to be.
    var demand: String {
        switch self {
        case .line: "a text without line breaks"
        case .title: "a name without line breaks"
        case .label: "a name of lower-case letters, digits and hyphens, at most 63 long (web-1)"
        case .tag: "a tag such as tag:web"
        case .prefix: "an address block such as 10.20.0.0/16"
        case .login: "a login with an at sign (ana@example.com)"
        case .organization: "the name of an organization, usually a domain (example.com)"
        case .date: "a day such as 2026-12-25"
        case .version: "a version such as 1.98.2"
        case .scopes: "OAuth scopes separated by spaces (all:read, or devices:core:read policy_file)"
        }
    }
}
