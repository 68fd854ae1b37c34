import ByteText
import SimTime
import TailnetModel

// What happens to people's accounts. Values that no capture or published example shows are unverified.
extension TailnetState {
    /// Why a change of an account is impossible now; nil where it is not.
    func refusal(of change: UserChange, user: Int) -> Refusal? {
        let account = account(user)
        switch (change, account.status) {
        case (.invite, .awaited), (.resendInvite, .awaited), (.create, .awaited): return nil
        case (.invite, _), (.resendInvite, _), (.create, _):
            return Refusal(.conflict, "the user has an account already")
        case (_, .awaited): return Refusal(.notFound, "the user has no account")
        case (_, .deleted): return Refusal(.notFound, "the user is deleted")
        case (.approve, .pending), (.restore, .suspended): return nil
        case (.approve, _): return Refusal(.conflict, "the user does not wait for approval")
        case (.suspend, .suspended): return Refusal(.conflict, "the user is suspended already")
        case (.restore, _): return Refusal(.conflict, "the user is not suspended")
        case (.setRole(let role), _) where role == account.role:
            return Refusal(.conflict, at: .role, "\(users[user].key) is \(role.rawValue) already")
        default: return nil
        }
    }

    mutating func record(_ change: UserChange, user: Int, at time: Instant) -> [AuditChange] {
        let target = targets.user(users[user])
        switch change {
        case .invite: return [AuditChange("INVITE", target)]
        case .resendInvite: return [AuditChange("RESEND", targets.user(users[user], "TAILNET_INVITE"))]
        case .create:
            let needsApproval = isOn(.userApproval)
            self.change(user: user) { $0.status = needsApproval ? .pending : .active }
            return [AuditChange("CREATE", target)]
        case .approve:
            self.change(user: user) { $0.status = .active }
            return [AuditChange("APPROVE", target)]
        case .setRole(let role):
            // Role names as the API has them: unverified.
            let old = account(user).role
            self.change(user: user) { $0.role = role }
            return [
                AuditChange(
                    "UPDATE", targets.user(users[user], "USER_ROLE"), old: old.rawValue.jsonQuoted,
                    new: role.rawValue.jsonQuoted)
            ]
        case .suspend:
            self.change(user: user) { $0.status = .suspended }
            return [AuditChange("SUSPEND", target)]
        case .restore:
            self.change(user: user) { $0.status = .active }
            return [AuditChange("RESTORE", target)]
        case .delete: return recordDeletion(user: user, target, at: time)
        case .push:
            let facts = users[user]
            let value = JSONWriter.object { json in
                json.member("userName", facts.login)
                json.member("displayName", facts.displayName)
            }
            return [AuditChange("PUSH_USER", targets.user(facts, "ATTRIBUTES"), new: value)]
        }
    }

    /// A deleted user's nodes go first, each with a record; their keys leave none.
    private mutating func recordDeletion(user: Int, _ target: AuditTarget, at time: Instant) -> [AuditChange] {
        var changes: [AuditChange] = []
        for index in devices(broughtBy: user) {
            let device = device(index)
            let isListed = device.node.created < time && (device.node.removed.map { $0 >= time } ?? true)
            if device.node.owner == user, isListed { changes.append(AuditChange("DELETE", targets.node(device.node))) }
            cutOff(index, .deleted, at: time)
        }
        change(user: user) { $0.status = .deleted }
        return changes + [AuditChange("DELETE", target)]
    }

    /// The nodes that go with their owner: tags may have taken some of them away since they joined.
    private func devices(broughtBy user: Int) -> [Int] {
        nodes.indices.filter { index in
            guard nodes[index].owner == user else { return false }
            let membership = device(index).membership
            return membership != .awaited && membership != .deleted
        }
    }
}
