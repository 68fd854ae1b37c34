/// Why the system refuses something, by its error number.
package struct SystemError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The number (`errno`).
    package let code: CInt

    /// Takes an error number.
    package init(code: CInt) {
        self.code = code
    }

    /// The system's words, as part of a sentence: "no space left on device".
    package var description: String {
        guard let words = SystemCalls.text(of: code) else { return "error \(code)" }
        return words.prefix(1).lowercased() + words.dropFirst()
    }
}
