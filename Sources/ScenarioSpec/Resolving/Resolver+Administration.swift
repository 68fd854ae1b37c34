import ByteText
import SimTime
import TailnetControl
import TailnetModel

extension Resolver {
    mutating func readAdministration(_ entry: ScenarioEntry) {
        administration.milliConsoleLoginsPerDay = entry.number("consoleLoginsPerDay") ?? 1_000
        administration.milliFailedRequestsPerDay = entry.number("failedRequestsPerDay") ?? 0
        administration.milliSSHChecksPerDay = entry.number("sshChecksPerDay") ?? 0
        administration.milliWebLoginsPerDay = entry.number("webLoginsPerDay") ?? 0
        administration.milliAttributeUpdatesPerDay = entry.number("attributeUpdatesPerDay") ?? 0
        administration.renewsKeys = entry.flag("renewsKeys") ?? true
        var written: [WrittenEvent] = []
        for entry in entry.sections("events") {
            guard let verb = entry.choice("do", EventVerb.self) else { continue }
            checkKeys(entry, verb)
            guard let moment = entry.moment("at"), let time = instant(moment, at: entry.place("at")) else { continue }
            written.append(
                WrittenEvent(entry: entry, verb: verb, nominal: time, start: span.start, root: numbering.root))
        }
        // Joins and new accounts first, so that every other change knows who is there from the beginning.
        let joins = written.compactMap { event -> ControlAction? in
            guard event.verb == .join, let node = event.entry.text("node").flatMap({ nodeIndex[$0] }) else {
                return nil
            }
            return node.count == 1 ? .join(node: node[0]) : nil
        }
        let creations = written.compactMap { event -> ControlAction? in
            guard event.verb == .createUser else { return nil }
            return event.entry.text("user").flatMap { userIndex[$0] }.map { .changeUser(.create, user: $0) }
        }
        checkOwners(joining: Set(joins.compactMap(\.node)), written)
        var history = TailnetHistory(
            TailnetState(
                tailnet: tailnet, nodes: nodes, users: users, clients: oauthClients, policy: policies.first?.text ?? "",
                root: numbering.root, awaiting: joins + creations))
        var keys: Set<String> = []
        for event in written.sorted(by: { ($0.time, $0.key) < ($1.time, $1.key) }) {
            guard keys.insert(event.key).inserted else {
                problems.add("the same change is given twice at the same time", at: event.entry.place)
                continue
            }
            let (user, client) = actor(event)
            guard let action = action(event) else { continue }
            let made = AdminEvent(
                key: event.key, time: event.time, user: user, client: client,
                isByAPI: event.entry.text("via").map { $0 == "api" } ?? (client != nil), action: action)
            make(made, event.entry, &history)
            administration.events.append(made)
        }
        self.history = history
    }

    /// Tells of nodes that are there before the account of their owner.
    private mutating func checkOwners(joining: Set<Int>, _ written: [WrittenEvent]) {
        var creations: [Int: SourceLocation] = [:]
        for event in written where event.verb == .createUser {
            guard let user = event.entry.text("user").flatMap({ userIndex[$0] }), creations[user] == nil else {
                continue
            }
            creations[user] = event.entry.place
        }
        guard !creations.isEmpty else { return }
        for (index, node) in nodes.enumerated() where !joining.contains(index) {
            guard let owner = node.owner, let place = creations[owner] else { continue }
            problems.add("\(node.key) exists before its owner's account; let it join later", at: place)
        }
    }

    /// Makes a change, if it is possible by then; a refusal becomes a problem.
    private mutating func make(_ event: AdminEvent, _ entry: ScenarioEntry, _ history: inout TailnetHistory) {
        // Whoever acts without being named may: the owner of a node, the person whose account it is.
        let actor = entry.has("by") ? event.actor : .service
        do { try history.state.authorize(event.action, by: actor) } catch { add(error, entry) }
        // What an actor may not do is done all the same, so that one mistake is one problem.
        do {
            try history.state.check(event.action)
            history.record(event.action, by: event.actor, at: event.time, key: event.identity(numbering.root))
        } catch { add(error, entry) }
        switch event.action {
        case .join(let node): nodes[node].created = event.time
        case .changeUser(.create, let user): users[user].created = event.time
        case .setPolicy(let text):
            policies.append(PolicyVersion(since: event.time, file: entry.text("policy") ?? "", text: text))
        default: break
        }
    }

    /// Tells of a refusal at the value that is wrong.
    private mutating func add(_ refusal: Refusal, _ entry: ScenarioEntry) {
        let place =
            switch refusal.field {
            case .actor: entry.place("by")
            case .newName: entry.place("to")
            case .role: entry.place("role")
            case .keyDays: entry.place("days")
            case .policy: entry.place("policy")
            case .name: entry.place("name")
            case .attribute: entry.place("attribute")
            case nil: entry.place
            }
        let hint = refusal.unknown.map { Suggestion.text(for: $0.name, among: $0.known) } ?? ""
        problems.add(refusal.textOfThatTime + hint, at: place)
    }

    /// Tells of keys that the change needs and of those that mean nothing to it.
    private mutating func checkKeys(_ entry: ScenarioEntry, _ verb: EventVerb) {
        let (needed, allowed) = verb.keys
        let needsActor = verb.defaultActor == .none
        for key in needed + (needsActor ? ["by"] : []) where !entry.has(key) {
            // A value that was wrong has been told of already.
            if problems.problems.contains(where: { $0.path == "\(entry.place.path).\(key)" }) { continue }
            problems.add("\(verb.rawValue) needs the key \"\(key)\"", at: entry.place)
        }
        let known = Set(needed + allowed + ["at", "do", "by", "via"])
        for key in ScenarioSections.event.fields.map(\.key) where entry.has(key) && !known.contains(key) {
            problems.add("\(verb.rawValue) takes no \"\(key)\"", at: entry.place(key))
        }
    }

    /// The acting user or OAuth client; neither where the service acts.
    private mutating func actor(_ event: WrittenEvent) -> (user: Int?, client: Int?) {
        let entry = event.entry
        guard let name = entry.text("by") else {
            switch event.verb.defaultActor {
            case .none, .service: return (nil, nil)
            case .user: return (entry.text("user").flatMap { userIndex[$0] }, nil)
            case .owner:
                guard let node = entry.text("node").flatMap({ nodeIndex[$0]?.first }) else { return (nil, nil) }
                // A tagged node joins with an auth key; everything else takes a person.
                if nodes[node].owner == nil, event.verb != .join {
                    problems.add("the node has no owner who could do it; write by", at: entry.place)
                }
                return (nodes[node].owner, nil)
            }
        }
        if userIndex[name] == nil, let client = oauthClients.firstIndex(where: { $0.key == name }) {
            if entry.text("via") == "console" {
                problems.add("\(name) is an OAuth client and cannot do this; name a user", at: entry.place("by"))
                return (nil, nil)
            }
            return (nil, client)
        }
        return (user(name, at: entry.place("by")), nil)
    }
}
