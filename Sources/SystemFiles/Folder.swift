/// Folders of the disk.
package enum Folder {
    /// Makes a folder, or takes one that exists; its parent must exist.
    package static func make(_ path: String) throws(FileError) {
        guard !SystemCalls.makeFolder(path) else { return }
        let error = SystemCalls.lastError
        if error != .exists { throw FileError(path, .unmade(error)) }
    }

    /// How many bytes are free on the disk of a path, which need not exist yet; nil where the system does not say.
    package static func freeBytes(at path: String) -> Int64? {
        var folder = path
        while true {
            if let free = SystemCalls.freeBytes(at: folder) { return free }
            guard let slash = folder.lastIndex(of: "/"), slash != folder.startIndex else {
                return SystemCalls.freeBytes(at: folder.hasPrefix("/") ? "/" : ".")
            }
            folder = String(folder[..<slash])
        }
    }
}
