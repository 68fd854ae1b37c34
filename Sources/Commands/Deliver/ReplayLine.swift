import LiveScore
import Delivery
import Synchronization

/// Shows how a delivery goes: one line that changes on a terminal, a plain line every ten seconds elsewhere.
final class ReplayLine: Sendable {
    private let isTerminal = Console.isTerminal
    private let shown = Mutex((at: ContinuousClock.now, any: false))
    private let scoring: LiveScoring?
    private let score = Mutex((at: ContinuousClock.now, line: ""))

    /// Makes a line; with a live score it says that too.
    init(_ scoring: LiveScoring? = nil) {
        self.scoring = scoring
    }

    /// Shows the account.
    func show(_ account: Account) {
        let text =
            "\(scoreText)\(account.acknowledged) acknowledged, \(account.inFlight) in flight, \(account.refused) refused, "
            + "\(account.givenUp) given up" + (account.retries > 0 ? ", \(account.retries) retries" : "")
        if isTerminal {
            Console.put("\r\(text)\u{1B}[K" + (account.inFlight == 0 && account.generated > 0 ? "\r\u{1B}[K" : ""))
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
