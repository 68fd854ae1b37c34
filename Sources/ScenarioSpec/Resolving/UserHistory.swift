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
