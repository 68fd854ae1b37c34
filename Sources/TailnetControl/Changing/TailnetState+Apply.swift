import ByteText
public import KeyedRandom
public import SimTime
import TailnetModel

extension TailnetState {
    /// Makes a change, or refuses it and leaves everything as it was.
    ///
    /// - Parameters:
    ///   - key: The change's identity, which draws the IDs that it gives.
    /// - Returns: What the audit log says, record by record.
    /// - Throws: Why the actor may not do it, or why it is impossible now.
    public mutating func apply(
        _ action: ControlAction, by actor: ControlActor, at time: Instant, key: RandomKey
    ) throws(Refusal) -> [AuditChange] {
        try authorize(action, by: actor)
        try check(action)
        return record(action, by: actor, at: time, key: key)
    }

    /// Refuses a change that the tailnet as it is now does not allow, whoever makes it.
    public func check(_ action: ControlAction) throws(Refusal) {
        if let refusal = refusal(of: action) { throw refusal }
    }

    private func refusal(of action: ControlAction) -> Refusal? {
        switch action {
        case .join(let node), .delete(let node), .expireKey(let node), .reauthenticate(let node),
            .changeNode(_, let node):
            return refusal(of: action, node: node)
        case .changeUser(let change, let user): return refusal(of: change, user: user)
        case .turn(let setting, let isOn):
            return self.isOn(setting) == isOn
                ? Refusal(.conflict, "\(setting.rawValue) is \(isOn ? "on" : "off") already") : nil
        case .setPolicy(let text):
            return text == objects.policy
                ? Refusal(.conflict, at: .policy, "the policy file is the one in force already", isOfThatTime: false)
                : nil
        case .renameTailnet(let suffix):
            return suffix == dnsSuffix
                ? Refusal(.conflict, at: .newName, "the tailnet has that name already", isOfThatTime: false) : nil
        case .changeKeyDuration(let days):
            return days == keyDays.last?.days
                ? Refusal(.conflict, at: .keyDays, "keys last \(days) days already", isOfThatTime: false) : nil
        case .createAuthKey(let name, _, _, _, _), .createAPIToken(let name, _), .createOAuthClient(let name, _):
            return credentials[name] == nil
                ? nil : Refusal(.conflict, at: .name, "there is a key named \"\(name)\" already", isOfThatTime: false)
        case .revokeKey(let name):
            guard credentials[name] == nil else { return nil }
            return Refusal(
                .notFound, at: .name, "no key named \"\(name)\" is there",
                unknown: Refusal.UnknownName(name: name, known: credentials.keys.sorted()))
        case .changeObject(let change): return refusal(of: change)
        case .setDNS, .setContact, .verifyContact, .joinTailnet, .leaveTailnet, .pushGroup, .mintToken, .console,
            .failRequest, .log:
            return nil
        }
    }

    /// Makes a change that is known to have happened, whatever the state says of it.
    ///
    /// The story of an incident begins with what the tailnet is not known to have: it deletes a webhook of which nobody
    /// told. For such a change the state is no judge, only the memory.
    ///
    /// - Returns: What the audit log says, record by record.
    public mutating func record(
        _ action: ControlAction, by actor: ControlActor, at time: Instant, key: RandomKey
    ) -> [AuditChange] {
        switch action {
        case .join(let node): return recordJoin(node, at: time)
        case .delete(let node):
            let target = targets.node(device(node).node)
            cutOff(node, .deleted, at: time)
            return [AuditChange("DELETE", target)]
        case .expireKey(let node): return recordExpiry(node, by: actor, at: time)
        case .reauthenticate(let node): return recordRenewal(node, at: time)
        case .changeNode(let change, let node): return record(change, node: node, by: actor, at: time)
        case .changeUser(let change, let user): return record(change, user: user, at: time)
        case .pushGroup(let name, let members):
            let target = targets.object("GROUP", .user, name: name, title: name, "ATTRIBUTES")
            let value = JSONWriter.object { $0.member("members", members.map { users[$0].login }) }
            return [AuditChange("PUSH_GROUP", target, new: value)]
        case .createAuthKey, .createAPIToken, .createOAuthClient, .revokeKey:
            return recordCredential(action, at: time)
        case .mintToken:
            guard case .client(let client) = actor else { return [] }
            return [.token(ofScopes: clients[client].scopes, key: key)]
        case .changeObject(let change): return record(change)
        case .console(let isLogin):
            return [AuditChange(isLogin ? "LOGIN" : "LOGOUT", targets.tailnet(type: "ADMIN_CONSOLE"))]
        case .failRequest(let request): return [.failedRequest(request, targets)]
        case .log(let change): return [record(change)]
        default: return recordSetting(action, at: time)
        }
    }
}
