/// A folder whose files are written out of sight and appear together: whoever looks finds the earlier files or all new
/// ones, whenever the process ends.
///
/// A folder that does not exist yet is written beside its place and renamed. In one that exists the files are written to a
/// hidden folder, which gets another name when it is whole: from then on the new files count, and whoever opens the
/// folder next finishes what a killed process has not (`recover`).
package final class StagedFolder {
    /// Where the files are written: `path` of the finished folder, with another name or inside it.
    package let stagingPath: String
    private let path: String
    /// Whether `path` was there before.
    private let isReplacing: Bool
    /// Folders above `path` that were made for it.
    private var parents: [String] = []
    private var lock: FolderLock?
    /// Whether there is something to make appear, or to discard.
    private var isOpen = false

    private static let partName = ".mocktail-part"
    private static let commitName = ".mocktail-commit"
    /// In the whole hidden folder: the names of its files behind `+`, of files to remove behind `-`, a line each.
    private static let listName = "files"

    /// Begins to write a folder.
    ///
    /// - Throws: `FileError` where another process writes to it, or it cannot be made.
    package init(_ path: String) throws(FileError) {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
        isReplacing = PathKind.isFolder(path)
        if path.isEmpty { throw FileError(path, .unnamed) }
        if !isReplacing, PathKind.isThere(path) { throw FileError(path, SystemCalls.isLink(path) ? .link : .exists) }
        if isReplacing {
            stagingPath = "\(path)/\(StagedFolder.partName)"
            lock = try FolderLock(path, writingTo: path)
            try StagedFolder.finishMoves(in: path)
        } else {
            let parent = Folder.parent(of: path) ?? "/"
            let name = path.split(separator: "/").last.map(String.init) ?? path
            stagingPath = "\(parent)/.\(name)\(StagedFolder.partName)"
            parents = try Folder.makeAll(parent)
        }
        do {
            try StagedFolder.checkLeftover(stagingPath)
            try Folder.make(stagingPath)
            if !isReplacing { lock = try FolderLock(stagingPath, writingTo: path) }
            // The mark stays: without it, what is half removed would be nobody's.
            for name in Folder.entries(of: stagingPath) where name != StagedFolder.markName {
                Folder.removeAll("\(stagingPath)/\(name)")
            }
            try AtomicFile.write("", to: "\(stagingPath)/\(StagedFolder.markName)")
        } catch {
            Folder.removeEmpty(parents)
            throw error
        }
        isOpen = true
    }

    /// In a hidden folder that we made: without it, what has its name is somebody's own and is not touched.
    private static let markName = ".mocktail"

    /// - Throws: `FileError` where something is there and is not a folder that a killed process has left.
    private static func checkLeftover(_ path: String) throws(FileError) {
        guard PathKind.isThere(path), !isOurs(path) else { return }
        let isEmptyFolder =
            SystemCalls.kind(of: path, followsLink: false) == .folder && Folder.entries(of: path).isEmpty
        if !isEmptyFolder { throw FileError(path, .exists) }
    }

    deinit { discard() }

    /// Makes the files appear.
    ///
    /// - Parameters:
    ///   - files: the names of those that were written, relative to the folder; they appear in this order.
    ///   - others: the names of files of earlier runs, which are removed where they are not among `files`.
    /// - Throws: `FileError` where the system refuses; then the folder is as it was.
    package func commit(_ files: [String], removing others: [String]) throws(FileError) {
        guard isOpen else { return }
        if isReplacing {
            let removed = others.filter { !files.contains($0) }
            let list = (removed.map { "-\($0)\n" } + files.map { "+\($0)\n" }).joined()
            try AtomicFile.write(list, to: "\(stagingPath)/\(StagedFolder.listName)")
            let whole = "\(path)/\(StagedFolder.commitName)"
            guard SystemCalls.renameFile(stagingPath, to: whole) else {
                throw FileError(path, .unfinished(SystemCalls.lastError))
            }
            isOpen = false
            defer { lock = nil }
            try StagedFolder.finishMoves(in: path)
        } else {
            _ = SystemCalls.removeFile("\(stagingPath)/\(StagedFolder.markName)")
            guard SystemCalls.renameFile(stagingPath, to: path) else {
                throw FileError(path, .unfinished(SystemCalls.lastError))
            }
            isOpen = false
            lock = nil
        }
    }

    /// Removes what was written; the folder is as it was before.
    package func discard() {
        guard isOpen else { return }
        isOpen = false
        Folder.removeAll(stagingPath)
        Folder.removeEmpty(parents)
        lock = nil
    }

    /// Finishes what a killed process has begun to make appear in a folder.
    ///
    /// - Throws: `FileError` where another process writes to the folder, or it cannot be written.
    package static func recover(_ path: String) throws(FileError) {
        guard isOurs("\(path)/\(commitName)") else { return }
        let lock = try FolderLock(path, writingTo: path)
        try withExtendedLifetime(lock) { () throws(FileError) in try finishMoves(in: path) }
    }

    /// Whether a name in a folder is one of ours that no user made.
    package static func isOwn(_ name: String) -> Bool { name == partName || name == commitName }

    /// Whether a hidden folder is one that we made.
    private static func isOurs(_ path: String) -> Bool {
        SystemCalls.kind(of: path, followsLink: false) == .folder
            && SystemCalls.kind(of: "\(path)/\(markName)", followsLink: false) == .file
    }

    /// Whether a name leads to a place in a folder, through folders alone.
    private static func isInside(_ name: Substring, _ path: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else { return false }
        var folder = path
        for part in parts.dropLast() {
            folder += "/\(part)"
            let kind = SystemCalls.kind(of: folder, followsLink: false)
            if kind != nil, kind != .folder { return false }
        }
        return !name.isEmpty
    }

    private static func finishMoves(in path: String) throws(FileError) {
        let whole = "\(path)/\(commitName)"
        guard isOurs(whole) else { return }
        let list = "\(whole)/\(listName)"
        // A folder may come from anywhere: nothing outside of it is touched, whatever its list says.
        guard SystemCalls.kind(of: list, followsLink: false) == .file else { throw FileError(list, .missing) }
        for line in try InputFile.text(of: list).split(separator: "\n") {
            let name = line.dropFirst()
            let target = "\(path)/\(name)"
            guard isInside(name, path), line.hasPrefix("+") || line.hasPrefix("-") else {
                throw FileError(list, .leadsOutside)
            }
            guard line.hasPrefix("+") else {
                _ = SystemCalls.removeFile(target)
                continue
            }
            // One that is not here has been moved already.
            guard SystemCalls.kind(of: "\(whole)/\(name)", followsLink: false) != nil else { continue }
            if let parent = Folder.parent(of: target) { try Folder.makeAll(parent) }
            guard SystemCalls.renameFile("\(whole)/\(name)", to: target) else {
                throw FileError(target, .unfinished(SystemCalls.lastError))
            }
        }
        Folder.removeAll(whole)
    }
}
