import LiveScore
import Delivery
import Synchronization

/// Shows how a delivery goes: one line that changes on a terminal, a plain line every ten seconds elsewhere.
final class ReplayLine: Sendable {
    private let isTerminal = Console.isTerminal
    private let shown = Mutex((at: ContinuousClock.now, any: false))
    private let scoring: LiveScoring?
    private let score = Mutex((at: ContinuousClock.now, line: ""))

    /// The kinds of failure that were said.
    private let said = Mutex(Set<String>())
    private let patience: String

    /// Makes a line; with a live score it says that too.
    ///
    /// - Parameter patience: how long a batch is tried, as the user writes it.
    init(_ scoring: LiveScoring?, patience: String) {
        self.scoring = scoring
        self.patience = patience
    }

    /// Shows the account, and says each kind of failure as soon as it is met.
    func show(_ account: Account) {
        let text =
            "\(scoreText)\(account.acknowledged) acknowledged, \(account.inFlight) in flight, \(account.refused) refused, "
            + "\(account.givenUp) given up" + (account.retries > 0 ? ", \(account.retries) retries" : "")
        for failure in account.failures where said.withLock({ $0.insert(failure.kind).inserted }) {
            Console.say("mocktail: \(failure.text)\(account.refused > 0 ? "" : "; batches are tried for \(patience)")")
        }
        if isTerminal {
            if account.inFlight == 0, account.generated > 0 { Console.clearLine() } else { Console.show(text) }
            return
        }
        let isDue = shown.withLock { shown in
            guard ContinuousClock.now - shown.at > .seconds(10) else { return false }
            shown.at = .now
            return true
        }
        if isDue { Console.say(text) }
    }

    /// The score so far, which is worked out every two seconds.
    private var scoreText: String {
        guard let scoring else { return "" }
        return score.withLock { score in
            if score.line.isEmpty || ContinuousClock.now - score.at > .seconds(2) {
                score = (.now, "\(scoring.live.standing.line); ")
            }
            return score.line
        }
    }
}
