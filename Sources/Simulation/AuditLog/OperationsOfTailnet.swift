import ByteText
import KeyedRandom
import ScenarioSpec
import SimTime
import TailnetModel

// What happens to the tailnet, its people and its objects, as the service logs it. Values that no capture or published
// example shows are unverified; the page of events lists them all.
extension ControlPlane {
    /// The group of an operation; nil where it leaves no record.
    func group(_ operation: Operation) -> AuditGroup? {
        switch operation {
        case .event(let index): return group(plan.administration.events[index])
        case .expiry(let index, let time):
            let event = plan.administration.events[index]
            guard let target = credential(of: event.action) else { return nil }
            return AuditGroup(
                key: root.key("expiry").key(event.key), time: time, origin: .control,
                actor: parties.system(AuditActorKind.worker.rawValue), changes: [AuditChange("EXPIRED", target)])
        case .approval(let node, let time):
            let key = root.key("approval").key(plan.nodes[node].key)
            guard let admin = admin(at: time, draw: key.draw(5)) else { return nil }
            return AuditGroup(
                key: key, time: time, origin: .adminConsole, actor: parties.user(admin),
                changes: [AuditChange("APPROVE", parties.node(node, at: time))])
        }
    }

    /// The group of an explicit change.
    func group(_ event: AdminEvent) -> AuditGroup {
        let key = root.key("event").key(event.key)
        let time = event.time
        let actor = actor(of: event)
        func group(_ origin: AuditOrigin, _ changes: [AuditChange]) -> AuditGroup {
            AuditGroup(key: key, time: time, origin: origin, actor: actor, changes: changes)
        }
        let admin = origin(of: event)
        switch event.action {
        case .join(let node):
            var joining = group(.node, joinChanges(node, at: time))
            if event.user == nil { joining.actor = joiner(ofNode: node, at: time) }
            return joining
        case .delete(let node): return group(admin, [AuditChange("DELETE", parties.node(node, at: time))])
        case .expireKey(let node):
            guard event.user != nil || event.client != nil else {
                return group(.control, [AuditChange("EXPIRED", parties.node(node, "KEY_EXPIRY_TIME", at: time))])
            }
            let old = control.keyExpiry(ofNode: node, at: time.nanoseconds, keyLife)
            let text = old.map { quoted(Instant(nanoseconds: $0)) } ?? ControlPlane.never
            let target = parties.node(node, "KEY_EXPIRY_TIME", at: time)
            return group(admin, [AuditChange("UPDATE", target, old: text, new: quoted(time))])
        case .reauthenticate(let node):
            let new = time + .days(control.days(at: time.nanoseconds))
            let old = lastExpiry(ofNode: node, before: time)
            return group(.node, renewalChanges(node, old: old, new: new.nanoseconds, at: time))
        case .changeNode(let change, let node): return self.group(event, change, node: node, key: key)
        case .changeUser(let change, let user):
            var result = group(admin, userChanges(change, user, at: time))
            if case .create = change { result.origin = .control }
            if case .push = change {
                result.origin = .identityProvider
                if event.user == nil { result.actor = parties.system(AuditActorKind.scim.rawValue) }
            }
            return result
        case .pushGroup(let name, let members):
            let target = parties.object("GROUP", .user, name: name, title: name, "ATTRIBUTES")
            let logins = list(members.map { plan.users[$0].login })
            var result = group(.identityProvider, [AuditChange("PUSH_GROUP", target, new: "{\"members\":\(logins)}")])
            if event.user == nil { result.actor = parties.system(AuditActorKind.scim.rawValue) }
            return result
        case .turn(let setting, let isOn, let old, let new):
            var changes = [AuditChange(isOn ? "ENABLE" : "DISABLE", parties.tailnet(setting.property))]
            if let new { changes.append(AuditChange("UPDATE", parties.tailnet("DNS_CONFIG"), old: old, new: new)) }
            return group(admin, changes)
        case .editPolicy(let version):
            let policies = plan.policies
            return group(
                admin,
                [
                    AuditChange(
                        "UPDATE", parties.tailnet("ACL"), old: policies[version - 1].text.jsonQuoted,
                        new: policies[version].text.jsonQuoted)
                ])
        case .renameTailnet(let suffix):
            let old = control.dnsSuffix(at: time.nanoseconds - 1).jsonQuoted
            return group(admin, [AuditChange("UPDATE", parties.tailnet("TCD"), old: old, new: suffix.jsonQuoted)])
        case .changeKeyDuration(let days):
            // Days as numbers: unverified.
            let old = control.days(at: time.nanoseconds - 1)
            return group(
                admin, [AuditChange("UPDATE", parties.tailnet("MAX_KEY_DURATION"), old: "\(old)", new: "\(days)")])
        case .changeTailnet(let property, let action, let old, let new):
            let target = parties.tailnet(property.isEmpty ? nil : property)
            return group(admin, [AuditChange(action, target, old: old, new: new)])
        case .createAuthKey, .createAPIToken, .createOAuthClient, .revokeKey:
            return group(admin, credentialChanges(event.action, at: time))
        case .mintToken(let client): return tokenMint(client: client, key: key, time: time)
        case .changeObject(let change):
            var result = group(admin, objectChanges(change, at: time))
            // Whoever accepts an invitation follows a link: the service acts on it.
            if change.step == .accept { result.origin = .control }
            return result
        case .console(let isLogin):
            return group(
                .adminConsole, [AuditChange(isLogin ? "LOGIN" : "LOGOUT", parties.tailnet(type: "ADMIN_CONSOLE"))])
        case .failRequest(let request): return group(.configAPI, [failedRequest(request)])
        case .log(let change): return logged(change, event, key: key)
        }
    }

    /// When the node's key expired that is renewed now: an explicit expiry, or what the calendar says.
    private func lastExpiry(ofNode node: Int, before time: Instant) -> Int64? {
        var last: AdminEvent?
        for event in plan.administration.events where event.time < time {
            switch event.action {
            case .expireKey(node), .changeNode(.logOut, node), .reauthenticate(node): last = event
            default: break
            }
        }
        switch last?.action {
        case .expireKey, .changeNode: return last?.time.nanoseconds
        default: return control.keyExpiry(ofNode: node, at: time.nanoseconds, keyLife)
        }
    }

    /// A deleted user's nodes go first, each with a record; their keys leave none.
    private func userChanges(_ change: UserChange, _ user: Int, at time: Instant) -> [AuditChange] {
        let target = parties.userTarget(user)
        switch change {
        case .invite: return [AuditChange("INVITE", target)]
        case .resendInvite: return [AuditChange("RESEND", parties.userTarget(user, "TAILNET_INVITE"))]
        case .create: return [AuditChange("CREATE", target)]
        case .approve: return [AuditChange("APPROVE", target)]
        case .setRole(let role):
            // Role names as the API has them: unverified.
            let old = control.role(ofUser: user, at: time.nanoseconds - 1)
            return [
                AuditChange(
                    "UPDATE", parties.userTarget(user, "USER_ROLE"), old: old.rawValue.jsonQuoted,
                    new: role.rawValue.jsonQuoted)
            ]
        case .suspend: return [AuditChange("SUSPEND", target)]
        case .restore: return [AuditChange("RESTORE", target)]
        case .delete:
            let nodes = plan.nodes.indices.filter { index in
                let before = time.nanoseconds - 1
                guard control.node(index, at: before).owner == user else { return false }
                return isKnown(node: index, at: before)
            }
            return nodes.map { AuditChange("DELETE", parties.node($0, at: time)) } + [AuditChange("DELETE", target)]
        case .push:
            let facts = plan.users[user]
            let value = "{\"userName\":\(facts.login.jsonQuoted),\"displayName\":\(facts.displayName.jsonQuoted)}"
            return [AuditChange("PUSH_USER", parties.userTarget(user, "ATTRIBUTES"), new: value)]
        }
    }

    /// Whether the tailnet lists the node at an instant, connected or not.
    private func isKnown(node: Int, at instant: Int64) -> Bool {
        let facts = plan.nodes[node]
        if facts.created.nanoseconds > instant { return false }
        if let removed = facts.removed, removed.nanoseconds <= instant { return false }
        return !plan.administration.events.contains {
            $0.time.nanoseconds <= instant && $0.action == .delete(node: node)
        }
    }

    /// Credentials as captured: auth keys with Go's dates; the members of API tokens differ between captures.
    private func credentialChanges(_ action: AdminAction, at time: Instant) -> [AuditChange] {
        switch action {
        case .createAuthKey(let name, let reusable, let ephemeral, let tags, let lifetime):
            var capabilities = [reusable ? "NODE_AUTH" : "ONE_OFF_NODE_AUTH"]
            if ephemeral { capabilities.append("EPHEMERAL") }
            let value =
                "{\"expires\":\(goText(time + lifetime).jsonQuoted),\"capabilities\":\(list(capabilities))"
                + ",\"domainLevel\":true" + (tags.isEmpty ? "" : ",\"authTags\":\(list(tags))")
                + ",\"description\":\(name.jsonQuoted)}"
            return [AuditChange("CREATE", parties.credential(name, title: "Auth key"), new: value)]
        case .createAPIToken(let name, let lifetime):
            let value = "{\"expires\":\(goText(time + lifetime).jsonQuoted),\"description\":\(name.jsonQuoted)}"
            return [AuditChange("CREATE", parties.credential(name, title: "API access token"), new: value)]
        case .createOAuthClient(let name, let scopes):
            // Both the title and the details are unverified; details are those of a minted token.
            return [
                AuditChange(
                    "CREATE", parties.credential(name, title: "OAuth client"),
                    new: "{\"description\":\(name.jsonQuoted)}", details: "scopes - " + scopes)
            ]
        default:
            guard let target = credential(of: action) else { return [] }
            return [AuditChange("REVOKE", target)]
        }
    }

    /// The target of a credential's records.
    private func credential(of action: AdminAction) -> AuditTarget? {
        switch action {
        case .createAuthKey(let name, _, _, _, _): return parties.credential(name, title: "Auth key")
        case .createAPIToken(let name, _): return parties.credential(name, title: "API access token")
        case .createOAuthClient(let name, _): return parties.credential(name, title: "OAuth client")
        case .revokeKey(let name):
            for event in plan.administration.events {
                switch event.action {
                case .createAuthKey(name, _, _, _, _), .createAPIToken(name, _), .createOAuthClient(name, _):
                    return credential(of: event.action)
                default: break
                }
            }
            return nil
        default: return nil
        }
    }
}
