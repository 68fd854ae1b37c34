import ArgumentParser
import ByteText
import Generation
import Synchronization
import SystemFiles

/// Messages go to standard error; standard output carries data.
enum Console {
    private struct State {
        var mask = SecretMask()
        /// Whether a line that changes is shown.
        var hasOpenLine = false
    }

    private static let state = Mutex(State())

    /// Hides secrets from here on.
    static func hide(_ mask: SecretMask) { state.withLock { $0.mask = $0.mask.union(mask) } }

    /// The text without the secrets of the run.
    static func masked(_ text: String) -> String { state.withLock { $0.mask }.masked(text) }

    /// Says a line, or several; control characters in it, as names of files may have, are escaped, and lines that a long
    /// name makes too long are shortened.
    static func say(_ text: String) {
        clearLine()
        put(masked(text).printableMessage + "\n")
    }

    /// Shows a line that the next one replaces; only a terminal that can do so shows it.
    static func show(_ text: String) {
        guard isTerminal else { return }
        state.withLock { $0.hasOpenLine = true }
        put("\r\(masked(text).printable.fitted(to: width - 1))\u{1B}[K")
    }

    /// Takes away the line that `show` has shown.
    static func clearLine() {
        let isOpen = state.withLock { state in
            defer { state.hasOpenLine = false }
            return state.hasOpenLine
        }
        if isOpen { put("\r\u{1B}[K") }
    }

    private static func put(_ text: String) { try? OpenFile.standardError.write(Array(text.utf8)) }

    /// Whether somebody watches, at a terminal that can replace what is on a line.
    static var isTerminal: Bool {
        let name = CurrentProcess.environment("TERM") ?? ""
        return !name.isEmpty && name != "dumb" && OpenFile.standardError.isTerminal
    }

    /// How many columns the terminal of the messages has.
    static var width: Int {
        OpenFile.standardError.columns ?? CurrentProcess.environment("COLUMNS").flatMap { Int($0) } ?? 80
    }

    /// A text whose rows of tables fit into the terminal of standard output, if it is one; sentences stay whole.
    static func fittingTables(_ text: String) -> String {
        guard let columns = OpenFile.standardOutput.columns else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.drop { $0 == " " }.contains("  ") ? String($0).fitted(to: columns) : String($0) }
            .joined(separator: "\n")
    }
}

extension String {
    /// The text, cut so that it has no more characters; three points show where.
    fileprivate func fitted(to count: Int) -> String {
        let most = max(8, count)
        return self.count <= most ? self : prefix(most - 3) + "..."
    }
}
