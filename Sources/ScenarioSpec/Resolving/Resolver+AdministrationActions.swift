import ByteText
import SimTime
import TailnetModel

extension Resolver {
    /// What the event does, if it is possible.
    mutating func action(_ event: WrittenEvent, _ state: inout AdministrationState) -> AdminAction? {
        let entry = event.entry
        if event.verb.keys.needed.contains("node"), event.verb != .shareNode { return nodeAction(event, &state) }
        if event.verb.keys.needed.contains("user") { return userAction(event, &state) }
        switch event.verb {
        case .enable, .disable:
            guard let setting = entry.choice("setting", TailnetSwitch.self) else { return nil }
            let isOn = event.verb == .enable
            if state.switches[setting] == isOn {
                problems.add("\(setting.rawValue) is \(isOn ? "on" : "off") already by then", at: entry.place)
            }
            let old = state.dnsConfiguration
            state.switches[setting] = isOn
            guard setting == .magicDNS else { return .turn(setting, isOn: isOn) }
            return .turn(setting, isOn: isOn, old: old, new: state.dnsConfiguration)
        case .editPolicy:
            guard let file = entry.text("policy"),
                let (version, _) = readPolicy(file, at: entry.place("policy"))
            else { return nil }
            if version.text == policies.last?.text {
                problems.add("the policy file is the one in force already", at: entry.place("policy"))
            }
            policies.append(PolicyVersion(since: event.time, file: version.file, text: version.text))
            return .editPolicy(version: policies.count - 1)
        case .editDNS, .renameTailnet, .setKeyDuration, .setContact, .verifyContact, .joinTailnet, .leaveTailnet:
            return tailnetAction(event, &state)
        case .pushGroup:
            var members: [Int] = []
            for (name, place) in entry.texts("members") ?? [] {
                if let user = user(name, at: place) { members.append(user) }
            }
            return entry.text("name").map { .pushGroup(name: $0, members: members) }
        case .createAuthKey, .createAPIToken, .createOAuthClient, .revokeKey:
            return keyAction(event, &state)
        case .mintToken:
            guard let name = entry.text("by") else { return nil }
            return oauthClients.firstIndex { $0.key == name }.map { .mintToken(client: $0) }
        case .consoleLogin, .consoleLogout: return .console(isLogin: event.verb == .consoleLogin)
        case .failRequest:
            let request = entry.text("request") ?? "POST /api/v2/tailnet/\(tailnet.organization)/acl"
            return .failRequest(request)
        case .log: return loggedAction(event)
        default: return objectAction(event, &state)
        }
    }

    private mutating func keyAction(_ event: WrittenEvent, _ state: inout AdministrationState) -> AdminAction? {
        let entry = event.entry
        guard let name = entry.text("name") else { return nil }
        if event.verb == .revokeKey {
            if state.liveKeys.remove(name) == nil {
                let hint = Suggestion.text(for: name, among: state.liveKeys.sorted())
                problems.add("no key named \"\(name)\" is there by then\(hint)", at: entry.place("name"))
            }
            return .revokeKey(name: name)
        }
        if !state.liveKeys.insert(name).inserted {
            problems.add("there is a key named \"\(name)\" already", at: entry.place("name"))
        }
        let lifetime = entry.span("lifetime") ?? .days(90)
        switch event.verb {
        case .createAPIToken: return .createAPIToken(name: name, lifetime: lifetime)
        case .createOAuthClient: return .createOAuthClient(name: name, scopes: entry.text("scopes") ?? "")
        default:
            return .createAuthKey(
                name: name, reusable: entry.flag("reusable") ?? false, ephemeral: entry.flag("ephemeral") ?? false,
                tags: tags(entry), lifetime: lifetime)
        }
    }

    private func tags(_ entry: ScenarioEntry) -> [String] {
        Set((entry.texts("tags") ?? []).map(\.text)).sorted()
    }

    private func routes(_ entry: ScenarioEntry) -> [IPPrefix] {
        Set((entry.texts("routes") ?? []).compactMap { IPPrefix($0.text) }).sorted()
    }

    /// A change of one node, if it is possible.
    private mutating func nodeAction(_ event: WrittenEvent, _ state: inout AdministrationState) -> AdminAction? {
        let entry = event.entry
        guard let name = entry.text("node"), let node = node(name, at: entry.place("node")) else { return nil }
        if event.verb == .expireKey, nodes[node].keyExpiryDisabled, !entry.has("by") {
            problems.add("the key of \(name) never expires by itself; write by", at: entry.place("node"))
        }
        var history = histories[node] ?? NodeHistory(joinsLater: false)
        if let reason = history.apply(event.verb, at: event.time) { problems.add(reason, at: entry.place) }
        histories[node] = history
        switch event.verb {
        case .join:
            nodes[node].created = event.time
            if let owner = nodes[node].owner, let reason = state.reasonAgainst(actor: owner) {
                problems.add("the owner of \(name) \(reason) by then, so it cannot join", at: entry.place)
            }
            if nodes[node].owner != nil, state.switches[.deviceApproval] == true { state.waitingNodes.insert(node) }
            return .join(node: node)
        case .delete: return .delete(node: node)
        case .expireKey: return .expireKey(node: node)
        case .reauthenticate: return .reauthenticate(node: node)
        case .approveNode:
            if state.waitingNodes.remove(node) == nil {
                problems.add("\(name) does not wait for approval by then", at: entry.place)
            }
        default: break
        }
        return nodeChange(entry, event.verb, node, &state).map { .changeNode($0, node: node) }
    }

    private mutating func nodeChange(
        _ entry: ScenarioEntry, _ verb: EventVerb, _ node: Int, _ state: inout AdministrationState
    ) -> NodeChange? {
        switch verb {
        case .approveNode: return .approve
        case .renameNode:
            guard let name = entry.text("to") else { return nil }
            // Host names of an earlier time stay taken: the service never gives them away again either.
            let given = numbering.hostName(name)
            if given != name {
                problems.add("there is a node with the host name \"\(name)\" already", at: entry.place("to"))
            }
            return .rename(given)
        case .setTags: return entry.has("tags") ? .setTags(tags(entry)) : nil
        case .setRoutes: return entry.has("routes") ? .setRoutes(routes(entry)) : nil
        case .autoApproveRoutes: return entry.has("routes") ? .autoApproveRoutes(routes(entry)) : nil
        case .enableExitNode, .disableExitNode: return .setExitNode(verb == .enableExitNode)
        case .enableKeyExpiry, .disableKeyExpiry: return .setKeyExpiry(verb == .enableKeyExpiry)
        case .extendKey: return entry.span("lifetime").map { .extendKey($0) }
        case .logOut: return .logOut
        case .sshCheck: return .checkIn
        case .signNode: return .sign
        case .setAttribute:
            guard let name = entry.text("attribute"), let value = json(entry, "value") else { return nil }
            let old = state.values.updateValue(value, forKey: "attribute \(node) \(name)")
            return .setAttribute(name: name, old: old, new: value)
        case .deleteAttribute:
            guard let name = entry.text("attribute") else { return nil }
            guard let old = state.values.removeValue(forKey: "attribute \(node) \(name)") else {
                problems.add("the node has no attribute \"\(name)\" by then", at: entry.place("attribute"))
                return nil
            }
            return .deleteAttribute(name: name, old: old)
        case .setPostureReporting: return entry.flag("on").map { .setPostureReporting($0) }
        case .disconnect: return entry.text("reason").map { .disconnect(reason: $0) }
        case .webLogin, .webLogout: return .webInterface(isLogin: verb == .webLogin)
        default: return nil
        }
    }

    /// A change of one account, if it is possible.
    private mutating func userAction(_ event: WrittenEvent, _ state: inout AdministrationState) -> AdminAction? {
        let entry = event.entry
        guard let name = entry.text("user"), let user = user(name, at: entry.place("user")) else { return nil }
        var account = state.accounts[user] ?? UserHistory(isCreatedLater: false)
        let needsApproval = state.switches[.userApproval] ?? false
        if let reason = account.apply(event.verb, needsApproval: needsApproval) {
            problems.add(reason, at: entry.place)
        }
        state.accounts[user] = account
        switch event.verb {
        case .inviteUser: return .changeUser(.invite, user: user)
        case .resendUserInvite: return .changeUser(.resendInvite, user: user)
        case .createUser:
            users[user].created = event.time
            return .changeUser(.create, user: user)
        case .approveUser: return .changeUser(.approve, user: user)
        case .changeRole:
            guard let role = entry.choice("role", UserRole.self) else { return nil }
            if state.roles[user] ?? users[user].role == role {
                problems.add("\(name) is \(role.rawValue) already by then", at: entry.place("role"))
            }
            state.roles[user] = role
            return .changeUser(.setRole(role), user: user)
        case .suspendUser: return .changeUser(.suspend, user: user)
        case .restoreUser: return .changeUser(.restore, user: user)
        case .deleteUser:
            for index in nodes.indices where nodes[index].owner == user {
                histories[index, default: NodeHistory(joinsLater: false)].deleteWithOwner(at: event.time)
            }
            return .changeUser(.delete, user: user)
        default: return .changeUser(.push, user: user)
        }
    }

    /// The value of a key as raw JSON; nil and a problem where it is none.
    mutating func json(_ entry: ScenarioEntry, _ key: String) -> String? {
        guard let text = entry.text(key) else { return nil }
        guard (try? JSONValue.parse(Array(text.utf8))) != nil else {
            problems.add(
                "\"\(text.prefix(60))\" is no JSON; texts need double quotes within single ones", at: entry.place(key))
            return nil
        }
        return text
    }
}
