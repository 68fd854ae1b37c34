public import SimTime

/// One alert of a detector.
public struct Alert: Sendable, Hashable {
    /// Simulated time: the event time of the record that set the alert off.
    public var time: Instant
    /// The rule's id, as the detector names it.
    public var rule: String
    /// Whom the alert is about: node ids, names, addresses, logins, in any mixture.
    public var entities: [String]
    /// How sure the detector is, in its own measure.
    public var score: Double?

    /// Makes an alert.
    public init(time: Instant, rule: String, entities: [String], score: Double? = nil) {
        self.time = time
        self.rule = rule
        self.entities = entities
        self.score = score
    }

    /// The canonical order: time, rule, entities, score.
    ///
    /// Two alerts that it does not tell apart are the same.
    static func precedes(_ left: Alert, _ right: Alert) -> Bool {
        if left.time != right.time { return left.time < right.time }
        if left.rule != right.rule { return left.rule < right.rule }
        if left.entities != right.entities { return left.entities.lexicographicallyPrecedes(right.entities) }
        return (left.score ?? -.infinity) < (right.score ?? -.infinity)
    }

    /// Alerts in canonical order.
    ///
    /// Sorts small keys: a million alerts moved about would take seconds.
    package static func sorted(_ alerts: [Alert]) -> [Alert] {
        var keys = alerts.indices.map { (time: alerts[$0].time.nanoseconds, number: $0) }
        keys.sort { $0.time < $1.time }
        var start = 0
        while start < keys.count {
            var end = start + 1
            while end < keys.count, keys[end].time == keys[start].time { end += 1 }
            if end - start > 1 { keys[start..<end].sort { precedes(alerts[$0.number], alerts[$1.number]) } }
            start = end
        }
        return keys.map { alerts[$0.number] }
    }
}
