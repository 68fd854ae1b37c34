public import ScenarioSpec
public import SimTime
import TailnetControl
public import TailnetModel

/// The tailnet as its API shows it at an instant.
public struct TailnetSnapshot: Sendable {
    /// A device that the tailnet lists, connected or not.
    public struct Device: Sendable {
        /// Index among the plan's nodes.
        public var index: Int
        /// The node with its name, tags, owner and routes of that instant.
        public var node: Node
        /// When the node's key expires or expired; nil where it never does.
        public var keyExpiry: Instant?
        /// False while the device waits for approval.
        public var isApproved: Bool
        /// Whether the client is connected to the coordination server.
        public var isConnected: Bool
        /// When it last was, to the hour or better; nil where that is more than three days ago.
        public var lastSeen: Instant?
        /// Whether tailnet lock keeps the device out because nobody has signed its key.
        public var isUnsigned: Bool
    }

    /// An account that the tailnet lists.
    public struct Account: Sendable {
        /// Index among the plan's users.
        public var index: Int
        /// The role at that instant.
        public var role: UserRole
        public var status: Status
    }

    /// How an account is, by the API's name.
    public enum Status: String, Sendable, Hashable {
        case active
        case suspended
        case needsApproval = "needs-approval"
    }

    public var settings: TailnetSettings
    /// The MagicDNS suffix, without leading dot.
    public var dnsSuffix: String
    /// In the plan's order.
    public var devices: [Device]
    /// In the plan's order.
    public var accounts: [Account]
    /// The policy file in force.
    public var policy: PolicyVersion?
}

extension AuditTimeline {
    /// The tailnet at an instant: what explicit changes, habits and, if they count, incidents have made of it.
    public func snapshot(at instant: Instant) -> TailnetSnapshot {
        let plan = plane.plan
        let control = changes?.control ?? plane.control
        var settings = plan.tailnet.settings
        settings.devicesApprovalOn = control.isOn(.deviceApproval, at: instant)
        settings.usersApprovalOn = control.isOn(.userApproval, at: instant)
        settings.devicesKeyDurationDays = Int(control.days(at: instant))
        settings.networkFlowLoggingOn = control.isFlowLoggingOn(at: instant)
        settings.logExitFlowsOn = control.logsExitFlows(at: instant)
        settings.magicDNSOn = control.isOn(.magicDNS, at: instant)
        settings.httpsEnabled = control.isOn(.https, at: instant)
        settings.tailnetLockOn = control.isOn(.tailnetLock, at: instant)
        settings.postureIdentityCollectionOn = control.isOn(.postureIdentity, at: instant)
        let history = control.history
        // When devices join that are not of the tailnet's ordinary life.
        func joinTime(_ node: Int) -> Instant? {
            node < plan.ordinaryNodeCount ? nil : history.joined(node: node)?.floored(to: .seconds(1))
        }
        let shown = inventory(at: instant)
        let devices = plan.nodes.indices.compactMap { index -> TailnetSnapshot.Device? in
            let node = plan.nodes[index]
            if node.created > instant || history.membership(ofNode: index, at: instant) == .deleted { return nil }
            if let joined = joinTime(index), joined > instant { return nil }
            // Devices that join for an incident are not there without it.
            let isOwn = index >= plan.ordinaryNodeCount
            if isOwn, !withIncidents, node.created >= plan.span.start { return nil }
            if let removed = node.removed, removed <= instant { return nil }
            return TailnetSnapshot.Device(
                index: index, node: control.node(index, at: instant),
                keyExpiry: keyExpiry(ofNode: index, at: instant, control),
                isApproved: control.isApproved(node: index, at: instant), isConnected: false, isUnsigned: false)
        }.map { device in
            var device = device
            for change in shown where change.node == device.index {
                switch change.fact {
                case .runsSSH: device.node.runsSSH = true
                case .isUnsigned: device.isUnsigned = true
                }
            }
            if let joined = joinTime(device.index) { device.node.created = joined }
            device.lastSeen = lastSeen(device.index, at: instant)
            device.isConnected = device.lastSeen == instant
            return device
        }
        let accounts = plan.users.indices.compactMap { index -> TailnetSnapshot.Account? in
            if plan.users[index].created > instant { return nil }
            let status: TailnetSnapshot.Status
            switch history.status(ofUser: index, at: instant) {
            case .active: status = .active
            case .suspended: status = .suspended
            case .awaited, .pending: status = .needsApproval
            case .deleted: return nil
            }
            return TailnetSnapshot.Account(
                index: index, role: control.role(ofUser: index, at: instant), status: status)
        }
        return TailnetSnapshot(
            settings: settings, dnsSuffix: control.dnsSuffix(at: instant), devices: devices, accounts: accounts,
            policy: plan.policies.last { $0.since.map { $0 <= instant } ?? true })
    }

    /// What incidents make the inventory show at an instant.
    private func inventory(at instant: Instant) -> [InventoryChange] {
        guard withIncidents else { return [] }
        return world.incidents.flatMap(\.inventory).filter { $0.window.contains(instant) }
    }

    /// When a node was last connected: the instant itself where it is, the end of a connection within the last three
    /// days where it is not.
    ///
    /// Looks back hour by hour, so that a shorter connection since may be passed over.
    private func lastSeen(_ node: Int, at time: Instant) -> Instant? {
        let plan = world.plan
        if node >= plan.ordinaryNodeCount {
            // Devices that join for an incident are up while they are there; old ones have been silent since they came.
            let created = plan.nodes[node].created
            return created >= plan.span.start ? time : created
        }
        for back in 0...72 {
            let then = time - .hours(Int64(back))
            guard let end = world.availability.upUntil(node, at: then, horizon: then + .hours(1)) else { continue }
            return min(end, time)
        }
        return nil
    }

    /// The expiry as the API has it: that of the latest authentication, or the instant of an explicit expiry.
    private func keyExpiry(ofNode node: Int, at time: Instant, _ control: ControlState) -> Instant? {
        control.keyCut(ofNode: node, at: time) ?? control.keyExpiry(ofNode: node, at: time, plane.keyLife)
    }
}

extension ControlState {
    /// When an explicit expiry or logout cut the node's key off that is cut off at an instant; nil where it is not.
    fileprivate func keyCut(ofNode node: Int, at instant: Instant) -> Instant? {
        var cut: Instant?
        for event in events where event.time <= instant {
            switch event.action {
            case .expireKey(node), .changeNode(.logOut, node): cut = event.time
            case .reauthenticate(node), .changeNode(.extendKey, node): cut = nil
            default: break
            }
        }
        return cut
    }
}
