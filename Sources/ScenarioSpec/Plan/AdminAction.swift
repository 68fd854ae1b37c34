public import SimTime

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
