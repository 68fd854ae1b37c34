import ArgumentParser
import ByteText
import Generation
import SystemFiles

/// Messages go to standard error; standard output carries data.
enum Console {
    /// Says a line, or several; control characters in it, as names of files may have, are escaped, and lines that a long
    /// name makes too long are shortened.
    static func say(_ text: String) { put(text.printableMessage + "\n") }

    /// Says something without ending the line.
    static func put(_ text: String) { try? OpenFile.standardError.write(Array(text.utf8)) }

    /// Whether somebody watches.
    static var isTerminal: Bool { OpenFile.standardError.isTerminal }
}
