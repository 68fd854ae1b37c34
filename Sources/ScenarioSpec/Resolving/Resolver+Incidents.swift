import ByteText
import Truth
import IncidentCatalog
import KeyedRandom
import SimTime
import TailnetControl
import TailnetModel

extension Resolver {
    mutating func readIncidents(_ entries: [ScenarioEntry]) {
        var written = entries.map { (entry: $0, isInjected: false) }
        for injection in overrides.injections {
            written.append((injection.entry, true))
        }
        let given = Set(written.compactMap { $0.entry.text("id") })
        var used: Set<String> = []
        var counts = ["i": 0, "x": 0]
        for (entry, isInjected) in written {
            let id: String
            if let name = entry.text("id") {
                id = name
            } else {
                let ref = isInjected ? "x" : "i"
                var next = ref
                repeat {
                    counts[ref, default: 0] += 1
                    next = "\(ref)\(counts[ref, default: 0])"
                } while given.contains(next)
                id = next
            }
            if !used.insert(id).inserted {
                problems.add("there are two incidents with the id \"\(id)\"", at: entry.place("id"))
            }
            guard incidents.count < ScenarioLimits.incidents else {
                problems.add(
                    "with this incident there are more than \(ScenarioLimits.incidents), the limit", at: entry.place)
                break
            }
            if let incident = incident(entry, id: id, isInjected: isInjected) {
                incidents.append(incident)
                places.incidents[id] = entry.place
            }
        }
        incidents.sort { ($0.window.start, $0.id) < ($1.window.start, $1.id) }
    }

    private mutating func incident(_ entry: ScenarioEntry, id: String, isInjected: Bool) -> PlannedIncident? {
        guard let kind = entry.text("kind").flatMap({ IncidentKinds.kind($0) }) else { return nil }
        let variant = entry.choice("variant", IncidentVariant.self) ?? .attack
        let duration = entry.span("duration") ?? .seconds(Int64(kind.seconds))
        guard let moment = entry.moment("at"),
            let start = instant(moment, isInjected: isInjected, at: entry.place("at"))
        else { return nil }
        let window = TimeWindow(start: start, end: start + duration)
        if window.end > span.end {
            let place = entry.place(entry.has("duration") ? "duration" : "at")
            problems.add(
                "the incident ends at \(window.end.rfc3339), after the scenario's end at \(span.end.rfc3339)", at: place
            )
        }
        checkKeys(entry, kind)
        var incident = PlannedIncident(id: id, kind: kind, variant: variant, window: window)
        for (index, parameter) in kind.parameters.enumerated() {
            let key = parameter.key.rawValue
            if parameter.key.isSpan {
                if let span = entry.span(key) { incident.values[index] = span.nanoseconds }
            } else if let number = entry.number(key) {
                incident.values[index] = Int64(number)
            }
        }
        findCast(entry, &incident)
        return incident
    }

    /// Tells which of the written keys the kind does not take.
    private mutating func checkKeys(_ entry: ScenarioEntry, _ kind: IncidentKind) {
        var taken = kind.parameters.map(\.key.rawValue)
        if kind.cast.node != nil { taken.append("node") }
        if kind.cast.user != nil { taken.append("user") }
        if kind.cast.client { taken.append("client") }
        if kind.cast.targets != nil { taken.append("targets") }
        let all = IncidentParameter.Key.allCases.map(\.rawValue) + ["node", "user", "client", "targets"]
        for key in all where entry.has(key) && !taken.contains(key) {
            let rest = taken.isEmpty ? "it takes no parameters" : "it takes \(taken.joined(separator: ", "))"
            problems.add("\(kind.name) takes no \"\(key)\"; \(rest)", at: entry.place(key))
        }
    }

    /// Finds who acts and who suffers: named, or drawn by the incident's name.
    ///
    /// Each candidate draws by its own name and the highest wins, so that a newcomer wins or changes nothing.
    private mutating func findCast(_ entry: ScenarioEntry, _ incident: inout PlannedIncident) {
        let cast = incident.kind.cast
        let key = numbering.root.key("anomaly").key(incident.id)
        if let need = cast.node { incident.node = actingNode(need, entry, key, incident.window) }
        if let need = cast.user { incident.user = actingUser(need, entry, key, incident.window) }
        if cast.client { incident.oauthClient = actingClient(entry, key) }
        if let need = cast.targets {
            let known = problems.problems.count
            let found = entry.texts("targets").map { nodes($0) } ?? targets(need, incident.window)
            incident.targets = found.filter { $0 != incident.node }
            let isTold = entry.has("targets") && problems.problems.count > known
            if cast.node == nil || incident.node != nil, incident.targets.isEmpty, !isTold {
                problems.add("there is no node to attack; write targets", at: entry.place("targets"))
            }
        }
        if cast.exit {
            incident.exit = drawnNode(key.key("exit")) { resolver, node in
                resolver.nodes[node].approvedRoutes.contains(where: \.isDefaultRoute)
                    && resolver.isConnected(node, incident.window.start)
            }
            if incident.exit == nil {
                problems.add(
                    "\(incident.kind.name) needs an exit node; give a node advertisedRoutes: [0.0.0.0/0, \"::/0\"]",
                    at: entry.place)
            }
        }
        if cast.locked, !tailnet.settings.tailnetLockOn {
            problems.add(
                "\(incident.kind.name) needs tailnet lock; write settings: {tailnetLockOn: true} under tailnet",
                at: entry.place)
        }
        if let need = cast.ownHosts { addHosts(need, entry, &incident) }
        if let need = cast.ownNodes { addNodes(need, entry, &incident) }
    }

    /// The node that the entry names, or one drawn.
    private mutating func actingNode(
        _ need: IncidentKind.Cast.NodeNeed, _ entry: ScenarioEntry, _ key: RandomKey, _ window: TimeWindow
    ) -> Int? {
        if entry.has("node") {
            guard let name = entry.text("node"), let node = node(name, at: entry.place("node")) else { return nil }
            if !isConnected(node, window.start) {
                problems.add("\(name) is not connected when the incident begins", at: entry.place("node"))
            }
            if let lack = need.lack(nodes[node]) { problems.add("\(name) \(lack)", at: entry.place("node")) }
            return node
        }
        let drawn = drawnNode(key.key("node")) { resolver, node in
            need.lack(resolver.nodes[node]) == nil && need.isUsual(resolver.nodes[node], resolver.roles[node])
                && resolver.isConnected(node, window.start)
        }
        if drawn == nil { problems.add("there is no \(need.words) to draw from; write node", at: entry.place) }
        return drawn
    }

    /// Nodes that only another incident knows are not drawn: they may never connect, and come and go with it.
    private func drawnNode(_ key: RandomKey, where isFit: (Resolver, Int) -> Bool) -> Int? {
        nodes.indices.prefix(ordinaryNodeCount).filter { isFit(self, $0) }.max {
            key.key(nodes[$0].key).draw() < key.key(nodes[$1].key).draw()
        }
    }

    /// The user that the entry names, or one drawn.
    private mutating func actingUser(
        _ need: IncidentKind.Cast.UserNeed, _ entry: ScenarioEntry, _ key: RandomKey, _ window: TimeWindow
    ) -> Int? {
        if let name = entry.text("user") { return user(name, at: entry.place("user")) }
        let admins: [UserRole] = [.owner, .admin]
        let candidates = users.indices.filter { index in
            users[index].created < window.start && (need == .admin) == admins.contains(users[index].role)
                && (need == .admin || users[index].role == .member)
        }
        let own = key.key("user")
        let drawn = candidates.max { own.key(users[$0].key).draw() < own.key(users[$1].key).draw() }
        if drawn == nil {
            problems.add("there is no \(need == .admin ? "admin" : "member") to draw from; write user", at: entry.place)
        }
        return drawn
    }

    private func targets(_ need: IncidentKind.Cast.TargetNeed, _ window: TimeWindow) -> [Int] {
        nodes.indices.prefix(ordinaryNodeCount).filter { index in
            switch need {
            case .servers:
                nodes[index].owner == nil && nodes[index].sharer == nil && !nodes[index].isEphemeral
                    && roles[index] == .server && isConnected(index, window.start)
            case .laptops: nodes[index].owner != nil && roles[index] == .laptop && isConnected(index, window.start)
            }
        }
    }

    /// The client that the entry names, or one drawn by the incident's name.
    private mutating func actingClient(_ entry: ScenarioEntry, _ key: RandomKey) -> Int? {
        if let name = entry.text("client") {
            if let index = oauthClients.firstIndex(where: { $0.key == name }) { return index }
            let hint = Suggestion.text(for: name, among: oauthClients.map(\.key))
            problems.add("there is no OAuth client \"\(name)\"\(hint)", at: entry.place("client"))
            return nil
        }
        let own = key.key("client")
        let drawn = oauthClients.indices.max {
            own.key(oauthClients[$0].key).draw() < own.key(oauthClients[$1].key).draw()
        }
        if drawn == nil { problems.add("there is no OAuth client; add one under oauthClients", at: entry.place) }
        return drawn
    }

    private func isConnected(_ node: Int, _ instant: Instant) -> Bool {
        let life = nodes[node]
        if life.created > instant { return false }
        if let removed = life.removed, removed <= instant { return false }
        return history.map { $0.membership(ofNode: node, at: instant) == .connected } ?? true
    }
}

extension IncidentKind.Cast.NodeNeed {
    /// What keeps a node from acting; nil where nothing does.
    fileprivate func lack(_ node: Node) -> String? {
        if node.sharer != nil { return "belongs to another tailnet" }
        switch self {
        case .laptop, .server: return nil
        case .router:
            return node.approvedRoutes.contains { !$0.isDefaultRoute } ? nil : "is not a subnet router"
        case .exitNode: return node.approvedRoutes.contains(where: \.isDefaultRoute) ? nil : "is not an exit node"
        }
    }

    /// Whether a node is drawn where none is named.
    fileprivate func isUsual(_ node: Node, _ role: NodeRole) -> Bool {
        switch self {
        case .laptop: node.owner != nil && role == .laptop
        case .server: node.owner == nil && role == .server && !node.isEphemeral
        case .router, .exitNode: true
        }
    }

    fileprivate var words: String {
        switch self {
        case .laptop: "owned laptop"
        case .server: "tagged server"
        case .router: "subnet router"
        case .exitNode: "exit node"
        }
    }
}
