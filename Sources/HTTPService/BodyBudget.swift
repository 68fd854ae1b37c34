import Synchronization

/// The bytes that the bodies of all requests together may hold at once.
///
/// Bytes count as they arrive, whatever a head declares: who only declares takes nothing from the others.
package final class BodyBudget: Sendable {
    /// The most bytes.
    package let limit: Int
    private let used = Atomic(0)

    /// Makes a budget that nobody uses.
    package init(limit: Int) { self.limit = limit }

    /// How many bytes are taken.
    package var bytes: Int { used.load(ordering: .relaxed) }

    /// Takes bytes; false where there are not so many left, and then none are taken.
    func take(_ count: Int) -> Bool {
        guard used.add(count, ordering: .relaxed).newValue <= limit else {
            give(count)
            return false
        }
        return true
    }

    /// Gives bytes back.
    func give(_ count: Int) { used.subtract(count, ordering: .relaxed) }
}

/// What one request has taken of a budget.
final class BodyAllowance {
    private let budget: BodyBudget?
    private var taken = 0

    /// Requests take from the budget in steps of this size, so that most take once.
    private static let step = 1 << 20

    init(_ budget: BodyBudget?) { self.budget = budget }

    deinit { release() }

    /// Whether a body may have so many bytes.
    func covers(_ bytes: Int) -> Bool {
        guard let budget, bytes > taken else { return true }
        let least = bytes - taken
        for more in [max(least, min(BodyAllowance.step, taken)), least] where budget.take(more) {
            taken += more
            return true
        }
        return false
    }

    /// Gives everything back.
    func release() {
        budget?.give(taken)
        taken = 0
    }
}
