import SimTime

/// What a scenario's explicit changes do to one node, so that impossible orders are found.
struct NodeHistory {
    /// How the node is between two changes.
    enum State {
        case notYetJoined
        case connected
        case expired
        case loggedOut
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

    /// How the node is after the last change.
    var last: State { changes.last?.state ?? initial }

    /// Takes a change into the history and gives the reason where it is impossible.
    ///
    /// Changes come ordered by time.
    mutating func apply(_ verb: EventVerb, at time: Instant) -> String? {
        let next: State
        switch (verb, last) {
        case (.join, .notYetJoined), (.reauthenticate, .expired), (.reauthenticate, .loggedOut): next = .connected
        case (.expireKey, .connected): next = .expired
        case (.logOut, .connected): next = .loggedOut
        case (.delete, .connected), (.delete, .expired), (.delete, .loggedOut): next = .deleted
        case (_, .deleted): return "the node is deleted by then"
        case (.join, _): return "the node is in the tailnet already"
        case (_, .notYetJoined): return "the node has not joined by then"
        case (.reauthenticate, _): return "the node's key has not expired by then, so there is nothing to authenticate"
        case (.expireKey, .loggedOut), (.logOut, .loggedOut): return "the node is logged out already by then"
        case (.expireKey, _), (.logOut, _): return "the node's key has expired already by then"
        case (.sshCheck, .expired), (.sshCheck, .loggedOut), (.disconnect, .expired), (.disconnect, .loggedOut):
            return "the node is not connected by then"
        default: return nil
        }
        changes.append((time, next))
        return nil
    }

    /// Lets the node go with its owner, whatever it was.
    mutating func deleteWithOwner(at time: Instant) {
        if last != .notYetJoined { changes.append((time, .deleted)) }
    }
}
