/// A file that is written beside its final name and renamed when it is whole.
///
/// Until then the bytes are in `NAME.part`: whoever finds NAME finds all of it. What exists and is no regular file (a
/// device, a pipe, a link) is written to directly.
package final class AtomicFile {
    /// What stands behind the name of a file that is not whole.
    package static let partSuffix = ".part"

    /// The file's name when it is whole.
    package let path: String
    /// Where the bytes are until then.
    package let writtenPath: String
    /// Nil once the file is closed.
    private var file: OpenFile?

    /// Opens a file for writing.
    ///
    /// - Throws: `FileError` where the folder is missing or may not be written to, or a folder has the name.
    package init(_ path: String) throws(FileError) {
        self.path = path
        let kind = SystemCalls.kind(of: path, followsLink: false)
        if PathKind.isFolder(path) { throw FileError(path, .folder) }
        writtenPath = kind == nil || kind == .file ? path + AtomicFile.partSuffix : path
        do { file = try OpenFile(writing: writtenPath, .replace) } catch { throw FileError(path, .unwritable(error)) }
    }

    deinit { if file != nil { discard() } }

    /// Writes a whole text to a file, or nothing.
    package static func write(_ text: String, to path: String) throws(FileError) {
        let file = try AtomicFile(path)
        try file.write(Array(text.utf8))
        try file.finish()
    }

    /// Appends bytes.
    package func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
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
            try file.close()
            if writtenPath != path, !SystemCalls.renameFile(writtenPath, to: path) { throw SystemCalls.lastError }
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
