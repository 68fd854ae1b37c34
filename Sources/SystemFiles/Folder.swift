/// Folders of the disk.
package enum Folder {
    /// Makes a folder, or takes one that exists; its parent must exist.
    package static func make(_ path: String) throws(FileError) {
        if path.isEmpty { throw FileError(path, .unnamed) }
        guard !SystemCalls.makeFolder(path) else { return }
        let error = SystemCalls.lastError
        if error != .exists || !PathKind.isFolder(path) { throw FileError(path, .unmade(error)) }
    }

    /// Makes a folder and those above it that are missing.
    ///
    /// - Returns: what was made, the outermost first.
    @discardableResult
    package static func makeAll(_ path: String) throws(FileError) -> [String] {
        if PathKind.isFolder(path) { return [] }
        var made: [String] = []
        if let parent = parent(of: path), parent != path { made = try makeAll(parent) }
        do { try make(path) } catch {
            removeEmpty(made)
            throw error
        }
        return made + [path]
    }

    /// Removes folders that `makeAll` made and that are still empty.
    package static func removeEmpty(_ made: [String]) {
        for path in made.reversed() { _ = SystemCalls.removeFolder(path) }
    }

    /// The names in a folder, sorted; empty where it cannot be read.
    package static func entries(of path: String) -> [String] { (SystemCalls.entries(of: path) ?? []).sorted() }

    /// Makes a symbolic link.
    package static func link(_ path: String, to destination: String) throws(FileError) {
        if !SystemCalls.makeLink(path, to: destination) { throw FileError(path, .unwritable(SystemCalls.lastError)) }
    }

    /// Removes whatever is at a path, with all that is in it; links are removed, not followed.
    ///
    /// - Returns: whether nothing is left.
    @discardableResult
    package static func removeAll(_ path: String) -> Bool {
        guard let kind = SystemCalls.kind(of: path, followsLink: false) else { return true }
        guard kind == .folder else { return SystemCalls.removeFile(path) }
        for name in entries(of: path) { removeAll("\(path)/\(name)") }
        return SystemCalls.removeFolder(path)
    }

    /// The folder that a path is in; nil for the root.
    static func parent(of path: String) -> String? {
        var path = path[...]
        while path.count > 1, path.hasSuffix("/") { path = path.dropLast() }
        guard path != "/" else { return nil }
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// How many bytes are free on the disk of a path, which need not exist yet; nil where the system does not say.
    package static func freeBytes(at path: String) -> Int64? {
        var folder = path
        while true {
            if let free = SystemCalls.freeBytes(at: folder) { return free }
            guard let parent = parent(of: folder), parent != folder else { return nil }
            folder = parent
        }
    }
}
