package import KeyedRandom
package import ScenarioSpec
package import SimTime
package import TailnetModel

/// The tailnet's configuration at any instant: asked of the scenario's explicit changes, never replayed.
///
/// Made once. What a scenario never touches costs nothing; what it touches is a short list, ordered by instant.
package struct ControlState: Sendable {
    /// A node from one instant on.
    package struct NodeState: Sendable {
        /// `Int64.min` for the first one.
        package var since: Int64
        package var node: Node
    }

    /// What explicit changes make of one node.
    private struct NodeLife: Sendable {
        var states: [NodeState] = []
        var absences: [(start: Int64, end: Int64)] = []
        var keys: [KeyPhase] = []
    }

    /// What explicit changes make of one account.
    private struct UserLife: Sendable {
        var roles: [(since: Int64, role: UserRole)] = []
        var absences: [(start: Int64, end: Int64)] = []
    }

    /// How a node's key lives from one instant on.
    package struct KeyPhase: Sendable {
        package var since: Int64
        /// When the key expires unless it is renewed before; nil where it never does by itself.
        package var expiry: Int64?
    }

    private let plan: Plan
    private let root: RandomKey
    /// When each node is made and goes for good, without touching the large nodes.
    private let lifetimes: [Range<Int64>]
    private let owners: [Int?]
    private var switches: [[(since: Int64, isOn: Bool)]]
    private var keyDays: [(since: Int64, days: Int64)]
    private var suffixes: [(since: Int64, suffix: String)]
    private var nodeLives: [Int: NodeLife] = [:]
    private var userLives: [Int: UserLife] = [:]
    /// Owned nodes that join in the run while new devices wait, with the instant of approval; by that instant.
    package private(set) var approvals: [(time: Int64, node: Int)] = []
    /// When each of the nodes that had to wait is approved.
    private var approvedAt: [Int: Int64] = [:]
    /// The nodes whose name, tags, owner or routes change, ascending.
    package private(set) var changedNodes: [Int] = []

    private static let day: Int64 = 86_400_000_000_000

    /// Makes the state of a plan.
    package init(plan: Plan, root: RandomKey) {
        self.plan = plan
        self.root = root
        lifetimes = plan.nodes.map { node in
            let end = max(node.created.nanoseconds, node.removed?.nanoseconds ?? Int64.max)
            return node.created.nanoseconds..<end
        }
        owners = plan.nodes.map(\.owner)
        switches = TailnetSwitch.allCases.map { [(Int64.min, $0.isOn(in: plan.tailnet.settings))] }
        keyDays = [(Int64.min, Int64(plan.tailnet.settings.devicesKeyDurationDays))]
        suffixes = [(Int64.min, plan.tailnet.dnsSuffix)]
        var owned: [Int: [Int]] = [:]
        for event in plan.administration.events {
            if case .changeUser(_, let user) = event.action { owned[user] = [] }
        }
        if !owned.isEmpty {
            for (index, node) in plan.nodes.enumerated() {
                if let owner = node.owner { owned[owner]?.append(index) }
            }
        }
        for event in plan.administration.events { apply(event, owned) }
        findApprovals()
        for user in userLives.keys.sorted() {
            let absences = userLives[user]?.absences ?? []
            for node in owned[user] ?? [] { nodeLives[node, default: NodeLife()].absences += absences }
        }
        changedNodes = nodeLives.filter { !$0.value.states.isEmpty }.map(\.key).sorted()
    }

    private mutating func apply(_ event: AdminEvent, _ owned: [Int: [Int]]) {
        let time = event.time.nanoseconds
        switch event.action {
        case .turn(let setting, let isOn, _, _): switches[setting.index].append((time, isOn))
        case .changeKeyDuration(let days): keyDays.append((time, Int64(days)))
        case .renameTailnet(let suffix):
            suffixes.append((time, suffix))
            for index in plan.nodes.indices {
                change(index, at: time) { $0.name = "\($0.hostName).\(suffix)" }
            }
        case .delete(let node), .expireKey(let node), .changeNode(.logOut, let node):
            nodeLives[node, default: NodeLife()].absences.append((time, Int64.max))
            nodeLives[node, default: NodeLife()].keys.append(KeyPhase(since: time, expiry: nil))
        case .reauthenticate(let node):
            if let last = nodeLives[node]?.absences.indices.last { nodeLives[node]?.absences[last].end = time }
            startKey(node, at: time, expiry: time + days(at: time) * ControlState.day)
        case .changeNode(let change, let node): apply(change, to: node, at: time)
        case .changeUser(let change, let user): apply(change, toUser: user, at: time, nodes: owned[user] ?? [])
        default: break
        }
    }

    private mutating func apply(_ change: NodeChange, to node: Int, at time: Int64) {
        switch change {
        case .rename(let hostName):
            let suffix = suffixes[suffixes.count - 1].suffix
            self.change(node, at: time) {
                $0.hostName = hostName
                $0.name = "\(hostName).\(suffix)"
            }
        case .setTags(let tags):
            // A tagged node has no owner, and its key stops expiring.
            self.change(node, at: time) {
                $0.tags = tags
                $0.owner = nil
                $0.keyExpiryDisabled = true
            }
            nodeLives[node, default: NodeLife()].keys.append(KeyPhase(since: time, expiry: nil))
        case .setRoutes(let routes), .autoApproveRoutes(let routes):
            self.change(node, at: time) {
                let exits = $0.approvedRoutes.filter(\.isDefaultRoute)
                $0.approvedRoutes = (routes.filter { !$0.isDefaultRoute } + exits).sorted()
                $0.advertisedRoutes = Set($0.advertisedRoutes + routes).sorted()
            }
        case .setExitNode(let isOn):
            self.change(node, at: time) {
                let others = $0.approvedRoutes.filter { !$0.isDefaultRoute }
                let exits = isOn ? ControlState.defaultRoutes : []
                $0.approvedRoutes = (others + exits).sorted()
                $0.advertisedRoutes = Set($0.advertisedRoutes + exits).sorted()
            }
        case .setKeyExpiry(let isOn):
            self.change(node, at: time) { $0.keyExpiryDisabled = !isOn }
            // Inferred: a key whose expiry is switched on lasts as long as a new one.
            startKey(node, at: time, expiry: isOn ? time + days(at: time) * ControlState.day : nil)
        case .extendKey(let span): startKey(node, at: time, expiry: time + span.nanoseconds)
        default: break
        }
    }

    private mutating func apply(_ change: UserChange, toUser user: Int, at time: Int64, nodes: [Int]) {
        switch change {
        case .create:
            userLives[user, default: UserLife()].absences.append((Int64.min, time))
            if isOn(.userApproval, at: time) { userLives[user]?.absences[0].end = Int64.max }
        case .suspend: userLives[user, default: UserLife()].absences.append((time, Int64.max))
        case .approve, .restore:
            if let last = userLives[user]?.absences.indices.last { userLives[user]?.absences[last].end = time }
        case .delete:
            userLives[user, default: UserLife()].absences.append((time, Int64.max))
            for node in nodes { nodeLives[node, default: NodeLife()].keys.append(KeyPhase(since: time, expiry: nil)) }
        case .setRole(let role): userLives[user, default: UserLife()].roles.append((time, role))
        case .invite, .resendInvite, .push: break
        }
    }

    private mutating func change(_ index: Int, at time: Int64, _ body: (inout Node) -> Void) {
        var life = nodeLives[index] ?? NodeLife()
        if life.states.isEmpty { life.states.append(NodeState(since: Int64.min, node: plan.nodes[index])) }
        var node = life.states[life.states.count - 1].node
        body(&node)
        life.states.append(NodeState(since: time, node: node))
        nodeLives[index] = life
    }

    private mutating func startKey(_ node: Int, at time: Int64, expiry: Int64?) {
        nodeLives[node, default: NodeLife()].keys.append(KeyPhase(since: time, expiry: expiry))
    }

    /// Lets nodes that join while new devices wait be approved: at the explicit instant, or after some minutes or hours.
    private mutating func findApprovals() {
        var explicit: [Int: Int64] = [:]
        for event in plan.administration.events {
            if case .changeNode(.approve, let node) = event.action { explicit[node] = event.time.nanoseconds }
        }
        // Devices that only an anomaly knows are let in by its script.
        for (node, time) in explicit where node >= plan.ordinaryNodeCount { approvedAt[node] = time }
        for (index, node) in plan.nodes.prefix(plan.ordinaryNodeCount).enumerated()
        where node.created >= plan.span.start && node.owner != nil {
            let joined = node.created.nanoseconds
            guard isOn(.deviceApproval, at: joined) else { continue }
            if let time = explicit[index] {
                approvedAt[index] = time
                nodeLives[index, default: NodeLife()].absences.append((Int64.min, time))
                continue
            }
            let key = root.key("approval").key(node.key)
            let time = joined + 120_000_000_000 + Int64(key.draw(0, below: 9_000_000_000_000))
            nodeLives[index, default: NodeLife()].absences.append((Int64.min, time))
            approvals.append((time, index))
            approvedAt[index] = time
        }
        approvals.sort { ($0.time, $0.node) < ($1.time, $1.node) }
    }

    private static let defaultRoutes = [IPPrefix("0.0.0.0/0"), IPPrefix("::/0")].compactMap { $0 }
}

extension ControlState {
    /// Whether nodes write network flow logs at an instant.
    package func isFlowLoggingOn(at instant: Int64) -> Bool { isOn(.flowLogging, at: instant) }

    /// Whether nodes write network flow logs at any instant of a window.
    package func isFlowLoggingOn(within window: TimeWindow) -> Bool {
        if isFlowLoggingOn(at: window.start.nanoseconds) { return true }
        return states(of: .flowLogging).contains { $0.isOn && window.contains(Instant(nanoseconds: $0.since)) }
    }

    /// Whether exit traffic keeps its destinations at an instant.
    package func logsExitFlows(at instant: Int64) -> Bool { isOn(.exitFlowLogging, at: instant) }

    /// How a switch of the tailnet stands at an instant.
    package func isOn(_ setting: TailnetSwitch, at instant: Int64) -> Bool {
        let list = switches[setting.index]
        var index = list.count - 1
        while index > 0, list[index].since > instant { index -= 1 }
        return list[index].isOn
    }

    /// When a switch stands how: the first entry holds from the beginning of time.
    package func states(of setting: TailnetSwitch) -> [(since: Int64, isOn: Bool)] { switches[setting.index] }

    /// Days that a key lasts which is made or renewed at an instant.
    package func days(at instant: Int64) -> Int64 {
        var index = keyDays.count - 1
        while index > 0, keyDays[index].since > instant { index -= 1 }
        return keyDays[index].days
    }

    /// When the days that keys last change, after the beginning.
    package var keyDaysChanges: ArraySlice<(since: Int64, days: Int64)> { keyDays.dropFirst() }

    /// The tailnet's MagicDNS suffix at an instant.
    package func dnsSuffix(at instant: Int64) -> String {
        suffixes.last { $0.since <= instant }?.suffix ?? plan.tailnet.dnsSuffix
    }

    /// The node as it is at an instant.
    package func node(_ index: Int, at instant: Int64) -> Node {
        nodeLives[index]?.states.last { $0.since <= instant }?.node ?? plan.nodes[index]
    }

    /// The node's owner at an instant; nil where it is tagged by then.
    package func owner(ofNode index: Int, at instant: Int64) -> Int? {
        guard let states = nodeLives[index]?.states, let state = states.last(where: { $0.since <= instant }) else {
            return owners[index]
        }
        return state.node.owner
    }

    /// The node's names, tags, owners and routes, one after another; one state where nothing changes.
    package func states(ofNode index: Int) -> [NodeState] {
        let states = nodeLives[index]?.states ?? []
        return states.isEmpty ? [NodeState(since: Int64.min, node: plan.nodes[index])] : states
    }

    /// Whether the node ever differs from the plan's.
    package func isChanged(node index: Int) -> Bool { !(nodeLives[index]?.states.isEmpty ?? true) }

    /// The user's role at an instant.
    package func role(ofUser user: Int, at instant: Int64) -> UserRole {
        userLives[user]?.roles.last { $0.since <= instant }?.role ?? plan.users[user].role
    }

    /// Whether the account is there at an instant, approved and not suspended.
    package func isActive(user: Int, at instant: Int64) -> Bool {
        guard let absences = userLives[user]?.absences else { return true }
        return !absences.contains { $0.start <= instant && instant < $0.end }
    }

    /// Whether the scenario ever gives the user a role beside that in the plan.
    package func hasOtherRoles(user: Int) -> Bool { !(userLives[user]?.roles.isEmpty ?? true) }

    /// The stretches in which explicit changes keep a node out of the tailnet, in order and apart from each other.
    ///
    /// All that an event can do is in: joining, deletion, logging out, explicit expiry of the key, waiting for approval,
    /// the account's creation, suspension and deletion, and the node's own `removed`. What the calendar does to keys is
    /// `KeyLife`'s.
    package func absences(ofNode index: Int) -> [(start: Int64, end: Int64)] {
        let node = plan.nodes[index]
        var list = nodeLives[index]?.absences ?? []
        if node.created >= plan.span.start || node.removed != nil {
            list.append((Int64.min, node.created.nanoseconds))
        }
        if let removed = node.removed { list.append((removed.nanoseconds, Int64.max)) }
        guard list.count > 1 else { return list }
        list.sort { ($0.start, $0.end) < ($1.start, $1.end) }
        var merged = [list[0]]
        for interval in list.dropFirst() {
            if interval.start <= merged[merged.count - 1].end {
                merged[merged.count - 1].end = max(merged[merged.count - 1].end, interval.end)
            } else {
                merged.append(interval)
            }
        }
        return merged
    }

    /// The scenario's explicit changes, by instant.
    package var events: [AdminEvent] { plan.administration.events }

    /// Whether a node that joined while new devices wait has been approved by an instant; true for all others.
    package func isApproved(node index: Int, at instant: Int64) -> Bool {
        guard let approval = approvedAt[index] else { return true }
        return approval <= instant
    }

    /// Whether the node belongs to the tailnet at an instant, by explicit changes.
    package func isMember(node index: Int, at instant: Int64) -> Bool {
        guard lifetimes[index].contains(instant) else { return false }
        guard let absences = nodeLives[index]?.absences else { return true }
        return !absences.contains { $0.start <= instant && instant < $0.end }
    }

    /// How the node's key lives, phase after phase; the first begins before all others.
    package func keyPhases(ofNode index: Int) -> [KeyPhase] {
        [firstKeyPhase(ofNode: index)] + (nodeLives[index]?.keys ?? [])
    }

    /// Whether explicit changes touch the node's key.
    package func hasKeyChanges(node index: Int) -> Bool { !(nodeLives[index]?.keys.isEmpty ?? true) }

    /// How the node's key lives until an explicit change.
    package func firstKeyPhase(ofNode index: Int) -> KeyPhase {
        let node = plan.nodes[index]
        let made = node.created.nanoseconds
        let isEndless = node.owner == nil || node.keyExpiryDisabled
        return KeyPhase(since: made, expiry: isEndless ? nil : made + days(at: made) * ControlState.day)
    }
}

extension TailnetSwitch {
    /// The switch's place among all.
    fileprivate var index: Int {
        switch self {
        case .magicDNS: 0
        case .https: 1
        case .deviceApproval: 2
        case .userApproval: 3
        case .flowLogging: 4
        case .exitFlowLogging: 5
        case .tailnetLock: 6
        case .postureIdentity: 7
        case .fileSharing: 8
        case .servicesCollection: 9
        case .mullvad: 10
        case .geosteering: 11
        case .scim: 12
        }
    }
}
