/// Shows how far a run is: a bar on a terminal, a plain line every tenth of the way elsewhere.
struct ProgressLine {
    private let title: String
    private let isTerminal = Talk.isTerminal
    private var shown: Int64 = -1

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
            Talk.put("\r\(title) [\(bar)] \(percent)% \(detail)\u{1B}[K")
        } else if shown < 0 || percent / 10 > shown / 10 {
            shown = percent
            Talk.say("\(title): \(percent)%, \(detail)")
        }
    }

    /// Leaves the line.
    func end() {
        if isTerminal, shown >= 0 { Talk.put("\r\u{1B}[K") }
    }
}
