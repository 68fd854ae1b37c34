public import SimTime
import TailnetModel

/// A program that uses the API with OAuth client credentials.
public struct OAuthClient: Sendable, Hashable {
    /// The scenario's name; the key of everything drawn for the client.
    public var key: String
    /// The numeric key ID; `StableID.text(.key, …)` gives its text.
    public var number: UInt64
    /// What the client may do, as in `actionDetails`: `all:read`, `devices:core:read` and so on.
    public var scopes: String
    /// How often the client mints an access token; nil for never.
    public var tokenEvery: TimeSpan?

    /// Makes a client.
    public init(key: String, number: UInt64, scopes: String, tokenEvery: TimeSpan?) {
        self.key = key
        self.number = number
        self.scopes = scopes
        self.tokenEvery = tokenEvery
    }

    /// The client's stable ID.
    public var stableID: String { StableID.text(.key, number) }
}
