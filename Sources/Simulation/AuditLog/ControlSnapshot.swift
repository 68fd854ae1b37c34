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
    /// The tailnet at an instant: what explicit changes, habits and, with anomalies, those up to then have made of it.
    public func snapshot(at instant: Instant) -> TailnetSnapshot {
        let time = instant.nanoseconds
        let plan = plane.plan
        let control = changes?.control ?? plane.control
        var settings = plan.tailnet.settings
        settings.devicesApprovalOn = control.isOn(.deviceApproval, at: time)
        settings.usersApprovalOn = control.isOn(.userApproval, at: time)
        settings.devicesKeyDurationDays = Int(control.days(at: time))
        settings.networkFlowLoggingOn = control.isFlowLoggingOn(at: time)
        settings.logExitFlowsOn = control.logsExitFlows(at: time)
        settings.magicDNSOn = control.isOn(.magicDNS, at: time)
        settings.httpsEnabled = control.isOn(.https, at: time)
        settings.tailnetLockOn = control.isOn(.tailnetLock, at: time)
        settings.postureIdentityCollectionOn = control.isOn(.postureIdentity, at: time)
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
            // Devices that join for an anomaly are not there without it.
            let isOwn = index >= plan.ordinaryNodeCount
            if isOwn, !withIncidents, node.created >= plan.span.start { return nil }
            if let removed = node.removed, removed <= instant { return nil }
            return TailnetSnapshot.Device(
                index: index, node: control.node(index, at: time),
                keyExpiry: keyExpiry(ofNode: index, at: time, control),
                isApproved: control.isApproved(node: index, at: time), isConnected: false, isUnsigned: false)
        }.map { device in
            var device = device
            for change in shown where change.node == device.index {
                switch change.fact {
                case .runsSSH: device.node.runsSSH = true
                case .isUnsigned: device.isUnsigned = true
                }
            }
            if let time = joinTime(device.index) { device.node.created = time }
            device.lastSeen = lastSeen(device.index, at: time)
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
                index: index, role: control.role(ofUser: index, at: time), status: status)
        }
        return TailnetSnapshot(
            settings: settings, dnsSuffix: control.dnsSuffix(at: time), devices: devices, accounts: accounts,
            policy: plan.policies.last { $0.since.map { $0 <= instant } ?? true })
    }

    /// What anomalies make the inventory show at an instant.
    private func inventory(at instant: Instant) -> [InventoryChange] {
        guard withIncidents else { return [] }
        return world.incidents.flatMap(\.inventory).filter { $0.window.contains(instant) }
    }

    /// When a node was last connected: the instant itself where it is, the end of a stretch within the last three days
    /// where it is not.
    ///
    /// Looks back hour by hour, so that a shorter stretch since may be passed over.
    private func lastSeen(_ node: Int, at time: Int64) -> Instant? {
        let plan = world.plan
        if node >= plan.ordinaryNodeCount {
            // Devices that join for an anomaly are up while they are there; old ones have been silent since they came.
            let created = plan.nodes[node].created
            return created >= plan.span.start ? Instant(nanoseconds: time) : created
        }
        let hour: Int64 = 3_600_000_000_000
        for back in 0...72 {
            let then = time - Int64(back) * hour
            guard let end = world.availability.upUntil(node, at: then, horizon: then + hour) else { continue }
            return Instant(nanoseconds: min(end, time))
        }
        return nil
    }

    /// The expiry as the API has it: that of the latest authentication, or the instant of an explicit expiry.
    private func keyExpiry(ofNode node: Int, at time: Int64, _ control: ControlState) -> Instant? {
        if let cut = control.keyCut(ofNode: node, at: time) { return Instant(nanoseconds: cut) }
        return control.keyExpiry(ofNode: node, at: time, plane.keyLife).map { Instant(nanoseconds: $0) }
    }
}

extension ControlState {
    /// When an explicit expiry or logout cut the node's key off that is cut off at an instant; nil where it is not.
    fileprivate func keyCut(ofNode node: Int, at instant: Int64) -> Int64? {
        var cut: Int64?
        for event in events where event.time.nanoseconds <= instant {
            switch event.action {
            case .expireKey(node), .changeNode(.logOut, node): cut = event.time.nanoseconds
            case .reauthenticate(node), .changeNode(.extendKey, node): cut = nil
            default: break
            }
        }
        return cut
    }
}
