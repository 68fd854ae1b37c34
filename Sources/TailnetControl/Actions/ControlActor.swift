/// Who changes the tailnet's configuration.
public enum ControlActor: Sendable, Hashable {
    /// Index of the user.
    case user(Int)
    /// Index of the OAuth client.
    case client(Int)
    /// The service itself, or another system.
    case service
}
