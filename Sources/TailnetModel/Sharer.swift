/// The other tailnet that a shared node belongs to.
public struct Sharer: Sendable, Hashable {
    /// The login name of the node's owner there.
    public var login: String
    /// That tailnet's MagicDNS suffix, which the node's name keeps: `tail5d1e2.ts.net`.
    public var dnsSuffix: String

    /// Makes a sharer.
    public init(login: String, dnsSuffix: String) {
        self.login = login
        self.dnsSuffix = dnsSuffix
    }
}
