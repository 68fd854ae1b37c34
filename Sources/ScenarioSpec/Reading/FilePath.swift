import FoundationEssentials

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
