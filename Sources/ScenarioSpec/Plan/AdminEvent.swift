public import KeyedRandom
public import SimTime
public import TailnetControl

/// One explicit change.
public struct AdminEvent: Sendable, Hashable {
    /// The scenario's name for the event; the key of its draws.
    public var key: String
    public var time: Instant
    /// Index of the acting user; nil where a program or the service itself acts.
    public var user: Int?
    /// Index of the acting OAuth client.
    public var client: Int?
    /// Whether the change goes through the API and not through the admin console.
    public var isByAPI: Bool
    public var action: ControlAction

    /// Makes an event.
    public init(
        key: String, time: Instant, user: Int?, client: Int? = nil, isByAPI: Bool = false, action: ControlAction
    ) {
        self.key = key
        self.time = time
        self.user = user
        self.client = client
        self.isByAPI = isByAPI
        self.action = action
    }

    /// Who acts.
    public var actor: ControlActor {
        if let user { return .user(user) }
        return client.map { .client($0) } ?? .service
    }

    /// The event's identity under the key of the run: what its draws are keyed by.
    public func identity(_ root: RandomKey) -> RandomKey { root.key("event").key(key) }
}
