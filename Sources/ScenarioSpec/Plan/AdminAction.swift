public import SimTime
public import TailnetModel

/// What an explicit change does.
public enum AdminAction: Sendable, Hashable {
    /// The node joins the tailnet; before, it is not there.
    case join(node: Int)
    /// The node is deleted.
    case delete(node: Int)
    /// The node's key expires; it is cut off until it authenticates again.
    case expireKey(node: Int)
    /// The node's owner authenticates it again.
    case reauthenticate(node: Int)
    /// Something else happens to a node.
    case changeNode(NodeChange, node: Int)
    /// Something happens to a user's account.
    case changeUser(UserChange, user: Int)
    /// The identity provider pushes a group with these members.
    case pushGroup(name: String, members: [Int])
    /// A switch of the tailnet is turned; `old` and `new` are the DNS configuration as raw JSON, for MagicDNS.
    case turn(TailnetSwitch, isOn: Bool, old: String? = nil, new: String? = nil)
    /// The policy file is replaced by `policies[version]`.
    case editPolicy(version: Int)
    /// The tailnet gets another name in MagicDNS; `suffix` ends in `.ts.net`.
    case renameTailnet(suffix: String)
    /// Keys made from now on last that many days.
    case changeKeyDuration(days: Int)
    /// Another property of the tailnet changes; the values are raw JSON.
    case changeTailnet(property: String, action: String, old: String?, new: String?)
    /// An auth key is made.
    case createAuthKey(name: String, reusable: Bool, ephemeral: Bool, tags: [String], lifetime: TimeSpan = .days(90))
    /// An API access token is made.
    case createAPIToken(name: String, lifetime: TimeSpan = .days(90))
    /// An OAuth client is made.
    case createOAuthClient(name: String, scopes: String)
    /// A key made earlier in the scenario is revoked, by the name of its making.
    case revokeKey(name: String)
    /// An OAuth client mints an access token, beside those of its habit.
    case mintToken(client: Int)
    /// One of the tailnet's named objects changes.
    case changeObject(ObjectChange)
    /// A person logs in to the admin console, or out.
    case console(isLogin: Bool)
    /// An API request fails; `POST /api/v2/…`.
    case failRequest(String)
    /// A record of any code is written; nothing else changes.
    case log(LoggedChange)
}

/// What happens to a node, beside its joining and leaving.
public enum NodeChange: Sendable, Hashable {
    case approve
    /// The host name that the node gets.
    case rename(String)
    /// The tags that replace the old ones.
    case setTags([String])
    /// The subnet routes that an admin approves, all others withdrawn.
    case setRoutes([IPPrefix])
    /// The subnet routes that the policy file approves by itself.
    case autoApproveRoutes([IPPrefix])
    /// Whether the node may be used as an exit node.
    case setExitNode(Bool)
    /// Whether the node's key expires.
    case setKeyExpiry(Bool)
    /// The key is made to last that long from now.
    case extendKey(TimeSpan)
    case logOut
    /// The owner authenticates because a rule with check mode asks for it; the node stays connected.
    case checkIn
    /// Tailnet lock: the node's key is signed.
    case sign
    /// A posture attribute is set; values are raw JSON, `old` is nil where it is new.
    case setAttribute(name: String, old: String?, new: String)
    /// A posture attribute is removed; the value is raw JSON.
    case deleteAttribute(name: String, old: String)
    /// Whether the client reports serial numbers for posture checks.
    case setPostureReporting(Bool)
    /// The client's user overrides an always-on policy, for a reason.
    case disconnect(reason: String)
    /// Somebody logs in to the device's web interface, or out.
    case webInterface(isLogin: Bool)
}

/// What happens to a user's account.
public enum UserChange: Sendable, Hashable {
    /// The person is invited; the account is made later.
    case invite
    case resendInvite
    /// The account is made; before, neither it nor its nodes are there.
    case create
    case approve
    case setRole(UserRole)
    case suspend
    case restore
    /// The account and its nodes are deleted.
    case delete
    /// The identity provider pushes the account's attributes.
    case push
}

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

/// A record that a scenario spells out.
public struct LoggedChange: Sendable, Hashable {
    /// A code of the schema, or `OAUTH_ACCESS_TOKEN.CREATE`.
    public var code: String
    public var origin: String
    /// The kind of actor where neither a user nor a client acts.
    public var actorKind: String
    /// Index of the node that is the target.
    public var node: Int?
    /// Index of the user who is the target.
    public var target: Int?
    /// The target's name where it is neither; its ID is drawn by it.
    public var name: String
    /// Raw JSON.
    public var old: String?
    /// Raw JSON.
    public var new: String?
    public var details: String?
    public var error: String?

    /// Makes a record's text.
    public init(
        code: String, origin: String, actorKind: String, node: Int? = nil, target: Int? = nil, name: String,
        old: String? = nil, new: String? = nil, details: String? = nil, error: String? = nil
    ) {
        self.code = code
        self.origin = origin
        self.actorKind = actorKind
        self.node = node
        self.target = target
        self.name = name
        self.old = old
        self.new = new
        self.details = details
        self.error = error
    }
}

/// A switch of the tailnet that the log knows, by its name in scenarios.
public enum TailnetSwitch: String, Sendable, Hashable, CaseIterable {
    case magicDNS = "magic-dns"
    case https
    case deviceApproval = "device-approval"
    case userApproval = "user-approval"
    case flowLogging = "flow-logging"
    case exitFlowLogging = "exit-flow-logging"
    case tailnetLock = "tailnet-lock"
    case postureIdentity = "posture-identity"
    case fileSharing = "file-sharing"
    case servicesCollection = "services-collection"
    case mullvad
    case geosteering
    case scim

    /// The property of the switch's audit records.
    public var property: String {
        switch self {
        case .magicDNS: "MAGIC_DNS"
        case .https: "HTTPS"
        case .deviceApproval: "MACHINE_APPROVAL_NEEDED"
        case .userApproval: "USER_APPROVAL_REQUIRED"
        case .flowLogging: "NETWORK_FLOW_LOGGING"
        case .exitFlowLogging: "LOG_EXIT_FLOWS"
        case .tailnetLock: "TKA"
        case .postureIdentity: "COLLECT_POSTURE_IDENTITY"
        case .fileSharing: "FILE_SHARING"
        case .servicesCollection: "COLLECT_SERVICES"
        case .mullvad: "MULLVAD_VPN"
        case .geosteering: "GEOSTEERING"
        case .scim: "SCIM"
        }
    }

    /// How the switch stands before the scenario's first change.
    ///
    /// File sharing is on in a new tailnet, the other switches that the scenario has no setting for are off.
    public func isOn(in settings: TailnetSettings) -> Bool {
        switch self {
        case .magicDNS: settings.magicDNSOn
        case .https: settings.httpsEnabled
        case .deviceApproval: settings.devicesApprovalOn
        case .userApproval: settings.usersApprovalOn
        case .flowLogging: settings.networkFlowLoggingOn
        case .exitFlowLogging: settings.logExitFlowsOn
        case .tailnetLock: settings.tailnetLockOn
        case .postureIdentity: settings.postureIdentityCollectionOn
        case .fileSharing: true
        case .servicesCollection, .mullvad, .geosteering, .scim: false
        }
    }
}
