/// What a text must look like.
enum TextRule: String, Sendable, CaseIterable {
    /// Anything but nothing.
    case line
    /// A DNS label: what names nodes and users and appears in addresses.
    case label
    /// A name that never leaves the scenario.
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

    /// The most characters of such a text, where its form does not say so.
    var longest: Int? {
        switch self {
        case .line, .scopes: 4_096
        case .title: 255
        // `tag:` and a DNS label.
        case .tag: 67
        // An address of mail, a domain name.
        case .login: 254
        case .organization: 253
        case .version: 32
        case .label, .prefix, .date: nil
        }
    }

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
