/// What makes the files of a staged folder appear: files to remove, and files to move to their places.
///
/// The moves are written to a list before the first of them is made, so that whoever opens the folder after a killed
/// process can make the rest.
struct FolderMoves {
    /// The folder whose files they are.
    let folder: String
    /// Names relative to the folder of files to remove.
    var removed: [String] = []
    /// Names relative to the folder of files to move there, in this order.
    var added: [String] = []

    /// The lines of the list: `-` or `+`, and a name.
    var text: String { (removed.map { "-\($0)\n" } + added.map { "+\($0)\n" }).joined() }

    init(_ folder: String, removed: [String] = [], added: [String]) {
        self.folder = folder
        self.removed = removed
        self.added = added
    }

    /// Reads a list.
    init(_ folder: String, list: String) throws(FileError) {
        self.folder = folder
        for line in try InputFile.text(of: list, isRegular: true).split(separator: "\n") {
            switch line.first {
            case "-": removed.append(String(line.dropFirst()))
            case "+": added.append(String(line.dropFirst()))
            default: throw FileError(list, .leadsOutside)
            }
        }
        // A folder may come from anywhere: nothing outside of it is touched, whatever its list says.
        guard (removed + added).allSatisfy(FolderMoves.isInside) else { throw FileError(list, .leadsOutside) }
    }

    private static func isInside(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        return parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
    }

    /// Checks that every move can be made, before the first one is.
    ///
    /// - Throws: `FileError` where something else than a file has a name, where a folder on the way is a link or no
    ///   folder, or where a folder cannot be written to.
    func check() throws(FileError) {
        var checked: Set<String> = []
        for name in removed + added {
            var place = folder
            for part in name.split(separator: "/").dropLast() {
                place += "/\(part)"
                if checked.insert(place).inserted { try FolderMoves.checkFolder(place) }
            }
            let target = "\(folder)/\(name)"
            switch SystemCalls.kind(of: target, followsLink: false) {
            case .file: break
            case nil:
                // A name that is too long, for instance.
                if let error = SystemCalls.problem(at: target) { throw FileError(target, .unwritable(error)) }
            case .folder: throw FileError(target, .notFile)
            case .other: if !SystemCalls.isLink(target) { throw FileError(target, .notFile) }
            }
        }
        guard SystemCalls.isWritable(folder) else { throw FileError(folder, .unwritable(SystemCalls.lastError)) }
    }

    /// Checks a folder within the folder; one that is missing is made later.
    private static func checkFolder(_ path: String) throws(FileError) {
        switch SystemCalls.kind(of: path, followsLink: false) {
        case nil: break
        case .folder:
            guard SystemCalls.isWritable(path) else { throw FileError(path, .unwritable(SystemCalls.lastError)) }
        // What a link leads to is somebody else's.
        case .other where SystemCalls.isLink(path): throw FileError(path, .link)
        case .file, .other: throw FileError(path, .notFolder)
        }
    }

    /// Makes the moves that have not been made yet.
    ///
    /// - Parameter staging: where the files are.
    func make(from staging: String) throws(FileError) {
        for name in removed {
            let target = "\(folder)/\(name)"
            guard SystemCalls.removeFile(target) || SystemCalls.lastError == .missing else {
                throw FileError(target, .unmoved(SystemCalls.lastError))
            }
        }
        // One that is not there has been moved already.
        for name in added where SystemCalls.kind(of: "\(staging)/\(name)", followsLink: false) != nil {
            let target = "\(folder)/\(name)"
            if let parent = Folder.parent(of: target) { try Folder.makeAll(parent) }
            guard SystemCalls.renameFile("\(staging)/\(name)", to: target) else {
                throw FileError(target, .unmoved(SystemCalls.lastError))
            }
        }
    }
}
