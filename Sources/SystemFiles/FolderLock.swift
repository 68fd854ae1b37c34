/// A lock on a folder, held by one process at a time until it is given up or the process ends.
final class FolderLock {
    private let descriptor: CInt

    /// Locks a folder.
    ///
    /// - Parameter target: what the user calls the folder that is written to.
    /// - Throws: `FileError` where another process holds the lock, or there is no such folder.
    init(_ path: String, writingTo target: String) throws(FileError) {
        descriptor = SystemCalls.openFolder(path)
        guard descriptor >= 0 else { throw FileError(target, .unwritable(SystemCalls.lastError)) }
        // Where nothing has that path any more, its writer has finished in between.
        guard SystemCalls.lock(descriptor), PathKind.isFolder(path) else {
            _ = SystemCalls.closeFile(descriptor)
            throw FileError(target, .locked)
        }
    }

    deinit { _ = SystemCalls.closeFile(descriptor) }
}
