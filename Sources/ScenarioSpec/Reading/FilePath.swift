/// Paths as text, with `/` between folders.
enum FilePath {
    /// The file named `name` in the folder of the file `path`; `name` itself where it is absolute.
    static func sibling(of path: String, named name: String) -> String {
        if name.hasPrefix("/") { return name }
        guard let slash = path.lastIndex(of: "/") else { return name }
        return path[...slash] + name
    }

    /// The file named `name` in a folder; the empty folder is the one where the program runs.
    static func file(_ name: String, in folder: String) -> String {
        folder.isEmpty || folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
    }
}
