import SystemFiles
import ArgumentParser
import Generation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Talk goes to standard error; standard output carries data.
enum Console {
    /// Says a line.
    static func say(_ text: String) { put(text + "\n") }

    /// Says something without ending the line.
    static func put(_ text: String) { _ = writeAll(Array(text.utf8), to: STDERR_FILENO) }

    /// Whether somebody watches.
    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}
