import Synchronization

/// The account of a running delivery, shared by all who write to it.
///
/// Each booking is one step under a lock, so that an account read at any moment is balanced.
public final class AccountKeeper: Sendable {
    private let state = Mutex(Account())

    /// Makes an empty account.
    public init() {}

    /// The account as it is now.
    public var account: Account { state.withLock { $0 } }

    /// Books records that were handed over: they are in flight from here on.
    public func submit(records: Int) {
        state.withLock {
            $0.generated += records
            $0.inFlight += records
        }
    }

    /// Books one attempt to send a request, whatever came of it.
    ///
    /// `duplicates` is the number of records of which this attempt may have left a further copy.
    package func attempt(
        _ result: AttemptResult, isRetry: Bool, duplicates: Int = 0, wireBytes: Int, failure: Account.Failure? = nil
    ) {
        state.withLock { account in
            account.requests += 1
            account.retries += isRetry ? 1 : 0
            account.possibleDuplicates += duplicates
            account.wireBytes += wireBytes
            switch result {
            case .answered(let answer): account.count(status: answer.status)
            case .notSent, .answerLost: account.brokenConnections += 1
            case .stored, .unusable, .cancelled, .abandoned: break
            }
            if let failure { account.count(failure) }
        }
    }

    /// Books the end of records: they leave the flight for their last state.
    ///
    /// `isUnsent` and `isUnanswered` say of records that are given up that none of them was sent, or that the receiver may
    /// hold them.
    public func settle(
        records: Int, bytes: Int, as outcome: Outcome, isUnsent: Bool = false, isUnanswered: Bool = false
    ) {
        state.withLock { account in
            precondition(account.inFlight >= records, "more records settled than were submitted")
            account.inFlight -= records
            switch outcome {
            case .acknowledged:
                account.acknowledged += records
                account.bytes += bytes
            case .refused: account.refused += records
            case .givenUp:
                account.givenUp += records
                account.unsent += isUnsent ? records : 0
                account.unanswered += isUnanswered ? records : 0
            }
        }
    }
}
