import ByteText
import SimTime
import TailnetControl
import TailnetModel

extension Resolver {
    /// What the event does; nil and a problem where that cannot be made out.
    mutating func action(_ event: WrittenEvent) -> ControlAction? {
        let entry = event.entry
        if event.verb.keys.needed.contains("node"), event.verb != .shareNode { return nodeAction(event) }
        if event.verb.keys.needed.contains("user") { return userAction(event) }
        switch event.verb {
        case .enable, .disable:
            guard let setting = entry.choice("setting", TailnetSwitch.self) else { return nil }
            return .turn(setting, isOn: event.verb == .enable)
        case .editPolicy:
            guard let file = entry.text("policy"), let (version, _) = readPolicy(file, at: entry.place("policy")) else {
                return nil
            }
            return .setPolicy(version.text)
        case .editDNS, .renameTailnet, .setKeyDuration, .setContact, .verifyContact, .joinTailnet, .leaveTailnet:
            return tailnetAction(event)
        case .pushGroup:
            var members: [Int] = []
            for (name, place) in entry.texts("members") ?? [] {
                if let user = user(name, at: place) { members.append(user) }
            }
            return entry.text("name").map { .pushGroup(name: $0, members: members) }
        case .createAuthKey, .createAPIToken, .createOAuthClient, .revokeKey: return keyAction(entry, event.verb)
        case .mintToken: return entry.has("by") ? .mintToken : nil
        case .consoleLogin, .consoleLogout: return .console(isLogin: event.verb == .consoleLogin)
        case .failRequest:
            let request = entry.text("request") ?? "POST /api/v2/tailnet/\(tailnet.organization)/acl"
            return .failRequest(request)
        case .log: return loggedAction(event)
        default: return objectChange(event).map { .changeObject($0) }
        }
    }

    private func keyAction(_ entry: ScenarioEntry, _ verb: EventVerb) -> ControlAction? {
        guard let name = entry.text("name") else { return nil }
        let lifetime = entry.span("lifetime") ?? .days(90)
        switch verb {
        case .revokeKey: return .revokeKey(name: name)
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

    /// A change of one node.
    private mutating func nodeAction(_ event: WrittenEvent) -> ControlAction? {
        let entry = event.entry
        guard let name = entry.text("node"), let node = node(name, at: entry.place("node")) else { return nil }
        if event.verb == .expireKey, nodes[node].keyExpiryDisabled, !entry.has("by") {
            problems.add("the key of \(name) never expires by itself; write by", at: entry.place("node"))
        }
        switch event.verb {
        case .join: return .join(node: node)
        case .delete: return .delete(node: node)
        case .expireKey: return .expireKey(node: node)
        case .reauthenticate: return .reauthenticate(node: node)
        default: return nodeChange(entry, event.verb).map { .changeNode($0, node: node) }
        }
    }

    private mutating func nodeChange(_ entry: ScenarioEntry, _ verb: EventVerb) -> NodeChange? {
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
            return .setAttribute(name: name, value: value)
        case .deleteAttribute: return entry.text("attribute").map { .deleteAttribute(name: $0) }
        case .setPostureReporting: return entry.flag("on").map { .setPostureReporting($0) }
        case .disconnect: return entry.text("reason").map { .disconnect(reason: $0) }
        case .webLogin, .webLogout: return .webInterface(isLogin: verb == .webLogin)
        default: return nil
        }
    }

    /// A change of one account.
    private mutating func userAction(_ event: WrittenEvent) -> ControlAction? {
        let entry = event.entry
        guard let name = entry.text("user"), let user = user(name, at: entry.place("user")) else { return nil }
        let change: UserChange? =
            switch event.verb {
            case .inviteUser: .invite
            case .resendUserInvite: .resendInvite
            case .createUser: .create
            case .approveUser: .approve
            case .changeRole: entry.choice("role", UserRole.self).map { .setRole($0) }
            case .suspendUser: .suspend
            case .restoreUser: .restore
            case .deleteUser: .delete
            default: .push
            }
        return change.map { .changeUser($0, user: user) }
    }

    /// The value of a key as raw JSON; nil and a problem where it is none.
    mutating func json(_ entry: ScenarioEntry, _ key: String) -> String? {
        guard let text = entry.text(key) else { return nil }
        guard (try? JSONValue.parse(Array(text.utf8))) != nil else {
            problems.add(
                "\"\(text.prefix(60))\" is not JSON; put double quotes around a text, within single ones",
                at: entry.place(key))
            return nil
        }
        return text
    }
}
