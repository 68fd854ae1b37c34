/// What the tailnet has beside its nodes, people, switches and credentials: DNS, the policy file, webhooks, streams.
public struct TailnetObjects: Sendable, Hashable {
    /// Names a posture attribute of a node.
    public struct AttributeID: Sendable, Hashable {
        public var node: Int
        public var name: String

        /// Names the attribute of a node by its index.
        public init(node: Int, name: String) {
            self.node = node
            self.name = name
        }
    }

    public var dns = DNSConfiguration()
    /// The text of the policy file in force.
    public var policy = ""
    /// Contacts whose address is not the owner's.
    public var contacts: [TailnetContact: String] = [:]
    /// Posture attributes that were set; values are raw JSON.
    public var attributes: [AttributeID: String] = [:]
    /// The events that each webhook subscribes to, by the webhook's name.
    public var webhooks: [String: [String]] = [:]
    /// Where logs go, by the log's name: those that are there by an explicit change.
    public var logStreams: [String: LogDestination] = [:]
    /// Providers whose posture integration is there by an explicit change.
    public var postureIntegrations: Set<String> = []
    /// Names of the keys of tailnet lock.
    public var lockKeys: Set<String> = []
    /// Nodes that are shared with other tailnets, or offered to them, by the share's name.
    public var shares: [String: NodeShare] = [:]
    /// Invitations to the tailnet, by name.
    public var invites: [String: TailnetInvite] = [:]

    /// Log streams and posture integrations of which the state knows whether they are there.
    ///
    /// They are one of a kind: one that nobody made has always been there.
    private var known: Set<Standing> = []

    private enum Standing: Sendable, Hashable {
        case logStream(String)
        case postureIntegration(String)
    }

    /// Makes the objects of a new tailnet.
    public init() {}

    /// Where a log goes; nil where its stream was deleted.
    ///
    /// - Parameter usual: Where it goes until somebody streams it elsewhere.
    public func destination(ofLog log: String, usual: LogDestination) -> LogDestination? {
        known.contains(.logStream(log)) ? logStreams[log] : usual
    }

    /// Lets a log go elsewhere, or nowhere.
    public mutating func setDestination(ofLog log: String, _ destination: LogDestination?) {
        known.insert(.logStream(log))
        logStreams[log] = destination
    }

    /// Whether a stream of the log was made and is there.
    func hasMadeStream(ofLog log: String) -> Bool { logStreams[log] != nil }

    /// Whether a provider's posture integration is there.
    public func hasPostureIntegration(_ provider: String) -> Bool {
        !known.contains(.postureIntegration(provider)) || postureIntegrations.contains(provider)
    }

    /// Makes a provider's posture integration, or removes it.
    public mutating func setPostureIntegration(_ provider: String, isThere: Bool) {
        known.insert(.postureIntegration(provider))
        if isThere { postureIntegrations.insert(provider) } else { postureIntegrations.remove(provider) }
    }
}
