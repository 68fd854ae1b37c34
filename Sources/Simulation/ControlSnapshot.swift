public import ScenarioSpec
public import SimTime
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
    /// The tailnet at an instant: what explicit changes and habits up to then have made of it.
    public func snapshot(at instant: Instant) -> TailnetSnapshot {
        let time = instant.nanoseconds
        let plan = plane.plan
        let control = plane.control
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
        let deletions = control.deletions(upTo: time)
        let devices = plan.nodes.indices.compactMap { index -> TailnetSnapshot.Device? in
            let node = plan.nodes[index]
            if node.created > instant || deletions.nodes.contains(index) { return nil }
            if let removed = node.removed, removed <= instant { return nil }
            if let owner = node.owner, deletions.users.contains(owner) { return nil }
            return TailnetSnapshot.Device(
                index: index, node: control.node(index, at: time), keyExpiry: keyExpiry(ofNode: index, at: time),
                isApproved: control.isApproved(node: index, at: time))
        }
        let accounts = plan.users.indices.compactMap { index -> TailnetSnapshot.Account? in
            if plan.users[index].created > instant || deletions.users.contains(index) { return nil }
            let status: TailnetSnapshot.Status =
                control.isActive(user: index, at: time)
                ? .active : control.isSuspended(user: index, at: time) ? .suspended : .needsApproval
            return TailnetSnapshot.Account(
                index: index, role: control.role(ofUser: index, at: time), status: status)
        }
        return TailnetSnapshot(
            settings: settings, dnsSuffix: control.dnsSuffix(at: time), devices: devices, accounts: accounts,
            policy: plan.policies.last { $0.since.map { $0 <= instant } ?? true })
    }

    /// The expiry as the API has it: that of the latest authentication, or the instant of an explicit expiry.
    private func keyExpiry(ofNode node: Int, at time: Int64) -> Instant? {
        if let cut = plane.control.keyCut(ofNode: node, at: time) { return Instant(nanoseconds: cut) }
        return plane.control.keyExpiry(ofNode: node, at: time, plane.keyLife).map { Instant(nanoseconds: $0) }
    }
}

extension ControlState {
    /// The nodes and users that explicit events have deleted up to an instant.
    fileprivate func deletions(upTo instant: Int64) -> (nodes: Set<Int>, users: Set<Int>) {
        var nodes: Set<Int> = []
        var users: Set<Int> = []
        for event in events where event.time.nanoseconds <= instant {
            switch event.action {
            case .delete(let node): nodes.insert(node)
            case .changeUser(.delete, let user): users.insert(user)
            default: break
            }
        }
        return (nodes, users)
    }

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

    fileprivate func isSuspended(user: Int, at instant: Int64) -> Bool {
        var isSuspended = false
        for event in events where event.time.nanoseconds <= instant {
            if event.action == .changeUser(.suspend, user: user) { isSuspended = true }
            if event.action == .changeUser(.restore, user: user) { isSuspended = false }
        }
        return isSuspended
    }
}
