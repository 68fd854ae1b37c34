import KeyedRandom
import SimTime

/// An event whose time is known.
struct WrittenEvent {
    var entry: ScenarioEntry
    var verb: EventVerb
    /// Names the event among all others, whatever the scenario's first instant.
    var key: String
    /// The time as written and a part of a second, which no person hits exactly.
    var time: Instant

    init(entry: ScenarioEntry, verb: EventVerb, nominal: Instant, start: Instant, root: RandomKey) {
        self.entry = entry
        self.verb = verb
        key = "\(verb.rawValue) \(WrittenEvent.object(entry)) @\((nominal - start).text)"
        let part = root.key("moment").key(key).draw(0, below: 1_000_000_000)
        time = nominal + .nanoseconds(Int64(part))
    }

    /// What the event is about, in words of the file.
    private static func object(_ entry: ScenarioEntry) -> String {
        let first = ["node", "user", "policy", "name", "setting", "contact", "log", "provider"].compactMap(entry.text)
            .first
        let rest = ["attribute", "event", "request"].compactMap(entry.text)
        let words = [first].compactMap { $0 } + rest
        return words.isEmpty ? entry.text("by") ?? "" : words.joined(separator: " ")
    }
}
