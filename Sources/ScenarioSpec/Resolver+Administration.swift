import Chance
import SimTime
import TailnetModel

extension Resolver {
    mutating func readAdministration(_ entry: Entry) {
        administration.milliConsoleLoginsPerDay = entry.number("consoleLoginsPerDay") ?? 1_000
        administration.milliFailedRequestsPerDay = entry.number("failedRequestsPerDay") ?? 0
        var written: [Written] = []
        for entry in entry.sections("events") {
            guard let verb = entry.choice("do", EventVerb.self) else { continue }
            checkKeys(entry, verb)
            guard let moment = entry.moment("at"), let time = instant(moment, at: entry.place("at")) else { continue }
            written.append(Written(entry: entry, verb: verb, nominal: time, start: span.start, root: numbering.root))
        }
        // Joins first, so that every other change knows who is there from the beginning.
        for event in written where event.verb == .join {
            guard let node = event.entry.text("node").flatMap({ nodeIndex[$0] }), node.count == 1 else { continue }
            histories[node[0]] = NodeHistory(joinsLater: true)
        }
        var keys: Set<String> = []
        var liveKeys: Set<String> = []
        for event in written.sorted(by: { ($0.time, $0.object) < ($1.time, $1.object) }) {
            let key = event.key
            guard keys.insert(key).inserted else {
                problems.add("the same change stands twice at the same time", at: event.entry.place)
                continue
            }
            let actor = actor(event)
            guard let action = action(event, &liveKeys) else { continue }
            administration.events.append(AdminEvent(key: key, time: event.time, user: actor, action: action))
        }
    }

    /// An event whose time is known.
    private struct Written {
        var entry: Entry
        var verb: EventVerb
        /// Names the event among all others, whatever the scenario's first instant.
        var key: String
        /// The time as written and a part of a second, which no person hits exactly.
        var time: Instant

        init(entry: Entry, verb: EventVerb, nominal: Instant, start: Instant, root: ChanceKey) {
            self.entry = entry
            self.verb = verb
            let object = Written.object(entry)
            key = "\(verb.rawValue) \(object) @\((nominal - start).text)"
            let part = root.key("moment").key(key).draw(0, below: 1_000_000_000)
            time = nominal + .nanoseconds(Int64(part))
        }

        /// What the event is about; orders events of the same instant whatever their order in the file.
        var object: String { Written.object(entry) }

        private static func object(_ entry: Entry) -> String {
            entry.text("node") ?? entry.text("policy") ?? entry.text("name") ?? ""
        }
    }

    /// Tells of keys that the change needs and of those that mean nothing to it.
    private mutating func checkKeys(_ entry: Entry, _ verb: EventVerb) {
        let (needed, allowed) = verb.keys
        for key in needed where !entry.has(key) {
            problems.add("\(verb.rawValue) needs the key \"\(key)\"", at: entry.place)
        }
        for key in ["node", "policy", "name", "reusable", "ephemeral", "tags"] where entry.has(key) {
            if !needed.contains(key), !allowed.contains(key) {
                problems.add("\(verb.rawValue) takes no \"\(key)\"", at: entry.place(key))
            }
        }
    }

    /// The acting user; nil where the service acts.
    private mutating func actor(_ event: Written) -> Int? {
        let entry = event.entry
        guard let name = entry.text("by") else {
            // The service expires keys by itself; a node joins or authenticates in its owner's name.
            guard event.verb == .join || event.verb == .reauthenticate else { return nil }
            guard let index = entry.text("node").flatMap({ nodeIndex[$0]?.first }) else { return nil }
            if nodes[index].owner == nil, event.verb == .reauthenticate {
                problems.add("the node has no owner who could authenticate it; write by", at: entry.place)
            }
            return nodes[index].owner
        }
        guard let index = user(name, at: entry.place("by")) else { return nil }
        let role = users[index].role
        let node = entry.text("node").flatMap { nodeIndex[$0]?.first }
        let isOwn = node.map { nodes[$0].owner == index } ?? false
        if let roles = event.verb.roles, !roles.contains(role), !isOwn {
            let names = roles.map(\.rawValue).joined(separator: ", ")
            problems.add(
                "\(name) is \(role.rawValue) and may not do this; only these roles may: \(names)",
                at: entry.place("by"))
        }
        return index
    }

    private mutating func action(_ event: Written, _ liveKeys: inout Set<String>) -> AdminAction? {
        let entry = event.entry
        switch event.verb {
        case .join, .delete, .expireKey, .reauthenticate:
            return change(event)
        case .editPolicy:
            guard let file = entry.text("policy"),
                let (version, _) = readPolicy(file, at: entry.place("policy"))
            else { return nil }
            if version.text == policies.last?.text {
                problems.add("the policy file is the one in force already", at: entry.place("policy"))
            }
            policies.append(PolicyVersion(since: event.time, file: version.file, text: version.text))
            return .editPolicy(version: policies.count - 1)
        case .createAuthKey, .createAPIToken:
            guard let name = entry.text("name") else { return nil }
            if !liveKeys.insert(name).inserted {
                problems.add("there is a key named \"\(name)\" already", at: entry.place("name"))
            }
            if event.verb == .createAPIToken { return .createAPIToken(name: name) }
            let tags = Set((entry.texts("tags") ?? []).map(\.text)).sorted()
            return .createAuthKey(
                name: name, reusable: entry.flag("reusable") ?? false, ephemeral: entry.flag("ephemeral") ?? false,
                tags: tags)
        case .revokeKey:
            guard let name = entry.text("name") else { return nil }
            if liveKeys.remove(name) == nil {
                let hint = Suggestion.text(for: name, among: liveKeys.sorted())
                problems.add("no key named \"\(name)\" is there by then\(hint)", at: entry.place("name"))
            }
            return .revokeKey(name: name)
        }
    }

    /// A change of one node, if it is possible.
    private mutating func change(_ event: Written) -> AdminAction? {
        guard let name = event.entry.text("node"), let node = node(name, at: event.entry.place("node")) else {
            return nil
        }
        if event.verb == .expireKey, nodes[node].keyExpiryDisabled, !event.entry.has("by") {
            problems.add("the key of \(name) never expires by itself; write by", at: event.entry.place("node"))
        }
        var history = histories[node] ?? NodeHistory(joinsLater: false)
        if let reason = history.apply(event.verb, at: event.time) { problems.add(reason, at: event.entry.place) }
        histories[node] = history
        switch event.verb {
        case .join:
            nodes[node].created = event.time
            return .join(node: node)
        case .delete: return .delete(node: node)
        case .expireKey: return .expireKey(node: node)
        default: return .reauthenticate(node: node)
        }
    }
}

extension EventVerb {
    /// The keys that the change needs, and those that it may have beside `at`, `do` and `by`.
    fileprivate var keys: (needed: [String], allowed: [String]) {
        switch self {
        case .join, .expireKey, .reauthenticate: (["node"], [])
        case .delete: (["node", "by"], [])
        case .editPolicy: (["policy", "by"], [])
        case .createAuthKey: (["name", "by"], ["reusable", "ephemeral", "tags"])
        case .createAPIToken, .revokeKey: (["name", "by"], [])
        }
    }

    /// Who may do it to what is not their own; nil for everybody.
    fileprivate var roles: [UserRole]? {
        switch self {
        case .join, .reauthenticate: nil
        case .delete, .expireKey: [.owner, .admin, .itAdmin]
        case .editPolicy: [.owner, .admin, .networkAdmin]
        case .createAuthKey, .createAPIToken, .revokeKey: [.owner, .admin, .itAdmin, .networkAdmin]
        }
    }
}
