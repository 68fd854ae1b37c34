import KeyedRandom
import ScenarioSpec
import SimTime
import TailnetControl
import TailnetModel

/// What the control plane's records are made from: the state at any instant, the keys' lives, and who may act.
struct ControlPlane: Sendable {
    let plan: Plan
    let root: RandomKey
    let control: ControlState
    let keyLife: KeyLife
    let entities: AuditEntities
    let requests: FailedRequests
    /// Users who may use the admin console at some time.
    let consoleUsers: [Int]
    /// Users who may add nodes and approve them at some time.
    let admins: KeyedRing
    let clients: KeyedRing
    let everybody: KeyedRing
    /// Nodes that have an owner at the beginning.
    let ownedNodes: [Int]
    /// The same, for web interfaces.
    let devices: KeyedRing
    /// Explicit events and what follows from them by itself, by instant.
    let operations: [Operation]
    /// What the log says of each of the plan's explicit events.
    private let changes: [[AuditChange]]
    /// Nodes that are made within the run without an explicit event, and those that go, by instant.
    let arrivals: [NodeMoment]
    let departures: [NodeMoment]

    /// An explicit event or a consequence of one.
    enum Operation: Sendable {
        case event(Int)
        /// The credential that an event made expires.
        case expiry(event: Int, Credential, name: String, time: Instant)
        /// A node that waited is approved by an admin.
        case approval(node: Int, time: Instant)
    }

    /// A node at an instant.
    struct NodeMoment: Sendable {
        var time: Instant
        var node: Int
    }

    /// Makes the plane of a world without its incidents.
    init(world: World) {
        var state = world.plan.initialState(root: world.root)
        state.renewals = world.keyLife
        let changes = world.plan.administration.events.map {
            state.record($0.action, by: $0.actor, at: $0.time, key: $0.identity(world.root))
        }
        self.init(world: world, plan: world.plan, control: world.control, changes: changes)
    }

    /// Makes a plane of a tailnet that differs from the world's in what is changed, not in who is there.
    ///
    /// - Parameter changes: What the log says of each of the plan's explicit events; empty where nobody asks for it.
    init(world: World, plan: Plan, control: ControlState, changes: [[AuditChange]] = []) {
        let root = world.root
        self.plan = plan
        self.root = root
        self.control = control
        self.changes = changes
        keyLife = world.keyLife
        entities = AuditEntities(plan: plan, control: control, root: root)
        requests = FailedRequests(plan.tailnet.organization)
        let habits = root.key("habits")
        func ring(_ members: [Int], _ purpose: String, points: Int, _ name: (Int) -> String) -> KeyedRing {
            let key = habits.key(purpose)
            return KeyedRing(members.map { (UInt32($0), key.key(name($0)), points) })
        }
        func userKey(_ index: Int) -> String { plan.users[index].key }
        consoleUsers = plan.users.indices.filter {
            plan.users[$0].role != .member || control.hasOtherRoles(user: $0)
        }
        let adminRoles: [UserRole] = [.owner, .admin, .itAdmin, .networkAdmin]
        admins = ring(
            plan.users.indices.filter { adminRoles.contains(plan.users[$0].role) }, "admins", points: 16, userKey)
        let administration = plan.administration
        let needsEverybody = administration.milliFailedRequestsPerDay > 0
        everybody = ring(needsEverybody ? Array(plan.users.indices) : [], "everybody", points: 4, userKey)
        clients = ring(Array(plan.oauthClients.indices), "clients", points: 16) { plan.oauthClients[$0].key }
        let ordinary = plan.nodes.indices.prefix(plan.ordinaryNodeCount)
        ownedNodes = ordinary.filter { plan.nodes[$0].owner != nil }
        devices = ring(administration.milliWebLoginsPerDay > 0 ? ownedNodes : [], "devices", points: 4) {
            plan.nodes[$0].key
        }
        operations = ControlPlane.operations(plan, control)
        let joined = Set(
            administration.events.compactMap { event -> Int? in
                if case .join(let node) = event.action { node } else { nil }
            })
        let start = plan.span.start - .days(1)
        arrivals = ordinary.filter { plan.nodes[$0].created >= start && !joined.contains($0) }
            .map { NodeMoment(time: plan.nodes[$0].created, node: $0) }
            .sorted { ($0.time, $0.node) < ($1.time, $1.node) }
        departures = ordinary.compactMap { index in
            plan.nodes[index].removed.map { NodeMoment(time: $0, node: index) }
        }.sorted { ($0.time, $0.node) < ($1.time, $1.node) }
    }

    /// Every explicit event, expiry and approval, ordered by instant.
    private static func operations(_ plan: Plan, _ control: ControlState) -> [Operation] {
        let events = plan.administration.events
        var list: [(time: Instant, operation: Operation)] = []
        for (index, event) in events.enumerated() {
            list.append((event.time, .event(index)))
            let name: String
            let kind: Credential
            let lifetime: TimeSpan
            switch event.action {
            case .createAuthKey(let key, _, _, _, let span): (name, kind, lifetime) = (key, .authKey, span)
            case .createAPIToken(let key, let span): (name, kind, lifetime) = (key, .apiToken, span)
            default: continue
            }
            let time = event.time + lifetime
            let isRevoked = events.contains {
                $0.action == .revokeKey(name: name) && event.time < $0.time && $0.time <= time
            }
            guard !isRevoked, time < plan.span.end else { continue }
            list.append((time, .expiry(event: index, kind, name: name, time: time)))
        }
        for approval in control.approvals {
            list.append((approval.time, .approval(node: approval.node, time: approval.time)))
        }
        let order = list.indices.sorted { (list[$0].time, $0) < (list[$1].time, $1) }
        return order.map { list[$0].operation }
    }

    /// When an operation happens.
    func time(_ operation: Operation) -> Instant {
        switch operation {
        case .event(let index): plan.administration.events[index].time
        case .expiry(_, _, _, let time), .approval(_, let time): time
        }
    }

    /// An admin who is there at an instant, by a draw; nil where nobody is.
    func admin(at time: Instant, draw: UInt64) -> Int? {
        guard let user = admins.member(at: draw, excluding: UInt32.max) else { return nil }
        if control.isActive(user: Int(user), at: time) { return Int(user) }
        return admins.member(at: draw, excluding: user).map { Int($0) }
    }

    /// Who adds a node: its owner; for a tagged node the admin who made its auth key, as captured.
    func joiner(ofNode index: Int, at time: Instant) -> AuditActor {
        let node = control.node(index, at: time)
        if let owner = node.owner { return entities.user(owner) }
        let draw = root.key("auth key").key(node.tags.joined(separator: ",")).draw(0)
        if let admin = admin(at: time, draw: draw) { return entities.user(admin) }
        return entities.nodeActor(index, at: time)
    }

    /// Who makes an explicit change.
    private func actor(of event: AdminEvent) -> AuditActor {
        if event.user == nil {
            switch event.action {
            case .join(let node): return joiner(ofNode: node, at: event.time)
            case .changeUser(.push, _), .pushGroup: return entities.system(event.action.system)
            default: break
            }
        }
        switch event.actor {
        case .user(let user): return entities.user(user)
        case .client(let client): return entities.client(client)
        case .service: return entities.system(event.action.system)
        }
    }

    /// The group of an explicit change, of which the log says `changes`.
    func group(_ event: AdminEvent, _ changes: [AuditChange]) -> AuditGroup {
        AuditGroup(
            key: event.identity(root), time: event.time,
            origin: event.action.origin(by: event.actor, throughAPI: event.isByAPI), actor: actor(of: event),
            changes: changes)
    }

    /// The group of an operation; nil where it leaves no record.
    func group(_ operation: Operation) -> AuditGroup? {
        switch operation {
        case .event(let index): return group(plan.administration.events[index], changes[index])
        case .expiry(let index, let kind, let name, let time):
            return AuditGroup(
                key: root.key("expiry").key(plan.administration.events[index].key), time: time, origin: .control,
                actor: entities.system(.worker),
                changes: [AuditChange("EXPIRED", entities.targets.credential(name, kind))])
        case .approval(let node, let time):
            let key = root.key("approval").key(plan.nodes[node].key)
            guard let admin = admin(at: time, draw: key.draw(5)) else { return nil }
            return AuditGroup(
                key: key, time: time, origin: .adminConsole, actor: entities.user(admin),
                changes: [AuditChange("APPROVE", entities.node(node, at: time))])
        }
    }

    /// What the log says of a node that is added at an instant.
    func joinChanges(_ index: Int, at time: Instant) -> [AuditChange] {
        AuditChange.joining(
            control.node(index, at: time), target: entities.node(index, at: time), keyDays: Int(control.days(at: time)),
            at: time)
    }
}
