/// Shows how far a run is: a bar on a terminal, elsewhere a plain line every tenth of the way once it takes seconds.
struct ProgressLine {
    private let title: String
    private let isTerminal = Console.isTerminal
    private var shown: Int64 = -1
    private let begin = ContinuousClock.now

    /// Runs that are over by then need no lines.
    private static let quiet = Duration.seconds(2)

    init(title: String) {
        self.title = title
    }

    /// Shows the state.
    mutating func update(done: Int64, of total: Int64, detail: String) {
        let percent = total > 0 ? min(100, done * 100 / total) : 100
        guard percent != shown else { return }
        if isTerminal {
            shown = percent
            let filled = Int(percent) * 30 / 100
            let bar = String(repeating: "=", count: filled) + String(repeating: " ", count: 30 - filled)
            Console.put("\r\(title) [\(bar)] \(percent)% \(detail)\u{1B}[K")
        } else if percent / 10 > shown / 10, ContinuousClock.now - begin > ProgressLine.quiet {
            shown = percent
            Console.say("\(title): \(percent)%, \(detail)")
        }
    }

    /// Leaves the line.
    func end() {
        if isTerminal, shown >= 0 { Console.put("\r\u{1B}[K") }
    }
}
