import SimTime

/// What a scenario's explicit changes do to one node, so that impossible orders are found.
struct NodeHistory {
    /// How the node is between two changes.
    enum State {
        case notYetJoined
        case connected
        case expired
        case deleted
    }

    private var changes: [(time: Instant, state: State)] = []
    private let initial: State

    /// - Parameter joinsLater: whether the scenario lets the node join.
    init(joinsLater: Bool) {
        initial = joinsLater ? .notYetJoined : .connected
    }

    /// How the node is at an instant.
    func state(at instant: Instant) -> State {
        changes.last { $0.time <= instant }?.state ?? initial
    }

    /// Takes a change into the history and gives the reason where it is impossible.
    ///
    /// Changes come ordered by time.
    mutating func apply(_ verb: EventVerb, at time: Instant) -> String? {
        let state = changes.last?.state ?? initial
        let next: State
        switch (verb, state) {
        case (.join, .notYetJoined), (.reauthenticate, .expired): next = .connected
        case (.expireKey, .connected): next = .expired
        case (.delete, .connected), (.delete, .expired): next = .deleted
        case (_, .deleted): return "the node is deleted by then"
        case (.join, _): return "the node is in the tailnet already"
        case (_, .notYetJoined): return "the node has not joined by then"
        case (.reauthenticate, _): return "the node's key has not expired by then, so there is nothing to authenticate"
        default: return "the node's key has expired already by then"
        }
        changes.append((time, next))
        return nil
    }
}
