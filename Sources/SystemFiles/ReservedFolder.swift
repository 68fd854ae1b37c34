/// A folder in which one process at a time makes folders.
package final class ReservedFolder {
    private let made: [String]
    private let lock: FolderLock

    /// Takes a folder, and makes it and those above it where they are missing.
    ///
    /// - Throws: `FileError` where another process has it, or it cannot be made.
    package init(_ path: String) throws(FileError) {
        if !PathKind.isFolder(path) { try StagedFolder.check(path) }
        let made = try Folder.makeAll(path)
        do { lock = try FolderLock(path, writingTo: path) } catch {
            Folder.removeEmpty(made)
            throw error
        }
        self.made = made
    }

    /// What was made and stayed empty goes.
    deinit { Folder.removeEmpty(made) }
}
