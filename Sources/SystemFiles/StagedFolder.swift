/// A folder whose files are written out of sight and appear together: whoever looks finds the earlier files or all new
/// ones, whenever the process ends.
///
/// A folder that does not exist yet is written beside its place and renamed. In one that exists the files are written to a
/// hidden folder, which gets another name when it is whole: from then on the new files count, and whoever opens the
/// folder next finishes what a killed process has not (`recover`). A hidden folder holds a mark: what has its name and no
/// mark is somebody's own and is not touched.
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
    /// In a hidden folder that we made.
    private static let markName = ".mocktail"
    /// In the whole hidden folder: its moves (`FolderMoves`).
    private static let listName = "files"

    /// Begins to write a folder.
    ///
    /// - Parameters:
    ///   - path: the folder; made where it is missing, with those above it.
    ///   - names: of the files that may be written or removed, relative to the folder: what would stop one of them is
    ///     found before any work is done.
    /// - Throws: `FileError` where another process writes to it, or it cannot be made or written.
    package init(_ path: String, names: [String] = []) throws(FileError) {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
        isReplacing = PathKind.isFolder(path)
        if isReplacing {
            stagingPath = "\(path)/\(StagedFolder.partName)"
            lock = try FolderLock(path, writingTo: path)
            try StagedFolder.finishMoves(in: path)
            try StagedFolder.checkUnused("\(path)/\(StagedFolder.commitName)")
            try StagedFolder.check(path, names: names)
        } else {
            try StagedFolder.check(path)
            let parent = Folder.parent(of: path) ?? "/"
            let name = path.split(separator: "/").last.map(String.init) ?? path
            stagingPath = "\(parent)/\(SiblingName.make(".", name, StagedFolder.partName))"
            parents = try Folder.makeAll(parent)
        }
        do throws(FileError) {
            try makeStaging()
            // What is too long is so although the folders on the way are not made yet.
            let longest = [stagingPath, path].flatMap { folder in
                names.map { "\(folder)/\($0)\(AtomicFile.partSuffix)" }
            }
            for file in longest where SystemCalls.problem(at: file) == .nameTooLong {
                throw FileError(path, .unwritable(.nameTooLong))
            }
        } catch {
            if isOpen { discard() } else { Folder.removeEmpty(parents) }
            throw error
        }
    }

    /// Makes the hidden folder, or takes and clears one that a killed process has left.
    private func makeStaging() throws(FileError) {
        if !SystemCalls.makeFolder(stagingPath) {
            let error = SystemCalls.lastError
            guard error == .exists else { throw FileError(path, isReplacing ? .unwritable(error) : .unmade(error)) }
            try StagedFolder.checkUnused(stagingPath)
            // Without this, others could change what is written, or lead it elsewhere.
            guard SystemCalls.isPrivate(stagingPath) else { throw FileError(stagingPath, .foreign) }
        }
        if !isReplacing { lock = try FolderLock(stagingPath, writingTo: path) }
        // The mark stays: without it, what is half removed would be nobody's.
        for name in Folder.entries(of: stagingPath) where name != StagedFolder.markName {
            Folder.removeAll("\(stagingPath)/\(name)")
        }
        do { try AtomicFile.write("", to: "\(stagingPath)/\(StagedFolder.markName)") } catch {
            throw error.naming(path)
        }
        isOpen = true
    }

    /// Looks for what would stop the files of a folder, and changes nothing.
    ///
    /// - Parameter names: of the files, relative to the folder.
    /// - Throws: `FileError` where one of them cannot be written, or the folder is not there and cannot have this name.
    package static func check(_ path: String, names: [String] = []) throws(FileError) {
        if path.isEmpty { throw FileError(path, .unnamed) }
        if PathKind.isFolder(path) { return try FolderMoves(path, added: names).check() }
        if PathKind.isThere(path) { throw FileError(path, SystemCalls.isLink(path) ? .link : .exists) }
        if let last = path.split(separator: "/").last, last == "." || last == ".." { throw FileError(path, .dots) }
        if let error = SystemCalls.problem(at: path) { throw FileError(path, .unmade(error)) }
    }

    /// - Throws: `FileError` where something is there and is not a folder that a killed process has left.
    private static func checkUnused(_ path: String) throws(FileError) {
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
    /// - Throws: `FileError` where the system refuses. Then the folder is as it was; or, where the system refuses a move
    ///   after all were checked, whoever opens the folder next makes the rest.
    package func commit(_ files: [String], removing others: [String]) throws(FileError) {
        guard isOpen else { return }
        if isReplacing {
            let moves = FolderMoves(path, removed: others.filter { !files.contains($0) }, added: files)
            // Whatever came there meanwhile: nothing has changed yet.
            try moves.check()
            do { try AtomicFile.write(moves.text, to: "\(stagingPath)/\(StagedFolder.listName)") } catch {
                throw error.naming(path)
            }
            let whole = "\(path)/\(StagedFolder.commitName)"
            guard SystemCalls.renameFile(stagingPath, to: whole) else {
                throw FileError(path, .unfinished(SystemCalls.lastError))
            }
            isOpen = false
            defer { lock = nil }
            try moves.make(from: whole)
            StagedFolder.removeHidden(whole)
        } else {
            guard SystemCalls.renameFile(stagingPath, to: path) else {
                throw FileError(path, .unfinished(SystemCalls.lastError))
            }
            // Behind the move: a process that is killed between the two leaves a whole folder, not one that is nobody's.
            _ = SystemCalls.removeFile("\(path)/\(StagedFolder.markName)")
            isOpen = false
            lock = nil
        }
    }

    /// Removes what was written; the folder is as it was before.
    package func discard() {
        guard isOpen else { return }
        isOpen = false
        StagedFolder.removeHidden(stagingPath)
        Folder.removeEmpty(parents)
        lock = nil
    }

    /// Removes a hidden folder, its mark last: without it, what is half removed would be nobody's.
    private static func removeHidden(_ path: String) {
        for name in Folder.entries(of: path) where name != markName && name != listName {
            Folder.removeAll("\(path)/\(name)")
        }
        for name in [listName, markName] { Folder.removeAll("\(path)/\(name)") }
        _ = SystemCalls.removeFolder(path)
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
    package static func isOwn(_ name: String) -> Bool { [partName, commitName, markName].contains(name) }

    /// Whether a hidden folder is one that we made.
    private static func isOurs(_ path: String) -> Bool {
        SystemCalls.kind(of: path, followsLink: false) == .folder
            && SystemCalls.kind(of: "\(path)/\(markName)", followsLink: false) == .file
    }

    private static func finishMoves(in path: String) throws(FileError) {
        let whole = "\(path)/\(commitName)"
        guard isOurs(whole) else { return }
        guard SystemCalls.isPrivate(whole) else { throw FileError(whole, .foreign) }
        let list = "\(whole)/\(listName)"
        // Once all was moved, the list goes before the mark.
        if PathKind.isThere(list) || Folder.entries(of: whole) != [markName] {
            let moves = try FolderMoves(path, list: list)
            try moves.check()
            try moves.make(from: whole)
        }
        removeHidden(whole)
    }
}
