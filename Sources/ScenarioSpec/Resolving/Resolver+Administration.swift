import SimTime
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
        var state = AdministrationState(settings: tailnet.settings, suffix: tailnet.dnsSuffix, users: users)
        for event in written {
            if event.verb == .join, let node = event.entry.text("node").flatMap({ nodeIndex[$0] }), node.count == 1 {
                histories[node[0]] = NodeHistory(joinsLater: true)
            }
            if event.verb == .createUser, let user = event.entry.text("user").flatMap({ userIndex[$0] }) {
                state.accounts[user] = UserHistory(isCreatedLater: true)
            }
        }
        if !state.accounts.isEmpty {
            for (index, node) in nodes.enumerated() where node.owner.map({ state.accounts[$0] != nil }) ?? false {
                guard let owner = node.owner, histories[index] == nil else { continue }
                let event = written.first { event in
                    event.verb == .createUser && event.entry.text("user").flatMap { userIndex[$0] } == owner
                }
                problems.add(
                    "\(node.key) is there before the account of its owner; let it join after that",
                    at: event?.entry.place ?? entry.place)
            }
        }
        var keys: Set<String> = []
        for event in written.sorted(by: { ($0.time, $0.key) < ($1.time, $1.key) }) {
            guard keys.insert(event.key).inserted else {
                problems.add("the same change stands twice at the same time", at: event.entry.place)
                continue
            }
            let actor = actor(event, state)
            guard let action = action(event, &state) else { continue }
            administration.events.append(
                AdminEvent(
                    key: event.key, time: event.time, user: actor.user, client: actor.client,
                    isByAPI: event.entry.text("via").map { $0 == "api" } ?? (actor.client != nil), action: action))
        }
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
    private mutating func actor(
        _ event: WrittenEvent, _ state: AdministrationState
    ) -> (user: Int?, client: Int?) {
        let entry = event.entry
        let node = entry.text("node").flatMap { nodeIndex[$0]?.first }
        guard let name = entry.text("by") else {
            switch event.verb.defaultActor {
            case .none, .service: return (nil, nil)
            case .user: return (entry.text("user").flatMap { userIndex[$0] }, nil)
            case .owner:
                guard let node else { return (nil, nil) }
                // A tagged node joins with an auth key; everything else takes a person.
                if nodes[node].owner == nil, event.verb != .join {
                    problems.add("the node has no owner who could do it; write by", at: entry.place)
                }
                return (nodes[node].owner, nil)
            }
        }
        if userIndex[name] == nil, let client = oauthClients.firstIndex(where: { $0.key == name }) {
            if !event.verb.isOpenToClients || entry.text("via") == "console" {
                problems.add("\(name) is an OAuth client and cannot do this; name a user", at: entry.place("by"))
            }
            return (nil, client)
        }
        guard let index = user(name, at: entry.place("by")) else { return (nil, nil) }
        let isOwn =
            node.map { nodes[$0].owner == index } ?? false
            || (event.verb == .createUser && entry.text("user").flatMap { userIndex[$0] } == index)
        let role = state.roles[index] ?? users[index].role
        if event.verb == .mintToken {
            problems.add("\(name) is no OAuth client, and only those mint tokens", at: entry.place("by"))
        } else if let reason = state.reasonAgainst(actor: index), !isOwn || event.verb != .createUser {
            problems.add("\(name) \(reason) by then and can do nothing", at: entry.place("by"))
        } else if let roles = event.verb.roles, !roles.contains(role), !isOwn {
            let names = roles.map(\.rawValue).joined(separator: ", ")
            problems.add(
                "\(name) is \(role.rawValue) and may not do this; only these roles may: \(names)",
                at: entry.place("by"))
        }
        return (index, nil)
    }
}
