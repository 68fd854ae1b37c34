public import SimTime
public import TailnetModel

/// What somebody does to the tailnet's configuration.
///
/// Nodes, users and OAuth clients are indices into the tables of `TailnetState`; everything that people name themselves
/// goes by that name.
public enum ControlAction: Sendable, Hashable {
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
    /// A switch of the tailnet is turned.
    case turn(TailnetSwitch, isOn: Bool)
    /// The policy file is replaced by this text.
    case setPolicy(String)
    /// DNS servers or search domains are replaced; nil for what stays.
    case setDNS(nameservers: [String]?, searchDomains: [String]?)
    /// The tailnet gets another name in MagicDNS; `suffix` ends in `.ts.net`.
    case renameTailnet(suffix: String)
    /// Keys made from now on last that many days.
    case changeKeyDuration(days: Int)
    /// A contact gets another e-mail address.
    case setContact(TailnetContact, email: String)
    /// The contact's address is verified.
    case verifyContact(TailnetContact)
    /// Another tailnet is taken into the organisation, or let go.
    case joinTailnet(name: String)
    case leaveTailnet(name: String)
    /// An auth key is made.
    case createAuthKey(name: String, reusable: Bool, ephemeral: Bool, tags: [String], lifetime: TimeSpan = .days(90))
    /// An API access token is made.
    case createAPIToken(name: String, lifetime: TimeSpan = .days(90))
    /// An OAuth client is made.
    case createOAuthClient(name: String, scopes: String)
    /// A key is revoked, by the name of its making.
    case revokeKey(name: String)
    /// The OAuth client that acts mints an access token.
    case mintToken
    /// One of the tailnet's named objects changes.
    case changeObject(ObjectChange)
    /// A person logs in to the admin console, or out.
    case console(isLogin: Bool)
    /// An API request fails; `POST /api/v2/…`.
    case failRequest(String)
    /// A record of any code is written; nothing else changes.
    case log(LoggedChange)
}

extension ControlAction {
    /// Where the log says that the change came from.
    ///
    /// - Parameter throughAPI: Whether a person or a program used the API and not the admin console.
    public func origin(by actor: ControlActor, throughAPI: Bool) -> AuditOrigin {
        let admin: AuditOrigin = throughAPI ? .configAPI : .adminConsole
        switch self {
        case .join, .reauthenticate: return .node
        case .expireKey, .changeNode(.autoApproveRoutes, _): return actor == .service ? .control : admin
        case .changeNode(let change, _):
            switch change {
            case .logOut, .checkIn, .setPostureReporting, .disconnect, .webInterface: return .node
            default: return admin
            }
        case .changeUser(.create, _): return .control
        case .changeUser(.push, _), .pushGroup: return .identityProvider
        case .mintToken, .failRequest: return .configAPI
        // Whoever accepts an invitation follows a link: the service acts on it.
        case .changeObject(.share(.accept, _)), .changeObject(.invite(.accept, _)): return .control
        case .console: return .adminConsole
        case .log(let change): return change.origin
        default: return admin
        }
    }

    /// Which system acts where neither a user nor an OAuth client does.
    public var system: AuditActorKind {
        switch self {
        case .changeUser(.push, _), .pushGroup: .scim
        case .log(let change): change.actorKind
        default: .worker
        }
    }
}
