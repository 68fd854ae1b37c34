import TailnetModel

/// One of the tailnet's objects that have names of their own.
public struct ObjectChange: Sendable, Hashable {
    /// What is changed.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case webhook
        case logStream = "log-stream"
        case postureIntegration = "posture-integration"
        case lockKey = "lock-key"
        case nodeShare = "share"
        case tailnetInvite = "invite"
    }

    /// What is done to it.
    public enum Step: String, Sendable, Hashable, CaseIterable {
        case create
        case update
        /// A webhook gets a new secret.
        case rotate
        /// A log stream gets another destination: made anew and deleted, in one group.
        case repoint
        case resend
        case accept
        case delete
        /// An invitation is withdrawn before anybody accepted it.
        case cancel
    }

    public var kind: Kind
    public var step: Step
    /// The scenario's name for the object; its ID is keyed by it.
    public var name: String
    /// The name that records show.
    public var title: String
    /// The node that is shared.
    public var node: Int?
    /// Raw JSON.
    public var old: String?
    /// Raw JSON.
    public var new: String?

    /// Makes a change.
    public init(
        kind: Kind, step: Step, name: String, title: String, node: Int? = nil, old: String? = nil, new: String? = nil
    ) {
        self.kind = kind
        self.step = step
        self.name = name
        self.title = title
        self.node = node
        self.old = old
        self.new = new
    }
}
