import ByteText
import KeyedRandom
import ScenarioSpec
import SimTime
import TailnetModel

extension ControlPlane {
    /// The changes of a webhook, log stream, posture integration, key of tailnet lock, share or invite.
    func objectChanges(_ change: ObjectChange, at time: Instant) -> [AuditChange] {
        switch change.kind {
        case .webhook: return [webhookChange(change)]
        case .logStream:
            let target = parties.tailnet("LOGSTREAM_ENDPOINT")
            switch change.step {
            case .create: return [AuditChange("CREATE", target, new: change.new)]
            case .update: return [AuditChange("UPDATE", target, old: change.old, new: change.new)]
            case .repoint:
                // Captured: another destination is a creation and a deletion in one group.
                return [AuditChange("CREATE", target, new: change.new), AuditChange("DELETE", target, old: change.old)]
            default: return [AuditChange("DELETE", target, old: change.old)]
            }
        case .postureIntegration:
            let target = parties.tailnet("POSTURE_INTEGRATION")
            return [AuditChange(change.verb, target, old: change.old, new: change.new)]
        case .lockKey:
            // Public keys of tailnet lock are 64 hexadecimal digits; that records show them is unverified.
            let key = "{\"key\":\(lockKey(change.name).jsonQuoted)}"
            let target = parties.tailnet("TKA")
            switch change.step {
            case .create: return [AuditChange("CREATE", target, new: key)]
            case .update: return [AuditChange("UPDATE", target, old: key, new: key)]
            default: return [AuditChange("DELETE", target, old: key)]
            }
        case .nodeShare: return shareChanges(change, at: time)
        case .tailnetInvite:
            let target = parties.object("INVITE", .key, name: change.name, title: change.title, "TAILNET_INVITE")
            return [AuditChange(change.verb, target, new: change.step == .create ? change.new : nil)]
        }
    }

    /// Webhooks have targets of their own; their names are the endpoints' IDs, since no record was ever published.
    private func webhookChange(_ change: ObjectChange) -> AuditChange {
        func target(_ property: String? = nil) -> AuditTarget {
            parties.object("WEBHOOK_ENDPOINT", .webhook, name: change.name, title: change.title, property)
        }
        switch change.step {
        case .create: return AuditChange("CREATE", target(), new: change.new.map { "{\"subscriptions\":\($0)}" })
        case .update: return AuditChange("UPDATE", target("SUBSCRIBED_EVENTS"), old: change.old, new: change.new)
        case .rotate: return AuditChange("UPDATE", target("SECRET"))
        default: return AuditChange("DELETE", target())
        }
    }

    /// Invitations to a node carry the label that was typed; an accepted one makes a share.
    private func shareChanges(_ change: ObjectChange, at time: Instant) -> [AuditChange] {
        let invite = parties.object("INVITE", .key, name: change.name, title: change.title, "NODE_SHARE")
        let label = change.node.map { parties.node($0, at: time).name } ?? change.title
        let share = parties.object("SHARE", .key, name: change.name, title: label)
        switch change.step {
        case .create: return [AuditChange("CREATE", invite, new: change.new)]
        case .resend: return [AuditChange("RESEND", invite)]
        case .cancel: return [AuditChange("DELETE", invite)]
        case .accept: return [AuditChange("ACCEPT", invite), AuditChange("CREATE", share)]
        case .update: return [AuditChange("UPDATE", share)]
        default: return [AuditChange("DELETE", share)]
        }
    }

    private func lockKey(_ name: String) -> String {
        let key = root.key("lock key").key(name)
        let hex = (0..<4).map { part in
            let digits = String(key.draw(UInt64(part)), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }
        return "nlpub:" + hex.joined()
    }

    /// A record that the scenario spells out.
    func logged(_ change: LoggedChange, _ event: AdminEvent, key: RandomKey) -> AuditGroup {
        let parts = change.code.split(separator: ".", maxSplits: 2).map(String.init)
        let property = parts.count > 2 ? parts[2] : nil
        var target: AuditTarget
        if let node = change.node {
            target = parties.node(node, property, at: event.time)
            if parts[0] != "NODE" { (target.type, target.isEphemeral) = (parts[0], false) }
        } else if let user = change.target {
            target = parties.userTarget(user, property)
            target.type = parts[0]
        } else if change.name.isEmpty {
            target = parties.tailnet(property, type: parts[0])
        } else {
            target = parties.object(parts[0], .key, name: change.name, title: change.name, property)
        }
        let isByPerson = event.user != nil || event.client != nil
        return AuditGroup(
            key: key, time: event.time,
            origin: AuditOrigin(rawValue: change.origin) ?? .adminConsole,
            actor: isByPerson ? actor(of: event) : parties.system(change.actorKind),
            changes: [
                AuditChange(
                    parts[1], target, old: change.old, new: change.new, details: change.details, error: change.error)
            ])
    }

    /// An access token that an OAuth client mints, as captured.
    func tokenMint(client: Int, key: RandomKey, time: Instant) -> AuditGroup {
        let id = StableID.text(.key, key.draw(5, below: StableID.largestNumber))
        return AuditGroup(
            key: key, time: time, origin: .configAPI, actor: parties.client(client),
            changes: [
                AuditChange(
                    "CREATE", AuditTarget(id: id, name: "API access token", type: "OAUTH_ACCESS_TOKEN"),
                    details: "scopes - " + plan.oauthClients[client].scopes)
            ])
    }

    /// The record of a request that was refused.
    ///
    /// No genuine one was ever published: type, action and `error` follow the schema, the rest is unverified.
    func failedRequest(_ request: String) -> AuditChange {
        AuditChange("UPDATE", parties.tailnet(type: "FAILED_REQUEST"), details: request, error: "forbidden")
    }
}

extension ObjectChange {
    /// The step as the log's action.
    fileprivate var verb: String {
        switch step {
        case .create: "CREATE"
        case .update, .rotate, .repoint: "UPDATE"
        case .resend: "RESEND"
        case .accept: "ACCEPT"
        case .delete, .cancel: "DELETE"
        }
    }
}
