public import Scoring
public import SimTime

/// Something that a detection counts: a source did one thing at one time.
public struct Sighting: Sendable, Hashable {
    /// Event time.
    public var time: Instant
    /// Whose sightings are counted together.
    public var source: String
    /// What tells one thing from another; what is seen again does not count again.
    public var item: String
    /// Whom an alert set off by this sighting is about.
    public var entities: [String]

    /// Makes a sighting.
    public init(time: Instant, source: String, item: String, entities: [String]) {
        self.time = time
        self.source = source
        self.item = item
        self.entities = entities
    }

    /// The canonical order; two sightings that it does not tell apart are the same.
    static func precedes(_ left: Sighting, _ right: Sighting) -> Bool {
        if left.time != right.time { return left.time < right.time }
        if left.source != right.source { return left.source < right.source }
        if left.item != right.item { return left.item < right.item }
        return left.entities.lexicographicallyPrecedes(right.entities)
    }
}

/// What a spike detection looks for.
public struct SpikeOptions: Sendable, Hashable {
    /// The rule id of the alerts.
    public var rule: String
    /// How many new things within the window set off an alert.
    public var limit: Int
    /// How far back new things are counted.
    public var window: TimeSpan
    /// How long a source has no second alert.
    public var pause: TimeSpan
    /// How long a thing that is not seen stays known; after that it is new again.
    public var memory: TimeSpan
    /// How far behind the newest time of its log a record may arrive.
    ///
    /// Must cover the longest delay of a record (15 minutes) and how far connections that race each other drift apart.
    public var lateness: TimeSpan

    /// Makes options.
    public init(
        rule: String, limit: Int, window: TimeSpan, pause: TimeSpan = .minutes(15), memory: TimeSpan = .hours(1),
        lateness: TimeSpan = .minutes(30)
    ) {
        self.rule = rule
        self.limit = limit
        self.window = window
        self.pause = pause
        self.memory = memory
        self.lateness = lateness
    }

    /// More than 20 new sessions of one node to port 22 in five minutes; a busy administrator opens about five.
    public static let port22 = SpikeOptions(rule: "mocktail/port-22-spike", limit: 21, window: .minutes(5))

    /// Five failed API calls of one actor in ten minutes.
    public static let unauthorizedCalls = SpikeOptions(
        rule: "mocktail/unauthorized-api-calls", limit: 5, window: .minutes(10))
}

/// Finds sources that do more new things in a window of event time than is allowed.
///
/// Records arrive out of order, and which alerts there are must not depend on how. So a sighting waits until the newest
/// time of its log is `lateness` ahead, when nothing older can still come, and the waiting are then judged in canonical
/// order: the judgement sees the same sequence whatever the order of arrival. `finish` judges what still waits. The
/// price is that an alert is known `lateness` after the fact, in simulated time. What comes later than
/// that is counted and dropped.
public struct SpikeDetection: Sendable {
    private let options: SpikeOptions
    private var waiting: [Sighting] = []
    /// Everything older has been judged.
    private var judged = Instant(nanoseconds: .min)
    private var sources: [String: Source] = [:]
    /// How many sightings came too late to be judged.
    public private(set) var lateCount = 0

    /// The memory of one source.
    fileprivate struct Source {
        var lastSeen: [String: Instant] = [:]
        /// When new things were first seen, in order, within the window.
        var firsts: [Instant] = []
        var lastAlert: Instant?
        /// The size of `lastSeen` at which the forgotten are thrown out.
        var pruneAt = 1_024
    }

    /// Makes a detection that has seen nothing.
    public init(_ options: SpikeOptions) {
        self.options = options
    }

    /// Takes a sighting.
    public mutating func add(_ sighting: Sighting) {
        if sighting.time < judged {
            lateCount += 1
        } else {
            waiting.append(sighting)
        }
    }

    /// Takes note that the log has come to `time`, and gives the alerts that are now certain.
    ///
    /// Times may come in any order.
    public mutating func advance(to time: Instant) -> [Alert] {
        let certain = time - options.lateness
        // Each judgement looks at all that waits, hence not for every few records.
        guard judged.nanoseconds == .min || certain - judged >= .seconds(30) else { return [] }
        judged = certain
        let ready = waiting.filter { $0.time < certain }
        waiting.removeAll { $0.time < certain }
        return judge(ready)
    }

    /// Gives the alerts of all that still waits; nothing can be added afterwards.
    public mutating func finish() -> [Alert] {
        judged = Instant(nanoseconds: .max)
        let ready = waiting
        waiting = []
        return judge(ready)
    }

    private mutating func judge(_ ready: [Sighting]) -> [Alert] {
        ready.sorted(by: Sighting.precedes).compactMap { sighting in
            guard sources[sighting.source, default: Source()].sees(sighting, options) else { return nil }
            return Alert(time: sighting.time, rule: options.rule, entities: sighting.entities)
        }
    }
}

extension SpikeDetection.Source {
    /// Takes the next sighting in order of time; true when it sets off an alert.
    fileprivate mutating func sees(_ sighting: Sighting, _ options: SpikeOptions) -> Bool {
        let time = sighting.time
        let known = lastSeen.updateValue(time, forKey: sighting.item).map { time - $0 <= options.memory } ?? false
        if lastSeen.count >= pruneAt {
            lastSeen = lastSeen.filter { time - $0.value <= options.memory }
            pruneAt = max(1_024, lastSeen.count * 2)
        }
        if known { return false }
        firsts.append(time)
        if let kept = firsts.firstIndex(where: { time - $0 < options.window }) { firsts.removeFirst(kept) }
        guard firsts.count >= options.limit else { return false }
        if let lastAlert, time - lastAlert < options.pause { return false }
        lastAlert = time
        return true
    }
}
