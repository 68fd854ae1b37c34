public import KeyedRandom
public import SimTime
public import TailnetModel

/// The tailnet's configuration at any instant: what a sequence of changes made of it.
///
/// Changes are made once, in their order of time. What none of them touches costs nothing; what they touch is a short
/// list, ordered by instant, so that any instant can be asked for without making the changes again.
public struct TailnetHistory: Sendable {
    /// A value from one instant on; the first holds from the beginning of time.
    public struct Since<Value: Sendable>: Sendable {
        public var since: Instant
        public var value: Value
    }

    /// What changes made of one node.
    private struct NodeLife: Sendable {
        var nodes: [Since<Node>]
        var memberships: [Since<DeviceState.Membership>]
        /// The phases of the key; the first holds from the node's creation.
        var keys: [KeyPhase]
        var revision = 0
    }

    /// What changes made of one account.
    private struct UserLife: Sendable {
        var roles: [Since<UserRole>]
        var statuses: [Since<AccountState.Status>]
    }

    private static let beginning = Instant.distantPast

    /// The state after the last change.
    public private(set) var state: TailnetState
    private var nodeLives: [Int: NodeLife] = [:]
    private var userLives: [Int: UserLife] = [:]
    /// By the switches' ordinals.
    private var switches: [[Since<Bool>]]
    private var suffixes: [Since<String>]

    /// Makes the history of a tailnet to which nothing has happened yet.
    public init(_ state: TailnetState) {
        self.state = state
        suffixes = [Since(since: TailnetHistory.beginning, value: state.dnsSuffix)]
        switches = TailnetSwitch.allCases.map {
            [Since(since: TailnetHistory.beginning, value: state.isOn($0))]
        }
    }

    /// Makes a change, or refuses it and leaves everything as it was; see `TailnetState.apply`.
    ///
    /// No change may come before one that was made already.
    public mutating func apply(
        _ action: ControlAction, by actor: ControlActor, at time: Instant, key: RandomKey
    ) throws(Refusal) -> [AuditChange] {
        try state.authorize(action, by: actor)
        try state.check(action)
        return record(action, by: actor, at: time, key: key)
    }

    /// Makes a change that is known to have happened; see `TailnetState.record`.
    @discardableResult
    public mutating func record(
        _ action: ControlAction, by actor: ControlActor, at time: Instant, key: RandomKey
    ) -> [AuditChange] {
        switch action {
        case .changeUser(_, let user) where userLives[user] == nil: begin(user: user)
        default: break
        }
        let touched = touchedNodes(action)
        for node in touched where nodeLives[node] == nil { begin(node: node) }
        let changes = state.record(action, by: actor, at: time, key: key)
        for node in touched { note(node: node, at: time) }
        switch action {
        case .turn(let setting, let isOn): switches[setting.ordinal].append(Since(since: time, value: isOn))
        case .renameTailnet(let suffix): suffixes.append(Since(since: time, value: suffix))
        case .changeUser(_, let user): note(user: user, at: time)
        default: break
        }
        return changes
    }

    private func touchedNodes(_ action: ControlAction) -> [Int] {
        switch action {
        case .join(let node), .delete(let node), .expireKey(let node), .reauthenticate(let node),
            .changeNode(_, let node):
            [node]
        case .renameTailnet: Array(state.nodes.indices)
        case .changeUser(.delete, let user): state.nodes.indices.filter { state.nodes[$0].owner == user }
        default: []
        }
    }

    private mutating func begin(node index: Int) {
        let device = state.device(index)
        nodeLives[index] = NodeLife(
            nodes: [Since(since: TailnetHistory.beginning, value: device.node)],
            memberships: [Since(since: TailnetHistory.beginning, value: device.membership)], keys: [device.key])
    }

    private mutating func begin(user index: Int) {
        let account = state.account(index)
        userLives[index] = UserLife(
            roles: [Since(since: TailnetHistory.beginning, value: account.role)],
            statuses: [Since(since: TailnetHistory.beginning, value: account.status)])
    }

    private mutating func note(node index: Int, at time: Instant) {
        guard var life = nodeLives.removeValue(forKey: index) else { return }
        let device = state.device(index)
        if device.revision > life.revision {
            life.nodes.append(Since(since: time, value: device.node))
            life.revision = device.revision
        }
        if device.membership != life.memberships[life.memberships.count - 1].value {
            life.memberships.append(Since(since: time, value: device.membership))
        }
        if device.key != life.keys[life.keys.count - 1] { life.keys.append(device.key) }
        nodeLives[index] = life
    }

    private mutating func note(user index: Int, at time: Instant) {
        guard var life = userLives.removeValue(forKey: index) else { return }
        let account = state.account(index)
        if account.role != life.roles[life.roles.count - 1].value {
            life.roles.append(Since(since: time, value: account.role))
        }
        if account.status != life.statuses[life.statuses.count - 1].value {
            life.statuses.append(Since(since: time, value: account.status))
        }
        userLives[index] = life
    }
}

extension TailnetHistory {
    /// When a switch stands how.
    public func states(of setting: TailnetSwitch) -> [Since<Bool>] { switches[setting.ordinal] }

    /// How a switch stands at an instant.
    public func isOn(_ setting: TailnetSwitch, at instant: Instant) -> Bool {
        switches[setting.ordinal].last { $0.since <= instant }?.value ?? state.isOn(setting)
    }

    /// Days that a key lasts which is made or renewed at an instant.
    public func keyDays(at instant: Instant) -> Int { state.keyDays(at: instant) }

    /// When the days that keys last change, after the beginning.
    public var keyDaysChanges: ArraySlice<(since: Instant, days: Int)> { state.keyDays.dropFirst() }

    /// The tailnet's MagicDNS suffix at an instant.
    public func dnsSuffix(at instant: Instant) -> String {
        suffixes.last { $0.since <= instant }?.value ?? state.dnsSuffix
    }

    /// The node as it is at an instant.
    public func node(_ index: Int, at instant: Instant) -> Node {
        nodeLives[index]?.nodes.last { $0.since <= instant }?.value ?? state.nodes[index]
    }

    /// The node's owner at an instant; nil where it is tagged by then.
    public func owner(ofNode index: Int, at instant: Instant) -> Int? {
        guard let nodes = nodeLives[index]?.nodes, let last = nodes.last(where: { $0.since <= instant }) else {
            return state.nodes[index].owner
        }
        return last.value.owner
    }

    /// The node's names, tags, owners and routes, one after another.
    public func states(ofNode index: Int) -> [Since<Node>] {
        nodeLives[index]?.nodes ?? [Since(since: TailnetHistory.beginning, value: state.nodes[index])]
    }

    /// The nodes whose name, tags, owner or routes ever change, ascending.
    public var changedNodes: [Int] { nodeLives.filter { $0.value.revision > 0 }.map(\.key).sorted() }

    /// Whether the node's name, tags, owner or routes ever change.
    public func isChanged(node index: Int) -> Bool { (nodeLives[index]?.revision ?? 0) > 0 }

    /// How the node belongs to the tailnet at an instant, by changes of its own.
    public func membership(ofNode index: Int, at instant: Instant) -> DeviceState.Membership {
        nodeLives[index]?.memberships.last { $0.since <= instant }?.value ?? .connected
    }

    /// When a node that was not there from the beginning joined; nil for all others.
    public func joined(node index: Int) -> Instant? {
        guard let memberships = nodeLives[index]?.memberships, memberships[0].value == .awaited,
            memberships.count > 1
        else { return nil }
        return memberships[1].since
    }

    /// Whether the node belongs to the tailnet at an instant, by changes of its own and of its first owner's account.
    public func isMember(node index: Int, at instant: Instant) -> Bool {
        guard membership(ofNode: index, at: instant) == .connected else { return false }
        guard !userLives.isEmpty, let owner = state.nodes[index].owner else { return true }
        return isActive(user: owner, at: instant)
    }

    /// The intervals in which a node is not in the tailnet, by changes of its own and of its first owner's account;
    /// they may overlap.
    public func absences(ofNode index: Int) -> [TimeWindow] {
        var list = absences(nodeLives[index]?.memberships ?? []) { $0 == .connected }
        if let owner = state.nodes[index].owner, let life = userLives[owner] {
            list += absences(life.statuses) { $0 == .active }
        }
        return list
    }

    private func absences<Value>(
        _ values: [Since<Value>], _ isThere: (Value) -> Bool
    ) -> [TimeWindow] {
        var list: [TimeWindow] = []
        for (place, value) in values.enumerated() where !isThere(value.value) {
            let end = place + 1 < values.count ? values[place + 1].since : .distantFuture
            list.append(TimeWindow(start: value.since, end: end))
        }
        return list
    }

    /// The phases of the node's key after the first, in order.
    public func laterKeyPhases(ofNode index: Int) -> ArraySlice<KeyPhase> { nodeLives[index]?.keys.dropFirst() ?? [] }

    /// The user's role at an instant.
    public func role(ofUser user: Int, at instant: Instant) -> UserRole {
        userLives[user]?.roles.last { $0.since <= instant }?.value ?? state.users[user].role
    }

    /// Whether changes ever give the user a role beside the first.
    public func hasOtherRoles(user: Int) -> Bool { (userLives[user]?.roles.count ?? 1) > 1 }

    /// How the account is at an instant.
    public func status(ofUser user: Int, at instant: Instant) -> AccountState.Status {
        userLives[user]?.statuses.last { $0.since <= instant }?.value ?? .active
    }

    /// Whether the account is there at an instant, approved and not suspended.
    public func isActive(user: Int, at instant: Instant) -> Bool { status(ofUser: user, at: instant) == .active }
}
