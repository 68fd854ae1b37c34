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

/// What a scenario's explicit changes do to one account.
struct UserHistory {
    /// How the account is between two changes.
    enum State: Equatable {
        case notYetCreated
        /// Made while new users wait for approval.
        case pending
        case active
        case suspended
        case deleted
    }

    private(set) var state: State

    /// - Parameter isCreatedLater: whether the scenario makes the account.
    init(isCreatedLater: Bool) {
        state = isCreatedLater ? .notYetCreated : .active
    }

    /// Takes a change into the history and gives the reason where it is impossible.
    mutating func apply(_ verb: EventVerb, needsApproval: Bool) -> String? {
        switch (verb, state) {
        case (.inviteUser, .notYetCreated), (.resendUserInvite, .notYetCreated): return nil
        case (.createUser, .notYetCreated): state = needsApproval ? .pending : .active
        case (.inviteUser, _), (.resendUserInvite, _), (.createUser, _):
            return "the user has an account already by then"
        case (_, .notYetCreated): return "the user has no account by then"
        case (_, .deleted): return "the user is deleted by then"
        case (.approveUser, .pending): state = .active
        case (.approveUser, _): return "the user does not wait for approval by then"
        case (.suspendUser, .suspended): return "the user is suspended already by then"
        case (.suspendUser, _): state = .suspended
        case (.restoreUser, .suspended): state = .active
        case (.restoreUser, _): return "the user is not suspended by then"
        case (.deleteUser, _): state = .deleted
        default: return nil
        }
        return nil
    }
}
