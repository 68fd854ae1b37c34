public import Truth
public import SimTime

/// Finds sources that do more in a window of event time than is allowed.
///
/// Records arrive out of order, and which alerts there are must not depend on how. So what is new waits until all senders
/// of its log are `lateness` ahead, when nothing older can still come, and the waiting are then judged in canonical
/// order: the judgement sees the same sequence whatever the order of arrival. `finish` judges what still waits. The
/// price is that an alert is known `lateness` after the fact, in simulated time. What comes later than
/// that is counted and dropped.
///
/// An item that is seen again and again is one interval, not many hits: memory is that of the different items
/// within the window and the lateness, and never more than `capacity`.
public struct ThresholdDetection: Sendable {
    private let options: ThresholdOptions
    /// What waits, by the half minute in which it begins: judged as a whole, so that nothing is looked at twice.
    private var waiting: [Int64: [Interval]] = [:]
    private var waitingCount = 0
    /// The newest interval of each item that waits, by the item's identity.
    private var waitingOf: [UInt64: (slot: Int64, place: Int)] = [:]
    private static let slotLength: Int64 = 30_000_000_000
    /// Everything older has been judged.
    private var judged = Instant(nanoseconds: .min)
    /// When items that were judged were last seen, by identity.
    private var lastSeen: [UInt64: Instant] = [:]
    private var sources: [String: Source] = [:]
    /// How many items or sources there may be before the forgotten are thrown out.
    private var pruneAt = 1_024
    /// How many hits came too late to be judged.
    public private(set) var lateCount = 0
    /// How many hits were left out for want of space.
    public private(set) var skippedCount = 0

    /// An item from its first sight to its last, never out of sight for long.
    fileprivate struct Interval {
        var identity: UInt64
        var first: DetectionHit
        var last: Instant
        var amount: UInt64
    }

    /// What one source did within the window.
    fileprivate struct Source {
        var items: [(identity: UInt64, first: Instant, amount: UInt64)] = []
        var lastAlert: Instant?
    }

    /// Makes a detection that has seen nothing.
    public init(_ options: ThresholdOptions) {
        self.options = options
    }

    /// Takes a hit.
    public mutating func add(_ hit: DetectionHit) {
        add(at: hit.time, identity: hit.identity) { hit }
    }

    /// Takes a hit whose texts are only made where they are needed.
    ///
    /// - Parameters:
    ///   - identity: tells source and item together from all others.
    ///   - amount: what is summed up, where amounts are.
    mutating func add(at time: Instant, identity: UInt64, amount: UInt64 = 1, _ hit: () -> DetectionHit) {
        guard time >= judged else {
            lateCount += 1
            return
        }
        if options.counting != .amounts, let seen = lastSeen[identity], options.bridges(time - seen) {
            // Known, and not out of sight since: whatever comes in between changes nothing.
            lastSeen[identity] = max(seen, time)
            return
        }
        let slot = ThresholdDetection.slot(of: time)
        if let known = waitingOf[identity], known.slot <= slot || options.counting == .amounts,
            waiting[known.slot]?[known.place].take(time, amount, options, hit) == true
        {
            return
        }
        guard waitingCount + lastSeen.count < options.capacity else {
            skippedCount += 1
            return
        }
        let place = waiting[slot]?.count ?? 0
        waiting[slot, default: []].append(Interval(identity: identity, first: hit(), last: time, amount: amount))
        waitingOf[identity] = (slot, place)
        waitingCount += 1
    }

    /// Takes note that the log's senders have come to `time`, and gives the alerts that are now certain.
    ///
    /// Times may come in any order.
    public mutating func advance(to time: Instant) -> [Alert] {
        let slot = ThresholdDetection.slot(of: time - options.lateness)
        let certain = Instant(nanoseconds: slot * ThresholdDetection.slotLength)
        guard certain > judged else { return [] }
        judged = certain
        return judge(waiting.keys.filter { $0 < slot })
    }

    /// Gives the alerts of all that still waits; nothing can be added afterwards.
    public mutating func finish() -> [Alert] {
        judged = Instant(nanoseconds: .max)
        return judge(Array(waiting.keys))
    }

    private static func slot(of time: Instant) -> Int64 {
        let slot = time.nanoseconds / slotLength
        return time.nanoseconds < slot * slotLength ? slot - 1 : slot
    }

    private mutating func judge(_ slots: [Int64]) -> [Alert] {
        var ready: [Interval] = []
        for slot in slots { ready += waiting.removeValue(forKey: slot) ?? [] }
        waitingCount -= ready.count
        for interval in ready {
            guard let slot = waitingOf[interval.identity]?.slot, waiting[slot] == nil else { continue }
            waitingOf[interval.identity] = nil
        }
        return ready.sorted { DetectionHit.precedes($0.first, $1.first) }.compactMap { interval in
            guard count(interval) else { return nil }
            return Alert(time: interval.first.time, rule: options.rule, entities: interval.first.entities)
        }
    }

    /// Counts the next interval in order of time; true when it sets off an alert.
    private mutating func count(_ interval: Interval) -> Bool {
        let time = interval.first.time
        var wasThere = false
        if options.counting != .amounts {
            let before = lastSeen.updateValue(interval.last, forKey: interval.identity)
            if let before {
                lastSeen[interval.identity] = max(before, interval.last)
                if options.bridges(time - before) { return false }
                wasThere = true
            }
        }
        if max(lastSeen.count, sources.count) >= pruneAt { prune(at: time) }
        var source = sources.removeValue(forKey: interval.first.source) ?? Source()
        defer { sources[interval.first.source] = source }
        if wasThere && options.counting == .different { source.items.removeAll { $0.identity == interval.identity } }
        source.items.append((interval.identity, time, interval.amount))
        if let lastAlert = source.lastAlert, time - lastAlert < options.suppression { return false }
        guard options.counting == .amounts || source.items.count >= options.limit else { return false }
        source.items.removeAll { !isWithin($0, time) }
        let total =
            options.counting == .amounts
            ? source.items.reduce(0) { $0 &+ $1.amount } : UInt64(source.items.count)
        guard total >= UInt64(options.limit) else { return false }
        source.lastAlert = time
        return true
    }

    private func isWithin(_ item: (identity: UInt64, first: Instant, amount: UInt64), _ time: Instant) -> Bool {
        let seen = options.counting == .different ? lastSeen[item.identity] ?? item.first : item.first
        return time - seen < options.window
    }

    /// Forgets the items and the sources of which nothing matters any more.
    private mutating func prune(at time: Instant) {
        lastSeen = lastSeen.filter { time - $0.value <= options.reach }
        sources = sources.filter { _, source in
            source.lastAlert.map { time - $0 < options.suppression } ?? false
                || source.items.contains { time - (lastSeen[$0.identity] ?? $0.first) < options.window }
        }
        pruneAt = max(1_024, max(lastSeen.count, sources.count) * 2)
    }
}

extension ThresholdDetection.Interval {
    /// Takes another hit of the same item; false where it was out of sight in between.
    fileprivate mutating func take(
        _ time: Instant, _ amount: UInt64, _ options: ThresholdOptions, _ hit: () -> DetectionHit
    ) -> Bool {
        if options.counting == .amounts {
            self.amount &+= amount
            return true
        }
        if time > last {
            guard options.bridges(time - last) else { return false }
            last = time
        } else if time < first.time {
            guard options.bridges(first.time - time) else { return false }
            first = hit()
        } else if time == first.time {
            let other = hit()
            if DetectionHit.precedes(other, first) { first = other }
        }
        return true
    }
}
