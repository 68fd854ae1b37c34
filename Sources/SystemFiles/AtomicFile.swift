/// A file that is written beside its final name and renamed when it is whole.
///
/// Until then the bytes are in `NAME.part` (`partPath`): whoever finds NAME finds all of it. One process at a time writes
/// it. A link stays, and the file that it leads to is replaced. What is no regular file (a device, a pipe, standard
/// output) is written to directly.
package final class AtomicFile {
    /// What stands behind the name of a file that is not whole.
    package static let partSuffix = ".part"

    /// The file's name when it is whole, as the user gave it.
    package let path: String
    /// Where the bytes are until then.
    package let writtenPath: String
    /// What `writtenPath` is renamed to.
    private let finalPath: String
    /// Nil once the file is closed.
    private var file: OpenFile?

    /// Opens a file for writing.
    ///
    /// - Throws: `FileError` where the folder is missing or may not be written to, a folder has the name, or another
    ///   process writes to the file.
    package init(_ path: String) throws(FileError) {
        self.path = path
        if path.isEmpty { throw FileError(path, .unnamed) }
        if PathKind.isFolder(path) || path.hasSuffix("/") { throw FileError(path, .folder) }
        if OpenFile.standard(path) != nil {
            finalPath = path
            writtenPath = path
            file = OpenFile.standard(path)
            return
        }
        let isLink = PathKind.isThere(path) && SystemCalls.isLink(path)
        // A link that leads nowhere is written through as well, and so are what `/proc` calls files that are open.
        if PathKind.at(path) == .other || isLink && PathKind.at(path) == nil || path.hasPrefix("/proc/") {
            (finalPath, writtenPath) = (path, path)
            do { file = try OpenFile(writing: path, .replace) } catch { throw FileError(path, .unwritable(error)) }
            return
        }
        finalPath = isLink ? SystemCalls.resolved(path) ?? path : path
        writtenPath = AtomicFile.partPath(of: finalPath)
        // The part's name may be shorter than a name that is too long.
        if let error = SystemCalls.problem(at: finalPath) { throw FileError(path, .unwritable(error)) }
        do { file = try OpenFile(writing: writtenPath, .alone) } catch {
            throw switch error {
            case .busy: FileError(path, .locked)
            case .isLink: FileError(writtenPath, .link)
            default: FileError(path, .unwritable(error))
            }
        }
    }

    deinit { if file != nil { discard() } }

    /// Where the bytes of a path are until its file is whole: beside the file that a link leads to.
    package static func partPath(of path: String) -> String {
        let path = SystemCalls.isLink(path) ? SystemCalls.resolved(path) ?? path : path
        guard let slash = path.lastIndex(of: "/") else { return SiblingName.make("", path, partSuffix) }
        let name = String(path[path.index(after: slash)...])
        return path[...slash] + SiblingName.make("", name, partSuffix)
    }

    /// Writes a whole text to a file, or nothing.
    package static func write(_ text: String, to path: String) throws(FileError) {
        let file = try AtomicFile(path)
        try file.write(Array(text.utf8))
        try file.finish()
    }

    /// Appends bytes.
    package func write(_ bytes: Span<UInt8>) throws(FileError) {
        do throws(SystemError) { try file?.write(bytes) } catch { throw FileError(path, .unwritable(error)) }
    }

    /// Appends bytes.
    package func write(_ bytes: [UInt8]) throws(FileError) {
        do throws(SystemError) { try file?.write(bytes) } catch { throw FileError(path, .unwritable(error)) }
    }

    /// Cuts the file to a length, for what was written only in part; tells whether it could.
    package func cut(to length: Int) -> Bool { file?.cut(to: length) ?? false }

    /// Closes the file and gives it its name; what is at that name is replaced.
    ///
    /// - Parameter leavesPart: whether what was written stays under `writtenPath` where that fails.
    /// - Throws: `FileError` where it fails.
    package func finish(leavesPart: Bool = false) throws(FileError) {
        guard let file = file.take() else { return }
        do throws(SystemError) {
            // Renamed while it is still locked, so that nobody else's bytes get the name.
            if writtenPath != path, !SystemCalls.renameFile(writtenPath, to: finalPath) { throw SystemCalls.lastError }
            try file.close()
        } catch {
            if !leavesPart { discard() }
            throw FileError(path, .unfinished(error))
        }
    }

    /// Closes the file and leaves what was written under `writtenPath`.
    package func leave() { _ = file.take() }

    /// Closes the file and removes what was written.
    package func discard() {
        _ = file.take()
        if writtenPath != path { _ = SystemCalls.removeFile(writtenPath) }
    }
}
