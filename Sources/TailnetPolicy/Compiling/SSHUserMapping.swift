/// The local user that a login name means.
public struct SSHUserMapping: Hashable, Sendable {
    /// The login, or `*` for any but those listed.
    public var login: String
    /// `=` for the name itself, empty for nobody.
    public var localUser: String

    /// Makes a mapping.
    public init(_ login: String, _ localUser: String) {
        self.login = login
        self.localUser = localUser
    }
}
