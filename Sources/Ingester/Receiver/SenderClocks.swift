package import SimTime

/// How far the senders of records have come in event time.
///
/// All have come as far as the sender that is furthest behind: connections that race each other may be hours apart when
/// a day is sent in a second. A sender is a connection. One that is silent for long is not waited for.
package struct SenderClocks {
    private struct Sender {
        /// The median event times of its last two bodies.
        var last: Instant?
        var before: Instant?
        /// How many of its requests have begun and not ended.
        var open = 0
        var hasSpoken = false
        var heard: ContinuousClock.Instant

        /// The smaller of the two, so that one body with a wrong clock moves nothing.
        var time: Instant? {
            guard let last, let before else { return nil }
            return min(last, before)
        }
    }

    /// How long a sender may be silent between requests and still be waited for.
    ///
    /// Longer than senders wait before they try again, and shorter than people wait for an alert.
    package static let patience = Duration.seconds(10)

    /// How long a connection may take from its sender's first record to its first request being read here.
    package static let settling = Duration.milliseconds(250)

    private var senders: [Int: Sender] = [:]
    /// The median event time of the last body of any sender: what a new sender's first body is compared with.
    private var previous: Instant?
    /// Where the slowest sender was, and when; both grow.
    private var marks: [(wall: ContinuousClock.Instant, time: Instant)] = []

    package init() {}

    /// Takes note that a sender has begun a request.
    package mutating func begin(_ sender: Int, now: ContinuousClock.Instant) {
        senders[sender, default: Sender(heard: now)].open += 1
        senders[sender]?.heard = now
    }

    /// Takes note of the records of a sender's request.
    ///
    /// - Parameter median: their median event time.
    package mutating func note(_ sender: Int, at median: Instant) {
        guard var known = senders[sender] else { return }
        known.before = known.last ?? previous
        known.last = median
        known.hasSpoken = true
        senders[sender] = known
        previous = median
    }

    /// Takes note of a request's end.
    package mutating func end(_ sender: Int, now: ContinuousClock.Instant) {
        senders[sender]?.open -= 1
        senders[sender]?.heard = now
        senders[sender]?.hasSpoken = true
    }

    /// The event time that all senders had come to `settling` ago, and none was behind since.
    ///
    /// - Returns: nil where that is not known: because nothing is that old, or because a sender has begun and not said yet
    ///   where it is.
    package mutating func reached(now: ContinuousClock.Instant) -> Instant? {
        var slowest: Instant?
        var isUnknown = false
        var silent: [Int] = []
        for (number, sender) in senders {
            if sender.open == 0, now - sender.heard >= SenderClocks.patience {
                silent.append(number)
                continue
            }
            if sender.open > 0, !sender.hasSpoken { isUnknown = true }
            if let time = sender.time { slowest = slowest.map { min($0, time) } ?? time }
        }
        for number in silent { senders[number] = nil }
        guard !isUnknown, let slowest else {
            marks = []
            return nil
        }
        marks.removeAll { $0.time > slowest }
        marks.append((now, slowest))
        let settled = marks.prefix { $0.wall <= now - SenderClocks.settling }
        marks.removeFirst(max(0, settled.count - 1))
        return settled.last?.time
    }
}
