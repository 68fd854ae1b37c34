import Chance
import SimTime
import TailnetModel

extension Resolver {
    mutating func readAnomalies(_ entries: [Entry]) {
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
                let letter = isInjected ? "x" : "i"
                var next = letter
                repeat {
                    counts[letter, default: 0] += 1
                    next = "\(letter)\(counts[letter, default: 0])"
                } while given.contains(next)
                id = next
            }
            if !used.insert(id).inserted {
                problems.add("there are two anomalies with the id \"\(id)\"", at: entry.place("id"))
            }
            if let anomaly = anomaly(entry, id: id, isInjected: isInjected) { anomalies.append(anomaly) }
        }
        anomalies.sort { ($0.window.start, $0.id) < ($1.window.start, $1.id) }
    }

    private mutating func anomaly(_ entry: Entry, id: String, isInjected: Bool) -> Anomaly? {
        guard let kind = entry.choice("kind", AnomalyKind.self) else { return nil }
        for (key, owner) in AnomalyKind.keys where entry.has(key) && owner != kind {
            problems.add("\(kind.rawValue) takes no \"\(key)\"; it is for \(owner.rawValue)", at: entry.place(key))
        }
        let variant = entry.choice("variant", IncidentVariant.self) ?? .attack
        let duration = entry.span("duration") ?? .minutes(5)
        guard let moment = entry.moment("at"),
            let start = instant(moment, isInjected: isInjected, at: entry.place("at"))
        else { return nil }
        let window = TimeWindow(start: start, end: start + duration)
        if window.end > span.end {
            let place = entry.place(entry.has("duration") ? "duration" : "at")
            problems.add(
                "the anomaly ends at \(window.end.rfc3339), after the scenario's end at \(span.end.rfc3339)", at: place)
        }
        var anomaly = Anomaly(
            id: id, kind: kind, variant: variant, window: window, node: nil, oauthClient: nil, targets: [],
            count: kind.defaultCount(variant))
        switch kind {
        case .port22Spike:
            anomaly.count = entry.number("sessions") ?? anomaly.count
            anomaly.node = actingNode(entry, id: id, window: window)
            let known = problems.problems.count
            anomaly.targets = targets(entry, window: window).filter { $0 != anomaly.node }
            let isTold = entry.has("targets") && problems.problems.count > known
            if anomaly.node != nil, anomaly.targets.isEmpty, !isTold {
                problems.add("no node is there to be attacked; write targets", at: entry.place("targets"))
            }
        case .unauthorizedAPICalls:
            anomaly.count = entry.number("requests") ?? anomaly.count
            anomaly.oauthClient = actingClient(entry, id: id)
        }
        return anomaly
    }

    /// The node that the entry names, or an owned laptop drawn by the anomaly's name.
    ///
    /// Each candidate draws by its own name and the highest wins, so that a newcomer wins or changes nothing.
    private mutating func actingNode(_ entry: Entry, id: String, window: TimeWindow) -> Int? {
        if entry.has("node") {
            guard let name = entry.text("node"), let node = node(name, at: entry.place("node")) else { return nil }
            if !isConnected(node, window.start) {
                problems.add("\(name) is not connected when the anomaly begins", at: entry.place("node"))
            }
            return node
        }
        let key = numbering.root.key("anomaly").key(id).key("node")
        let candidates = nodes.indices.filter {
            nodes[$0].owner != nil && roles[$0] == .laptop && isConnected($0, window.start)
        }
        let drawn = candidates.max { key.key(nodes[$0].key).draw() < key.key(nodes[$1].key).draw() }
        if drawn == nil { problems.add("there is no owned laptop to draw; write node", at: entry.place) }
        return drawn
    }

    private mutating func targets(_ entry: Entry, window: TimeWindow) -> [Int] {
        if let selectors = entry.texts("targets") { return nodes(selectors) }
        return nodes.indices.filter {
            nodes[$0].owner == nil && roles[$0] == .server && isConnected($0, window.start)
        }
    }

    /// The client that the entry names, or one drawn by the anomaly's name.
    private mutating func actingClient(_ entry: Entry, id: String) -> Int? {
        if let name = entry.text("client") {
            if let index = oauthClients.firstIndex(where: { $0.key == name }) { return index }
            let hint = Suggestion.text(for: name, among: oauthClients.map(\.key))
            problems.add("there is no OAuth client \"\(name)\"\(hint)", at: entry.place("client"))
            return nil
        }
        let key = numbering.root.key("anomaly").key(id).key("client")
        let drawn = oauthClients.indices.max {
            key.key(oauthClients[$0].key).draw() < key.key(oauthClients[$1].key).draw()
        }
        if drawn == nil { problems.add("there is no OAuth client; add one under oauthClients", at: entry.place) }
        return drawn
    }

    private func isConnected(_ node: Int, _ instant: Instant) -> Bool {
        histories[node].map { $0.state(at: instant) == .connected } ?? true
    }
}

extension AnomalyKind {
    /// The keys that belong to one kind only.
    static let keys: [(key: String, kind: AnomalyKind)] = [
        ("node", .port22Spike), ("targets", .port22Spike), ("sessions", .port22Spike),
        ("client", .unauthorizedAPICalls), ("requests", .unauthorizedAPICalls),
    ]

    /// Sessions or requests unless the scenario says otherwise, on the right side of the usual thresholds.
    fileprivate func defaultCount(_ variant: IncidentVariant) -> Int {
        switch (self, variant) {
        case (.port22Spike, .attack): 120
        case (.port22Spike, .over): 24
        case (.port22Spike, _): 16
        case (.unauthorizedAPICalls, .attack): 40
        case (.unauthorizedAPICalls, .over): 6
        case (.unauthorizedAPICalls, _): 3
        }
    }
}
