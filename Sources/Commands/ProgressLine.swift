/// Shows how far a run is: a bar on a terminal, elsewhere a plain line for each tenth of the way.
struct ProgressLine: Sendable {
    private let title: String
    private let quiet: Duration
    private let isTerminal = Console.isTerminal
    private let barWidth = min(30, max(8, Console.width / 4))
    private var shown: Int64?
    private let begin = ContinuousClock.now

    /// Makes a line.
    ///
    /// - Parameter quiet: Runs that are over by then get no plain lines.
    init(title: String, quiet: Duration = .seconds(2)) {
        self.title = title
        self.quiet = quiet
    }

    /// Shows the state.
    mutating func update(done: Int64, of total: Int64, detail: String) {
        let percent = total > 0 ? min(100, done * 100 / total) : 100
        guard percent != shown else { return }
        if isTerminal {
            shown = percent
            let filled = Int(percent) * barWidth / 100
            let bar = String(repeating: "=", count: filled) + String(repeating: " ", count: barWidth - filled)
            Console.show("\(title) [\(bar)] \(percent)% \(detail)")
        } else if shown.map({ percent / 10 > $0 / 10 }) ?? true, ContinuousClock.now - begin > quiet {
            shown = percent
            Console.say("\(title): \(percent)%, \(detail)")
        }
    }

    /// Leaves the line.
    func end() {
        if isTerminal, shown != nil { Console.clearLine() }
    }
}
