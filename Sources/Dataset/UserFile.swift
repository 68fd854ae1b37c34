import SystemFiles

/// Files that a user names: what is wrong with one is invalid input.
package enum UserFile {
    /// All bytes of a file, a pipe or `/dev/stdin`.
    ///
    /// - Parameter isRegular: whether a pipe or device is refused, where the user named only the folder.
    /// - Throws: `RunError` where there is none, it is a folder, or the system refuses.
    package static func bytes(of path: String, isRegular: Bool = false) throws(RunError) -> [UInt8] {
        do { return try InputFile.bytes(of: path, isRegular: isRegular) } catch {
            throw RunError(.input, error.description)
        }
    }

    /// The text of a file, a pipe or `/dev/stdin`.
    ///
    /// - Throws: `RunError` as `bytes` does, and where the bytes are not UTF-8.
    package static func text(of path: String) throws(RunError) -> String {
        do { return try InputFile.text(of: path) } catch { throw RunError(.input, error.description) }
    }

    /// Writes a whole text to a file, or nothing.
    ///
    /// - Throws: `RunError` where the system refuses.
    package static func write(_ text: String, to path: String) throws(RunError) {
        do { try AtomicFile.write(text, to: path) } catch { throw RunError(.run, error.description) }
    }
}
