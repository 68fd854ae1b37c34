import FoundationEssentials

/// Where scenarios and policy files are read from: a disk, or a test's memory.
public protocol ScenarioFiles: Sendable {
    /// The whole text of a file.
    func text(of path: String) throws(ScenarioFileError) -> String
    /// The names in a folder, in any order; nil where there is no such folder.
    func names(in folder: String) -> [String]?
}

/// Why a file could not be read.
public enum ScenarioFileError: Error, Sendable, Hashable {
    case missing
    case notUTF8
    case unreadable(String)
}

/// The machine's files.
public struct DiskFiles: ScenarioFiles {
    /// Makes the reader of the machine's files.
    public init() {}

    public func text(of path: String) throws(ScenarioFileError) -> String {
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { throw .missing }
        if isFolder { throw .unreadable("it is a folder") }
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(filePath: path))
        } catch {
            throw .unreadable("the system refuses to read it")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
        return text
    }

    public func names(in folder: String) -> [String]? {
        try? FileManager.default.contentsOfDirectory(atPath: folder)
    }
}

/// Paths as text, with `/` between folders.
enum FilePath {
    /// The file named `name` in the folder of the file `path`; `name` itself where it is absolute.
    static func sibling(of path: String, named name: String) -> String {
        if name.hasPrefix("/") { return name }
        guard let slash = path.lastIndex(of: "/") else { return name }
        return path[...slash] + name
    }

    /// The folder of a path without trailing slash; nil at the top.
    static func parent(of path: String) -> String? {
        guard let slash = path.lastIndex(of: "/"), path.count > 1 else { return nil }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
