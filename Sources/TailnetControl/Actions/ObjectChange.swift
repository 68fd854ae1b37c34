/// A change of one of the tailnet's objects that have names of their own.
public enum ObjectChange: Sendable, Hashable {
    case webhook(Webhook, name: String)
    case logStream(LogStream, log: String)
    case postureIntegration(PostureIntegration, provider: String)
    case lockKey(LockKey, name: String)
    case share(Share, name: String)
    case invite(Invite, name: String)

    /// What happens to a webhook.
    public enum Webhook: Sendable, Hashable {
        case create(subscriptions: [String])
        case subscribe([String])
        /// It gets a new secret.
        case rotate
        case delete
    }

    /// What happens to the stream of a log.
    public enum LogStream: Sendable, Hashable {
        case create(LogDestination)
        case update(LogDestination)
        /// It gets another destination: made anew and deleted, in one group.
        case repoint(LogDestination)
        case delete
    }

    /// What happens to a provider's posture integration.
    public enum PostureIntegration: Sendable, Hashable {
        case create
        case update
        case delete
    }

    /// What happens to a key of tailnet lock.
    public enum LockKey: Sendable, Hashable {
        case create
        case update
        case delete
    }

    /// What happens to a node's share, or to the invitation that it begins as.
    public enum Share: Sendable, Hashable {
        case create(NodeShare)
        case resend
        case accept
        case update
        case end
        /// The invitation is withdrawn before anybody accepted it.
        case cancel
    }

    /// What happens to an invitation to the tailnet.
    public enum Invite: Sendable, Hashable {
        case create(TailnetInvite)
        case resend
        case accept
        /// It is withdrawn before anybody accepted it.
        case cancel
    }
}
