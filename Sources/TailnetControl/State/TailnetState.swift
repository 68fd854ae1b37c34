public import KeyedRandom
public import SimTime
public import TailnetModel

/// The tailnet's configuration at one instant: what the control plane knows, and the only place that changes it.
///
/// A value: `apply` makes a change and says what the audit log says of it, or refuses it and leaves everything as it
/// was. Of nodes and users only those that a change touched are copied, so that a large tailnet costs no more than a
/// small one.
public struct TailnetState: Sendable {
    public let tailnet: Tailnet
    /// The nodes as they were at first.
    public let nodes: [Node]
    /// The users as they were at first.
    public let users: [User]
    public let clients: [OAuthClient]
    public let targets: AuditTargets
    /// Who knows of renewals by habit; nil where keys are renewed by explicit changes alone.
    public var renewals: (any KeyRenewals)?
    /// DNS, the policy file, webhooks, streams and the like.
    public var objects: TailnetObjects
    /// The tailnet's name in MagicDNS.
    public internal(set) var dnsSuffix: String
    /// The keys that were made and are not revoked, by name.
    public internal(set) var credentials: [String: Credential] = [:]

    var switches: [TailnetSwitch: Bool]
    /// Days that a new key lasts, from each change on.
    var keyDays: [(since: Instant, days: Int)]
    private var devices: [Int: DeviceState] = [:]
    private var accounts: [Int: AccountState] = [:]
    private let awaitedNodes: Set<Int>
    private let awaitedUsers: Set<Int>

    /// Makes the state of a tailnet before its first change.
    ///
    /// - Parameters:
    ///   - root: The key of the run.
    ///   - policy: The text of the policy file.
    ///   - awaiting: The changes to come: nodes and users that these let join are not there yet.
    public init(
        tailnet: Tailnet, nodes: [Node], users: [User], clients: [OAuthClient], policy: String, root: RandomKey,
        awaiting actions: some Sequence<ControlAction>
    ) {
        self.tailnet = tailnet
        self.nodes = nodes
        self.users = users
        self.clients = clients
        targets = AuditTargets(tailnet: tailnet, root: root)
        dnsSuffix = tailnet.dnsSuffix
        keyDays = [(.distantPast, tailnet.settings.devicesKeyDurationDays)]
        switches = [:]
        for setting in TailnetSwitch.allCases { switches[setting] = setting.isOn(in: tailnet.settings) }
        objects = TailnetObjects()
        objects.dns.magicDNS = tailnet.settings.magicDNSOn
        objects.policy = policy
        var awaitedNodes: Set<Int> = []
        var awaitedUsers: Set<Int> = []
        for action in actions {
            switch action {
            case .join(let node): awaitedNodes.insert(node)
            case .changeUser(.create, let user): awaitedUsers.insert(user)
            default: break
            }
        }
        self.awaitedNodes = awaitedNodes
        self.awaitedUsers = awaitedUsers
    }

    /// A node as it is now.
    public func device(_ index: Int) -> DeviceState {
        if let device = devices[index] { return device }
        let node = nodes[index]
        let isEndless = node.owner == nil || node.keyExpiryDisabled
        let key = KeyPhase(
            since: node.created, expiry: isEndless ? nil : node.created + .days(Int64(keyDays(at: node.created))))
        return DeviceState(node: node, membership: awaitedNodes.contains(index) ? .awaited : .connected, key: key)
    }

    /// A user's account as it is now.
    public func account(_ index: Int) -> AccountState {
        accounts[index]
            ?? AccountState(status: awaitedUsers.contains(index) ? .awaited : .active, role: users[index].role)
    }

    /// How a switch stands now.
    public func isOn(_ setting: TailnetSwitch) -> Bool { switches[setting] ?? false }

    /// Days that a key lasts which is made at an instant up to now.
    public func keyDays(at instant: Instant) -> Int {
        keyDays.last { $0.since <= instant }?.days ?? tailnet.settings.devicesKeyDurationDays
    }

    /// When a node's key expires, as seen just before an instant; nil where it never does.
    func keyExpiry(ofNode index: Int, before instant: Instant) -> Instant? {
        let phase = device(index).key
        guard phase.since < instant, let expiry = phase.expiry else { return nil }
        guard let renewals else { return expiry }
        return renewals.expiry(ofNode: index, in: phase, before: instant)
    }

    /// The address of a contact: the owner's until it gets another.
    public func email(of contact: TailnetContact) -> String {
        objects.contacts[contact] ?? (users.first { $0.role == .owner } ?? users.first)?.login ?? ""
    }

    /// Where a log goes; nil where its stream was deleted.
    func destination(ofLog log: String) -> LogDestination? {
        objects.destination(ofLog: log, usual: .usual(organization: tailnet.organization))
    }

    mutating func change(node index: Int, _ body: (inout DeviceState) -> Void) {
        var device = device(index)
        body(&device)
        devices[index] = device
    }

    mutating func change(user index: Int, _ body: (inout AccountState) -> Void) {
        var account = account(index)
        body(&account)
        accounts[index] = account
    }
}
