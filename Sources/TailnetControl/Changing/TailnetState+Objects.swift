import ByteText
import TailnetModel

// What happens to webhooks, log streams, posture integrations, keys of tailnet lock, shares and invitations.
extension TailnetState {
    /// Why a change of an object is impossible now; nil where it is not.
    func refusal(of change: ObjectChange) -> Refusal? {
        switch change {
        case .webhook(let step, let name):
            let isMade = if case .create = step { true } else { false }
            return refusal(
                "webhook named \"\(name)\"", isThere: objects.webhooks[name] != nil, isMade: isMade)
        case .logStream(let step, let log):
            let isMade = if case .create = step { true } else { false }
            let isThere = isMade ? objects.hasMadeStream(ofLog: log) : destination(ofLog: log) != nil
            return refusal("stream of the \(log) log", isThere: isThere, isMade: isMade)
        case .postureIntegration(let step, let provider):
            let isThere =
                step == .create
                ? objects.postureIntegrations.contains(provider) : objects.hasPostureIntegration(provider)
            return refusal("posture integration with \"\(provider)\"", isThere: isThere, isMade: step == .create)
        case .lockKey(let step, let name):
            return refusal(
                "key of tailnet lock named \"\(name)\"", isThere: objects.lockKeys.contains(name),
                isMade: step == .create)
        case .share(let step, let name):
            let object = "share named \"\(name)\""
            guard let share = objects.shares[name] else {
                if case .create = step { return nil }
                return refusal(object, isThere: false, isMade: false)
            }
            switch step {
            case .create: return refusal(object, isThere: true, isMade: true)
            case .update, .end:
                return share.isAccepted ? nil : Refusal(.conflict, "nobody has accepted the \(object)")
            case .resend, .accept, .cancel: return share.isAccepted ? accepted(object) : nil
            }
        case .invite(let step, let name):
            let object = "invite named \"\(name)\""
            guard let invite = objects.invites[name] else {
                if case .create = step { return nil }
                return refusal(object, isThere: false, isMade: false)
            }
            if case .create = step { return Refusal(.conflict, "there is an \(object) already") }
            return invite.isAccepted ? accepted(object) : nil
        }
    }

    private func refusal(_ object: String, isThere: Bool, isMade: Bool) -> Refusal? {
        if isMade { return isThere ? Refusal(.conflict, "there is a \(object) already") : nil }
        return isThere ? nil : Refusal(.notFound, "no \(object) is there")
    }

    private func accepted(_ object: String) -> Refusal { Refusal(.conflict, "the \(object) is accepted already") }

    mutating func record(_ change: ObjectChange) -> [AuditChange] {
        switch change {
        case .webhook(let step, let name): return [record(step, webhook: name)]
        case .logStream(let step, let log): return record(step, log: log)
        case .postureIntegration(let step, let provider):
            let target = targets.tailnet("POSTURE_INTEGRATION")
            let value = JSONWriter.object { $0.member("provider", provider) }
            objects.setPostureIntegration(provider, isThere: step != .delete)
            switch step {
            case .create: return [AuditChange("CREATE", target, new: value)]
            case .update: return [AuditChange("UPDATE", target, old: value, new: value)]
            case .delete: return [AuditChange("DELETE", target, old: value)]
            }
        case .lockKey(let step, let name):
            let key = targets.lockKey(name)
            let target = targets.tailnet("TKA")
            switch step {
            case .create:
                objects.lockKeys.insert(name)
                return [AuditChange("CREATE", target, new: key)]
            case .update: return [AuditChange("UPDATE", target, old: key, new: key)]
            case .delete:
                objects.lockKeys.remove(name)
                return [AuditChange("DELETE", target, old: key)]
            }
        case .share(let step, let name): return record(step, share: name)
        case .invite(let step, let name): return record(step, invite: name)
        }
    }

    /// Webhooks have targets of their own; their names are the endpoints' IDs, since no record was ever published.
    private mutating func record(_ step: ObjectChange.Webhook, webhook name: String) -> AuditChange {
        func target(_ property: String? = nil) -> AuditTarget {
            targets.object("WEBHOOK_ENDPOINT", .webhook, name: name, title: name, property)
        }
        switch step {
        case .create(let subscriptions):
            objects.webhooks[name] = subscriptions
            return AuditChange("CREATE", target(), new: JSONWriter.object { $0.member("subscriptions", subscriptions) })
        case .subscribe(let subscriptions):
            let old = objects.webhooks.updateValue(subscriptions, forKey: name)
            return AuditChange(
                "UPDATE", target("SUBSCRIBED_EVENTS"), old: old?.jsonList, new: subscriptions.jsonList)
        case .rotate: return AuditChange("UPDATE", target("SECRET"))
        case .delete:
            objects.webhooks[name] = nil
            return AuditChange("DELETE", target())
        }
    }

    private mutating func record(_ step: ObjectChange.LogStream, log: String) -> [AuditChange] {
        let target = targets.tailnet("LOGSTREAM_ENDPOINT")
        let old = destination(ofLog: log)?.json(log: log)
        switch step {
        case .create(let destination):
            objects.setDestination(ofLog: log, destination)
            return [AuditChange("CREATE", target, new: destination.json(log: log))]
        case .update(let destination):
            objects.setDestination(ofLog: log, destination)
            return [AuditChange("UPDATE", target, old: old, new: destination.json(log: log))]
        case .repoint(let destination):
            objects.setDestination(ofLog: log, destination)
            // Captured: another destination is a creation and a deletion in one group.
            return [
                AuditChange("CREATE", target, new: destination.json(log: log)),
                AuditChange("DELETE", target, old: old),
            ]
        case .delete:
            objects.setDestination(ofLog: log, nil)
            return [AuditChange("DELETE", target, old: old)]
        }
    }

    /// Invitations to a node carry the label that was typed; an accepted one makes a share.
    private mutating func record(_ step: ObjectChange.Share, share name: String) -> [AuditChange] {
        if case .create(let share) = step { objects.shares[name] = share }
        let label = objects.shares[name]?.label ?? name
        let invite = targets.object("INVITE", .key, name: name, title: label, "NODE_SHARE")
        let nodeName = (objects.shares[name]?.node).map { device($0).node.name } ?? label
        let target = targets.object("SHARE", .key, name: name, title: nodeName)
        switch step {
        case .create(let share): return [AuditChange("CREATE", invite, new: share.json)]
        case .resend: return [AuditChange("RESEND", invite)]
        case .accept:
            objects.shares[name]?.isAccepted = true
            return [AuditChange("ACCEPT", invite), AuditChange("CREATE", target)]
        case .update: return [AuditChange("UPDATE", target)]
        case .end:
            objects.shares[name] = nil
            return [AuditChange("DELETE", target)]
        case .cancel:
            objects.shares[name] = nil
            return [AuditChange("DELETE", invite)]
        }
    }

    private mutating func record(_ step: ObjectChange.Invite, invite name: String) -> [AuditChange] {
        if case .create(let invite) = step { objects.invites[name] = invite }
        let target = targets.object(
            "INVITE", .key, name: name, title: objects.invites[name]?.label ?? name, "TAILNET_INVITE")
        switch step {
        case .create(let invite): return [AuditChange("CREATE", target, new: invite.json)]
        case .resend: return [AuditChange("RESEND", target)]
        case .accept:
            objects.invites[name]?.isAccepted = true
            return [AuditChange("ACCEPT", target)]
        case .cancel:
            objects.invites[name] = nil
            return [AuditChange("DELETE", target)]
        }
    }

    /// A record that is spelled out.
    func record(_ change: LoggedChange) -> AuditChange {
        let parts = change.code.split(separator: ".", maxSplits: 2).map(String.init)
        let type = parts.first ?? ""
        let property = parts.count > 2 ? parts[2] : nil
        var target: AuditTarget
        if let node = change.node {
            target = targets.node(device(node).node, property)
            if type != "NODE" { (target.type, target.isEphemeral) = (type, false) }
        } else if let user = change.target {
            target = targets.user(users[user], property)
            target.type = type
        } else if change.name.isEmpty {
            target = targets.tailnet(property, type: type)
        } else {
            target = targets.object(type, .key, name: change.name, title: change.name, property)
        }
        return AuditChange(
            parts.count > 1 ? parts[1] : "", target, old: change.old, new: change.new, details: change.details,
            error: change.error)
    }
}
