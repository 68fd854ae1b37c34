/// The kind of a key that people made, by what records call it.
///
/// All but the auth key's title are unverified.
public enum Credential: String, Sendable, Hashable {
    case authKey = "Auth key"
    case apiToken = "API access token"
    case oauthClient = "OAuth client"
}
