/// What became of the records of a delivery, counted exactly.
///
/// Counts are in records where nothing else is said. At every moment each generated record is in exactly one of the
/// states acknowledged, refused, given up, in flight.
public struct Account: Sendable, Hashable {
    /// How often one HTTP status was answered.
    public struct StatusCount: Sendable, Hashable {
        /// The status, such as 200.
        public var status: Int
        /// How many requests were answered with it.
        public var count: Int

        /// Makes a count.
        public init(status: Int, count: Int) {
            self.status = status
            self.count = count
        }
    }

    /// One kind of failure, with the text of the first of its kind.
    public struct Failure: Sendable, Hashable, CustomStringConvertible {
        /// What failures are counted by, such as "status 503".
        public var kind: String
        /// The first failure's text.
        public var text: String
        /// How many there were.
        public var count: Int

        /// The text and, where there was more than one, how many.
        public var description: String { count == 1 ? text : "\(text) (\(count) times)" }

        /// Makes a failure that happened once by default.
        public init(kind: String, text: String, count: Int = 1) {
            self.kind = kind
            self.text = text
            self.count = count
        }
    }

    /// Records handed over for delivery.
    public var generated = 0
    /// Records that the receiver took.
    public var acknowledged = 0
    /// Records that the receiver turned down for good.
    public var refused = 0
    /// Records for which every attempt failed, or that were cancelled.
    public var givenUp = 0
    /// Of the records given up: those that were never sent.
    public var unsent = 0
    /// Of the records given up: those that were sent and not answered, so that the receiver may hold them.
    public var unanswered = 0
    /// Records handed over and not yet settled: waiting, being sent, or between two attempts.
    public var inFlight = 0
    /// Records that the receiver may hold once more than it should, as an earlier answer was lost.
    ///
    /// Each further copy counts: copies held are at most acknowledged + given up + possible duplicates.
    public var possibleDuplicates = 0
    /// Requests sent, retries included.
    public var requests = 0
    /// Requests that were sent before.
    public var retries = 0
    /// Attempts without a complete answer: no connection, a broken one, or a timeout.
    public var brokenConnections = 0
    /// Answers by status, in ascending order of status.
    public var statusCounts: [StatusCount] = []
    /// Bytes of acknowledged records before compression, newlines included.
    public var bytes = 0
    /// Bytes of request bodies sent, compressed where compression is on, retries included.
    public var wireBytes = 0
    /// The kinds of failure met, also those that a retry made good, in order of appearance.
    public var failures: [Failure] = []

    /// How many kinds of failure are kept; the rest is counted under one more.
    static let failureKinds = 8

    /// Makes an empty account.
    public init() {}

    /// Records of which nothing is known: 0 at the end of every delivery, or this program has a bug.
    public var lost: Int { generated - acknowledged - refused - givenUp }

    /// Whether each generated record is in exactly one state.
    public var isBalanced: Bool {
        generated == acknowledged + refused + givenUp + inFlight
            && min(acknowledged, refused, givenUp, inFlight) >= 0
    }

    /// Adds another delivery's account, such as that of a second receiver.
    public static func += (left: inout Account, right: Account) {
        left.generated += right.generated
        left.acknowledged += right.acknowledged
        left.refused += right.refused
        left.givenUp += right.givenUp
        left.unsent += right.unsent
        left.unanswered += right.unanswered
        left.inFlight += right.inFlight
        left.possibleDuplicates += right.possibleDuplicates
        left.requests += right.requests
        left.retries += right.retries
        left.brokenConnections += right.brokenConnections
        left.bytes += right.bytes
        left.wireBytes += right.wireBytes
        for entry in right.statusCounts { left.count(status: entry.status, times: entry.count) }
        for failure in right.failures {
            left.merge(failure) { $0.kind == failure.kind && $0.text == failure.text }
        }
    }

    mutating func count(status: Int, times: Int = 1) {
        let index = statusCounts.firstIndex { $0.status >= status } ?? statusCounts.endIndex
        if index < statusCounts.endIndex, statusCounts[index].status == status {
            statusCounts[index].count += times
        } else {
            statusCounts.insert(StatusCount(status: status, count: times), at: index)
        }
    }

    /// Counts a failure under the first of its kind.
    mutating func count(_ failure: Failure) {
        merge(failure) { $0.kind == failure.kind }
    }

    private mutating func merge(_ failure: Failure, where isSame: (Failure) -> Bool) {
        if let index = failures.firstIndex(where: isSame) {
            failures[index].count += failure.count
        } else if failures.count < Account.failureKinds {
            failures.append(failure)
        } else if failures.count == Account.failureKinds {
            failures.append(Failure(kind: "other", text: "other failures", count: failure.count))
        } else {
            failures[Account.failureKinds].count += failure.count
        }
    }
}
